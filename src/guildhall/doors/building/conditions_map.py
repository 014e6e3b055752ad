"""The map of a form's conditions: which answers open or demand which questions."""

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import editing, rules
from guildhall.paperwork.forms.editing import Content

from .opening import group_name

_LINE = 30
_LEFT, _WIDE = 170, 760
_LONGEST_LABEL = 60


def rows(content: Content, language: str) -> list[dict[str, Any]]:
    """One row for each rule: whose it is, what it does, and its sentence."""
    return [
        {
            "key": group["key"],
            "group": group_name(group),
            "code": question.get("code", ""),
            "what": what,
            "name": _words(question.get("text") or {}, language)
            if question
            else _words(group.get("title") or {}, language),
            "does": _does(question, what, rule),
            "sentence": rules.in_words(_said(what, rule), content, language),
        }
        for group, question, what, rule in _rules(content)
    ]


def _said(what: str, rule: Content) -> Any:
    """The condition that is told of a rule: one that hides is told as what hides."""
    return (rules.hiding(rule) if what == "when" else None) or rule


def _does(question: Content, what: str, rule: Content) -> str:
    hides = _said(what, rule) is not rule
    if not question:
        return say("administration.Map_step_hides" if hides else "administration.Map_step")
    return say("administration.Map_hides" if hides else f"administration.Map_{what}")


def _rules(content: Content) -> Iterator[tuple[Content, Content, str, Content]]:
    """(group, question or {}, "when" or "mandatory", rule) of each rule, in the order of the form."""
    for group in editing.groups_in(content):
        if isinstance(group.get("when"), dict):
            yield group, {}, "when", group["when"]
        for question in group.get("questions") or []:
            for what in ("when", "mandatory"):
                if isinstance(question.get(what), dict):
                    yield group, question, what, question[what]


def _words(words: Any, language: str) -> str:
    return str(words.get(language) or words.get("en") or "")


def drawing(content: Content) -> SafeString:
    """The map as SVG: questions in their order, an arc from each answer to what it opens. "" without rules.

    It says nothing that the table does not say, so it is hidden from those who listen to the page.
    """
    edges = _edges(content)
    taking_part = {end for edge in edges for end in edge}
    places = {name: at for at, name in enumerate(_names(content, taking_part))}
    if not edges:
        return SafeString("")
    groups = {group["key"]: group_name(group) for group in editing.groups_in(content)}
    height = len(places) * _LINE + 20
    labels = format_html_join(
        "",
        '<text x="{}" y="{}"{}>{}</text>',
        ((_LEFT, 25 + at * _LINE, *_label(name, groups)) for name, at in places.items()),
    )
    arcs = format_html_join(
        "",
        '<path d="M {} {} C {} {} {} {} {} {}" fill="none" stroke="#1d5b79" stroke-width="2" '
        'marker-end="url(#gh-arrow)"/>',
        (_arc(places[one], places[other]) for one, other in edges if one in places and other in places),
    )
    return format_html(
        '<svg class="gh-map" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true" '
        'xmlns="http://www.w3.org/2000/svg"><defs><marker id="gh-arrow" markerWidth="8" markerHeight="8" '
        'refX="7" refY="4" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#1d5b79"/></marker></defs>'
        "{}{}</svg>",
        _WIDE,
        height,
        _WIDE,
        height,
        arcs,
        labels,
    )


def _label(name: str, groups: dict[str, str]) -> tuple[str, str]:
    """A group in bold by its number and title, a question by its code."""
    if name not in groups:
        return "", name
    return SafeString(' font-weight="700"'), Truncator(groups[name]).chars(_LONGEST_LABEL)


def _edges(content: Content) -> list[tuple[str, str]]:
    """(question asked about, question or group key) of each dependence, once."""
    known = [question["code"] for question in editing.questions_in(content)]
    found = [
        (code, question or key) for code in known for key, question in editing.conditions_about(content, code)
    ]
    return list(dict.fromkeys(found))


def _names(content: Content, taking_part: set[str]) -> Iterator[str]:
    for group in editing.groups_in(content):
        if group["key"] in taking_part:
            yield group["key"]
        for question in group.get("questions") or []:
            if question["code"] in taking_part:
                yield question["code"]


def _arc(start: int, end: int) -> tuple[int, ...]:
    """A curve on the left from line ``start`` to line ``end``, wider the further it goes."""
    first, last = 20 + start * _LINE, 20 + end * _LINE
    out = max(_LEFT - 25 - abs(end - start) * 14, 5)
    return (_LEFT - 8, first, out, first, out, last, _LEFT - 8, last)

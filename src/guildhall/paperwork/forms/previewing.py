"""A form that may be unfinished, as far as it can be tried out: what cannot work yet is left out."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from .conditions import ALLOWED, Condition, comparisons_in
from .definition import compiled
from .kinds.table import KINDS
from .shape import Definition, Group, Question, Words


def previewable(content: Any) -> Definition:
    """The definition of ``content`` without questions that lack a code or kind, and without conditions
    that ask about what does not come before them. Words that are missing are shown in the other language.
    """
    definition = compiled(content)
    earlier: dict[str, Question] = {}
    groups: dict[str, Group] = {}
    for group in definition.groups:
        if not group.key or group.key in groups:
            continue
        when = _sound(group.when, earlier)
        questions = []
        for question in group.questions:
            if question.code and question.kind and question.code not in earlier:
                questions.append(_tried(question, earlier))
                earlier[question.code] = question
        title = _said(group.title, group.key)
        groups[group.key] = replace(group, title=title, when=when, questions=tuple(questions))
    title = _said(definition.title, definition.code)
    return replace(definition, title=title, groups=tuple(groups.values()))


def _tried(question: Question, earlier: dict[str, Question]) -> Question:
    options = {option.id: option for option in question.options if option.id}
    mandatory = question.mandatory
    if not isinstance(mandatory, bool):
        mandatory = _sound(mandatory, earlier) or False
    return replace(
        question,
        text=_said(question.text, question.code),
        when=_sound(question.when, earlier),
        mandatory=mandatory,
        options=tuple(replace(option, text=_said(option.text, option.id)) for option in options.values()),
    )


def _sound(rule: Condition | None, earlier: dict[str, Question]) -> Condition | None:
    """``rule`` if all it asks can be asked, else None."""
    for test in comparisons_in(rule):
        asked = earlier.get(test.question)
        if asked is None or test.operator not in _allowed(asked):
            return None
    return rule


def _allowed(question: Question) -> Collection[str]:
    return ALLOWED[KINDS[question.kind].nature]


def _said(words: Words, instead: str) -> Words:
    return Words(words.en or words.cy or instead, words.cy or words.en or instead)

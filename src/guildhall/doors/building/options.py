"""The answers of a constraint list: read from a question's page, and what must be put right in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from guildhall.foundation.kit.typed import number, one_line, scrub
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms.definition import LANGUAGES
from guildhall.paperwork.forms.editing import Content

from .details import too_long

LONGEST = {"text": 500, "hint": 1_000}
_MOST = 300
_WITHOUT_HINTS = "drop_down"


@dataclass(frozen=True)
class _Written:
    """An option, and where on the page it is: a row of the table, or a ``line`` of the new ones."""

    option: Content
    line: int = 0

    def field(self, language: str, part: str = "text") -> str:
        if self.line:
            return f"options_{language}"
        return f"{'hint' if part == 'hint' else 'option'}-{self.option['id']}_{language}"


def read(posted: QueryDict, known_ids: set[str], before: Content) -> tuple[list[Content], dict[str, str]]:
    """The options that stay, in the order of their places, then the new ones; and their problems by field.

    ``known_ids`` are the identifiers that the question ever had; a new option gets none of them.
    """
    standing = list(_standing(posted, known_ids, before))
    taken = known_ids | {one.option["id"] for one in standing}
    written = [*standing, *_new(posted, taken, most=_MOST - len(standing))]
    return [one.option for one in written], _problems(written)


def _standing(posted: QueryDict, known_ids: set[str], before: Content) -> Iterator[_Written]:
    hints = {one["id"]: one["hint"] for one in before.get("options") or [] if one.get("hint")}
    kept = []
    for at, id in enumerate(posted.getlist("option")[:_MOST]):
        text = _said(posted, f"option-{id}")
        if posted.get(f"retire-{id}") == "yes" or not any(text.values()) or id not in known_ids:
            continue
        option: Content = {"id": id, "text": text}
        # A data type that shows no hints has no fields for them; they wait for one that does.
        asked = f"hint-{id}_en" in posted
        if hint := (_said(posted, f"hint-{id}") if asked else hints.get(id)):
            option |= {"hint": hint} if any(hint.values()) else {}
        if posted.get(f"exclusive-{id}") == "yes":
            option["exclusive"] = True
        kept.append((number(posted.get(f"place-{id}"), digits=4, otherwise=at + 1), at, option))
    yield from (_Written(option) for _, _, option in sorted(kept, key=lambda one: one[:2]))


def _said(posted: QueryDict, name: str) -> dict[str, str]:
    return {language: one_line(posted.get(f"{name}_{language}", "")) for language in LANGUAGES}


def _new(posted: QueryDict, taken: set[str], *, most: int) -> Iterator[_Written]:
    """One option of each line; the Welsh of a line is on the same line of the Welsh ones."""
    english, welsh = (_lines(posted.get(f"options_{language}", "")) for language in ("en", "cy"))
    for at, (line, words) in enumerate(english[:most]):
        id = _id_for(words, taken)
        taken = taken | {id}
        said = welsh[at][1] if at < len(welsh) else ""
        yield _Written({"id": id, "text": {"en": words, "cy": said}}, line)


def _lines(written: str) -> list[tuple[int, str]]:
    """The lines that say something, each with its number as it is counted on the page."""
    lines = enumerate((one_line(each) for each in scrub(written).split("\n")), 1)
    return [(place, line) for place, line in lines if line]


def _id_for(words: str, taken: set[str]) -> str:
    made = "-".join(re.findall(r"[a-z0-9]+", words.lower()))[:50].strip("-") or "option"
    return next(id for id in (made, *(f"{made}-{n}" for n in range(2, 2000))) if id not in taken)


def _problems(written: list[_Written]) -> dict[str, str]:
    if len(written) < 2:
        return {"options_en": say("administration.Error_Question_Options")}
    problems: dict[str, str] = {}
    for one in written:
        for field, message in too_long(one.option, LONGEST).items():
            part, language = field.split("_")
            problems[one.field(language, part)] = message
    return _alike(written) | problems


def _alike(written: list[_Written]) -> dict[str, str]:
    """Answers that nobody could tell apart: equal in either language."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        seen: set[str] = set()
        for one in written:
            words = one.option["text"][language]
            if words and words.casefold() in seen:
                found.setdefault(one.field(language), []).append(_named(one, words))
            seen.add(words.casefold())
    return {
        field: say("administration.Error_Question_Alike", which=", ".join(which))
        for field, which in found.items()
    }


def _named(one: _Written, words: str) -> str:
    if not one.line:
        return f"“{words}”"
    return say("administration.Option_Line", line=one.line, words=words)


def rows(content: Content, posted: QueryDict | None, problems: Mapping[str, str]) -> list[dict[str, Any]]:
    """The options that were there before, for the table; new ones are still typed below it."""
    standing: list[Content] = content.get("options") or []
    known = {option["id"] for option in standing} if posted is None else set(posted.getlist("option"))
    hinted = content.get("kind") != _WITHOUT_HINTS
    return [
        {"id": option["id"], "exclusive": option.get("exclusive"), "cells": _cells(option, problems, hinted)}
        for option in standing
        if option["id"] in known
    ]


def _cells(option: Content, problems: Mapping[str, str], hinted: bool) -> list[dict[str, Any]]:
    """What is written of ``option`` in each language: its words, and the hint below them."""
    cells = []
    for language in LANGUAGES:
        inputs = []
        for part, name in (("text", "option"), ("hint", "hint")) if hinted else (("text", "option"),):
            field = f"{name}-{option['id']}_{language}"
            inputs.append(
                {
                    "name": field,
                    "label": say(f"administration.Option_{part}"),
                    "value": (option.get(part) or {}).get(language, ""),
                    "problem": problems.get(field, ""),
                }
            )
        called = say(f"administration.Option_{language}")
        cells.append({"language": language, "called": called, "inputs": inputs})
    return cells

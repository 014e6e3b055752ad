"""What changed between two versions of a form, for the owner of a draft. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from guildhall.paperwork.forms.definition import LANGUAGES, Definition, Group, Question, Words
from guildhall.paperwork.forms.kinds.base import Context
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.walk import judge, typed_in

from .merging import is_empty


@dataclass(frozen=True)
class Change:
    """``what`` is new, gone or changed; ``question`` as the version words it that has it (the newer one)."""

    what: str
    question: Question


def changes_between(older: Definition, newer: Definition) -> list[Change]:
    """Questions that are new, changed or gone, in the order of the newer form, those gone last.

    One whose apostrophes have another shape reads the same: it is not changed.
    """
    before, after = older.question_by_code, newer.question_by_code
    found = [
        Change("changed" if code in before else "new", question)
        for code, question in after.items()
        if code not in before or _as_read(before[code]) != _as_read(question)
    ]
    return [*found, *(Change("gone", question) for code, question in before.items() if code not in after)]


def _as_read(question: Question) -> Question:
    words: dict[str, Any] = {
        part: _curly(getattr(question, part)) for part in ("text", "hint", "tooltip", "missing")
    }
    options = (replace(each, text=_curly(each.text), hint=_curly(each.hint)) for each in question.options)
    return replace(question, **words, options=tuple(options))


def _curly(words: Words) -> Words:
    return Words(*(words.in_(language).replace("'", "’") for language in LANGUAGES))


@dataclass(frozen=True)
class Left:
    """An answer that the newer version has no place for (``again`` false) or cannot take as it is."""

    question: Question
    value: Any
    again: bool


def answers_left(
    older: Definition, newer: Definition, answers: Mapping[str, Any], *, today: date
) -> list[Left]:
    """The answers given to ``older`` that ``newer`` does not ask for, or asks for in another way."""
    found = []
    for group in older.groups:
        for row in _rows(group, answers):
            for question in group.questions:
                value = row.get(question.code)
                if not is_empty(value) and (left := _left(question, value, group, newer, today)):
                    found.append(left)
    return found


def _rows(group: Group, answers: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if not group.repeats:
        yield answers
        return
    given = answers.get(group.key)
    yield from (row for row in given if isinstance(row, dict)) if isinstance(given, list) else ()


def _left(question: Question, value: Any, group: Group, newer: Definition, today: date) -> Left | None:
    home = newer.group_of.get(question.code)
    repeated = home and (home.repeats or group.repeats)
    context = Context(today)
    taken = judge(question, value, context).value is not None
    if home is None or (repeated and (home.key != group.key or not home.repeats or not group.repeats)):
        said = value if taken else {"typed": typed_in(value)}
        return Left(question, said, again=False)
    if taken and judge(newer.question_by_code[question.code], value, context).value is None:
        return Left(question, value, again=True)
    return None


def in_words(left: Left) -> dict[str, Any]:
    """A question that is no longer asked, with its answer as it read, in each language."""
    question, value = left.question, left.value
    if isinstance(value, dict) and "typed" in value:
        answer = {language: [str(value["typed"])] for language in LANGUAGES}
    else:
        speak = KINDS[question.kind].speak
        answer = {language: speak(value, question, language) for language in LANGUAGES}
    return {"question": {language: question.text.in_(language) for language in LANGUAGES}, "answer": answer}

"""Answers in words: for the summary, the officer's page, the document and the chronology."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.utils import translation

from .kinds.base import HeldFile
from .kinds.table import KINDS
from .kinds.uploads import Upload
from .shape import Definition, Group, Question
from .walk import Row, Walk, typed_in

FilesOf = Callable[[str], Sequence[HeldFile]]


class Spoken(NamedTuple):
    """A question and its answer as lines; no lines where it has no answer."""

    label: str
    lines: list[str]
    code: str


@dataclass(frozen=True)
class SpokenGroup:
    """A step, or one row of a repeating step, in words. ``rows_heading`` ("Parent or carer 2") names the row.

    ``place`` and ``row_id`` lead back to where it is answered.
    """

    number: int
    title: str
    rows_heading: str
    pairs: list[Spoken]
    place: str
    row_id: str = ""


def sections(
    definition: Definition,
    answers: Mapping[str, Any],
    language: str,
    files: FilesOf | None = None,
    *,
    today: date,
    formatted: bool = False,
) -> list[SpokenGroup]:
    """Every visible question with its answer in ``language``, in the order of the form.

    ``today`` is the day the answers are judged on: that of sending, for a submission. ``files`` finds the
    files of a file question by its code; each needs ``id``, ``name`` and ``bytes``. What was typed and
    could not be taken is said as typed. A repeating step without rows gives one group without pairs. With
    ``formatted``, for a page, a memo with bold, italics or lists is one line of safe HTML (SP-147).
    """
    walk = Walk(definition, answers, today)
    with translation.override(language):
        parts = [part for group in walk.groups for part in _parts(walk, group, language, files)]
    return [_formatted(part, walk, language) for part in parts] if formatted else parts


def _formatted(part: SpokenGroup, walk: Walk, language: str) -> SpokenGroup:
    group = walk.definition.group_by_key[part.place]
    row = (
        next((row for row in walk.rows(group) if row["_id"] == part.row_id), None) if group.repeats else None
    )
    pairs = []
    for pair in part.pairs:
        question = walk.definition.question_by_code[pair.code]
        value = walk.found(question, row).value if question.kind == "memo" else None
        shown = pair.lines if value is None else KINDS["memo"].show(value, question, language)
        pairs.append(Spoken(pair.label, shown, pair.code))
    return replace(part, pairs=pairs)


def lines_of(question: Question, value: Any, language: str, files: FilesOf | None = None) -> list[str]:
    """One acceptable answer as lines."""
    kind = KINDS[question.kind]
    if isinstance(kind, Upload) and files:
        return kind.speak_files(value, files(question.code))
    return kind.speak(value, question, language)


def _parts(walk: Walk, group: Group, language: str, files: FilesOf | None) -> Iterator[SpokenGroup]:
    title = group.title.in_(language)
    if not group.repeats:
        yield SpokenGroup(group.number, title, "", _pairs(walk, group, None, language, files), group.key)
        return
    item = group.repeats.item.in_(language)
    rows = walk.rows(group)
    for count, row in enumerate(rows, 1):
        pairs = _pairs(walk, group, row, language, files)
        yield SpokenGroup(
            group.number, title, f"{item[:1].upper()}{item[1:]} {count}", pairs, group.key, row["_id"]
        )
    if not rows:
        yield SpokenGroup(group.number, title, "", [], group.key)


def _pairs(walk: Walk, group: Group, row: Row | None, language: str, files: FilesOf | None) -> list[Spoken]:
    return [
        Spoken(question.text.in_(language), _lines(walk, question, row, language, files), question.code)
        for question in walk.visible(group, row)
        if KINDS[question.kind].answerable
    ]


def _lines(
    walk: Walk, question: Question, row: Row | None, language: str, files: FilesOf | None
) -> list[str]:
    found = walk.found(question, row)
    if found.value is not None:
        return lines_of(question, found.value, language, files)
    if found.problem:
        return _as_typed((walk.answers if row is None else row).get(question.code))
    return []


def _as_typed(held: Any) -> list[str]:
    raw = typed_in(held)
    if isinstance(raw, Mapping):
        return [line for value in raw.values() for line in _as_typed(value)]
    if isinstance(raw, (list, tuple)):
        return [line for value in raw for line in _as_typed(value)]
    return [line for line in str(raw or "").split("\n") if line]

"""One step of a form: reading what was posted, and drawing its fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .kinds.base import Context, Entry, Establishment, HeldFile, Problem
from .kinds.table import KINDS
from .shape import Definition, Group, Question
from .walk import Row, Walk, typed_in

SHOWN = "shown"
"""The name of the hidden inputs that say which questions a page showed."""


@dataclass(frozen=True)
class StepInput:
    """What a step posted. ``answers``: code → value, ``{"typed": …}`` or None where it was left empty.

    ``problems``: id of an input → what is wrong there, for the questions that were shown. ``opened``:
    codes of the questions that these answers bring up on this step and that nobody has seen yet.
    """

    answers: dict[str, Any]
    problems: dict[str, str]
    opened: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One question of a step, drawn. ``required``: the page marks it with a star."""

    question: Question
    html: SafeString
    required: bool


@dataclass
class _Reading:
    answers: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)


def read(
    definition: Definition,
    group: Group,
    data: QueryDict,
    *,
    answers: Mapping[str, Any],
    today: date,
    language: str,
    row_id: str | None = None,
    establishments: Callable[[str], Sequence[Establishment]] | None = None,
) -> StepInput:
    """Read the posted ``data`` of a step, or of the row ``row_id`` of a repeating one.

    ``answers`` are the draft's so far: conditions ask them, and file questions are answered by them, as
    uploads are no part of ``data``. A question that the page did not show keeps its answer: the pages say
    what they showed, and data without that counts as showing every question of the group.
    """
    shown = set(data.getlist(SHOWN)) or {question.field_id for question in group.questions}
    asked = [q for q in group.questions if q.field_id in shown and KINDS[q.kind].posted]
    reading = _read_questions(asked, data, Context(today, establishments))
    row = row_of(group, answers, row_id)
    walk, row = _joined(definition, group, answers, row, reading.answers, today)
    problems: dict[str, str] = {}
    opened: list[str] = []
    for question in walk.visible(group, row):
        problem = reading.problems.get(question.code) or walk.problem(question, row)
        seen = question.field_id in shown or not KINDS[question.kind].posted
        if problem and seen:
            problems[problem.field_id] = problem.say(language)
        elif not seen and walk.found(question, row).value is None:
            opened.append(question.code)
    return StepInput(reading.answers, problems, tuple(opened))


def fields(
    walk: Walk,
    group: Group,
    *,
    language: str,
    row_id: str | None = None,
    problems: Mapping[str, str] | None = None,
    files: Callable[[str], Sequence[HeldFile]] | None = None,
    establishments: Callable[[str], Sequence[Establishment]] | None = None,
) -> list[Field]:
    """The visible questions of a step, drawn with the answers of ``walk`` in them.

    ``row_id`` is the row of a repeating group; one that is not there yet is drawn empty. ``problems``:
    id of an input → message. ``files`` finds the uploaded files of a file question by its code,
    ``establishments`` the schools that a name may mean.
    """
    row = row_of(group, walk.answers, row_id)
    held = walk.answers if row is None else row
    shown = [(question, walk.requires(question, row)) for question in walk.visible(group, row)]
    stars = walk.definition.style == "tabs" or any(required for _, required in shown)

    def entry(question: Question, *, required: bool) -> Entry:
        part, problem = _problem_of(question, problems) if problems else ("", "")
        value = typed_in(held.get(question.code))
        kept = [one for one in files(question.code) if str(one.id) in value] if files and value else ()
        return Entry(
            question=question,
            language=language,
            value=value,
            problem=problem,
            problem_part=part,
            files=kept,
            required=required,
            stars=stars,
            establishments=establishments,
        )

    with translation.override(language):
        return [
            Field(question, _drawn(entry(question, required=required)), required)
            for question, required in shown
        ]


def row_of(group: Group, answers: Mapping[str, Any], row_id: str | None) -> Row | None:
    """The row ``row_id`` of a repeating group, or an empty one of that id; None for any other group."""
    if not group.repeats:
        return None
    rows = answers.get(group.key) or []
    return next((row for row in rows if row["_id"] == row_id), {"_id": row_id or ""})


def _read_questions(asked: Sequence[Question], data: QueryDict, context: Context) -> _Reading:
    reading = _Reading()
    for question in asked:
        kind = KINDS[question.kind]
        raw = kind.read(data, question)
        try:
            reading.answers[question.code] = (
                None if kind.is_blank(raw) else kind.check(raw, question, context)
            )
        except Problem as problem:
            reading.answers[question.code] = {"typed": raw}
            reading.problems[question.code] = problem
    return reading


def _joined(
    definition: Definition,
    group: Group,
    answers: Mapping[str, Any],
    row: Row | None,
    typed: dict[str, Any],
    today: date,
) -> tuple[Walk, Row | None]:
    """The walk of the answers as they will be once what was typed is saved."""
    if row is None:
        return Walk(definition, {**answers, **typed}, today), None
    joined = {**row, **typed}
    others = [one for one in answers.get(group.key) or [] if one["_id"] != row["_id"]]
    return Walk(definition, {**answers, group.key: [*others, joined]}, today), joined


def _drawn(entry: Entry) -> SafeString:
    question = entry.question
    kind = KINDS[question.kind]
    return kind.render(entry) + _marker(question.field_id) if kind.answerable else kind.render(entry)


@lru_cache(maxsize=5_000)
def _marker(field_id: str) -> SafeString:
    """Says that the page showed the question."""
    return format_html('<input type="hidden" name="{}" value="{}">', SHOWN, field_id)


def _problem_of(question: Question, problems: Mapping[str, str]) -> tuple[str, str]:
    """The part of the question that has a problem, and the problem."""
    for field_id, message in problems.items():
        if field_id == question.field_id or field_id.startswith(f"{question.field_id}-"):
            return field_id[len(question.field_id) + 1 :], message
    return "", ""

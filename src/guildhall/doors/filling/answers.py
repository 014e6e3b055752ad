"""Answers in words, for the summary, the submitted form and its document."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.speech import active_language, filesize
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import spoken
from guildhall.paperwork.forms.definition import Definition, Question
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.merging import is_empty
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.paperwork.submissions.services.filing import FILE_KINDS

from .places import place_address


@dataclass(frozen=True)
class Section:
    """A step, or a row of a repeating one, with its answers. ``change`` leads back there."""

    number: int
    title: str
    row: str
    rows: list[dict[str, object]] = field(default_factory=list)
    change: str = ""
    empty: bool = False


def sections_of_draft(draft: Draft, definition: Definition) -> list[Section]:
    """Every answer of a draft, each with its Change link."""
    kept = submissions.files_of_draft(draft)
    parts = spoken.sections(
        definition, draft.answers, active_language(), today=timezone.localdate(), formatted=True
    )
    numbers = _numbers(parts)
    shown = [part for part in parts if _asks(definition, part)]
    return [_section(definition, part, numbers[part.place], kept, draft) for part in shown]


def _numbers(parts: list[spoken.SpokenGroup]) -> dict[str, int]:
    """Place → which step of the form it was, as its pages said: 1 for the first."""
    return {place: number for number, place in enumerate(dict.fromkeys(part.place for part in parts), 1)}


def _asks(definition: Definition, part: spoken.SpokenGroup) -> bool:
    """An overview, which asks nothing, has nothing to show or to change."""
    return bool(part.pairs or definition.group_by_key[part.place].repeats)


def sections_of_submission(
    submission: Submission, definition: Definition, tongue: str, *, formatted: bool = True
) -> list[Section]:
    """Every answer that was sent, as judged on the day it was sent; ``formatted`` for a page.

    On paper every section has its heading, one that asks nothing too (CP-059).
    """
    kept = submissions.files_of_submission(submission)
    parts = spoken.sections(
        definition,
        submission.answers,
        tongue,
        today=timezone.localdate(submission.sent_at),
        formatted=formatted,
    )
    shown = [part for part in parts if not formatted or _asks(definition, part)]
    numbers = _numbers(parts)
    return [_section(definition, part, numbers[part.place], kept, None) for part in shown]


def _section(
    definition: Definition, part: spoken.SpokenGroup, number: int, kept: list[StoredFile], draft: Draft | None
) -> Section:
    change = place_address(draft.pk, part.place, part.row_id) if draft else ""
    rows: list[dict[str, object]] = []
    for label, lines, code in part.pairs:
        question = definition.question_by_code[code]
        if question.kind in FILE_KINDS:
            lines = [file_line(file) for file in kept if file.question == code and file.row == part.row_id]
        row: dict[str, object] = {"key": label, "value": lines or texts.say("send.Summary_NotAnswered")}
        if change:
            row["href"] = f"{change}#{question.field_id}"
        rows.append(row)
    return Section(number, part.title, part.rows_heading, rows, change, not part.pairs)


def file_line(file: StoredFile) -> str:
    """ "letter.pdf, PDF, 120 KB, Being checked": what the Summary says of a file (SP-083, SP-099)."""
    return ", ".join(
        (file.name, file.kind.lstrip(".").upper(), filesize(file.bytes), file_queries.state_words(file))
    )


def in_words(question: Question, value: Any) -> list[str]:
    """An answer in words; what could not be read as an answer, as it was typed."""
    if is_empty(value):
        return [texts.say("send.Summary_NotAnswered")]
    if isinstance(value, dict) and "typed" in value:
        return [str(value["typed"])]
    return KINDS[question.kind].speak(value, question, active_language())

"""What the pages of one form for many children show."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from guildhall.doors.filling.answers import sections_of_draft
from guildhall.doors.filling.gaps import gap_links
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import steps
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.walk import Walk
from guildhall.paperwork.submissions.merging import digest
from guildhall.people.organisations import queries as organisations
from guildhall.work.intake import queries as intake
from guildhall.work.intake.declarations import declarations_for
from guildhall.work.intake.services import NotAgreed, Unfinished
from guildhall.work.many import queries
from guildhall.work.many.models import Batch, Row
from guildhall.work.many.pasting import Pasted, read_pasted


def shared_of(batch: Batch) -> dict[str, Any]:
    """The answers of the form of the first child."""
    draft = queries.draft_of(batch)
    return draft.answers if draft else {}


def name_of(row: Row) -> str:
    return row.name or say("schools.Many_NoName")


def children_page(batch: Batch) -> dict[str, Any]:
    """The children, with what each lacks, or the reference of each that was sent."""
    draft, definition = queries.draft_of(batch), forms.definition_of(batch.version_id)
    sent = queries.first_sent(batch)
    shared = draft.answers if draft else (sent.answers if sent else {})
    rows = [_line(batch, row, shared) for row in queries.rows_of(batch)]
    gaps = intake.gaps_of(draft, now=timezone.now()) if draft else []
    return {
        "batch": batch,
        "title": definition.title.in_(active_language()),
        "draft": draft,
        "withdrawn": queries.is_withdrawn(batch),
        "first": queries.name_in(batch, shared) or say("schools.Many_NoName"),
        "first_sent": sent,
        "rows": rows,
        "count": len(rows) + 1,
        "questions": [question.text.in_(active_language()) for question in queries.columns_in(batch)],
        "others": [
            {"value": one.code, "text": one.text.in_(active_language())}
            for one in queries.others_of(definition)
        ],
        "sections": sections_of_draft(draft, definition) if draft else [],
        "gap_links": gap_links(draft, definition, gaps) if draft else [],
        "declarations": declarations_for(definition, active_language()),
        "ticked": [],
        "problems": {},
    }


def _line(batch: Batch, row: Row, shared: dict[str, Any]) -> dict[str, Any]:
    gaps = [] if row.sent_at else queries.gaps_in(batch, row.answers, shared)
    return {
        "row": row,
        "name": name_of(row),
        "problems": [*gaps, *([row.problem] if row.problem else [])],
        "change": reverse("schools:many-change", args=[batch.pk, row.pk]),
        "remove": reverse("schools:many-remove", args=[batch.pk, row.pk]),
    }


def row_page(
    batch: Batch, row: Row | None, answers: dict[str, Any], problems: Mapping[str, str]
) -> dict[str, Any]:
    """The questions of one child."""
    definition = forms.definition_of(batch.version_id)
    whole = queries.whole_answers(batch, answers, shared_of(batch))
    drawn = steps.fields(
        Walk(definition, whole, today=timezone.localdate()),
        queries.group_of_row(batch),
        problems=problems,
        language=active_language(),
        establishments=organisations.find_establishments,
    )
    return {
        "batch": batch,
        "row": row,
        "seen": digest(row.answers) if row else "",
        "title": definition.title.in_(active_language()),
        "fields": SafeString("\n  ".join(field.html for field in drawn)),
        "stars": any(field.required for field in drawn),
        "problems": problems,
    }


def pasted_page(batch: Batch, written: str) -> dict[str, Any]:
    """Every pasted line with its problems; ``left``: the lines that cannot be added as they are."""
    definition, shared = forms.definition_of(batch.version_id), shared_of(batch)
    questions = queries.columns_in(batch)
    found = read_pasted(written, questions, today=timezone.localdate(), language=active_language())
    lines = [(line, _problems(batch, line, shared)) for line in found]
    bad = [line for line, problems in lines if problems]
    return {
        "batch": batch,
        "title": definition.title.in_(active_language()),
        "questions": [question.text.in_(active_language()) for question in questions],
        "lines": [
            {
                "number": line.number,
                "cells": [_spoken(line.answers.get(question.code), question) for question in questions],
                "problems": problems,
            }
            for line, problems in lines
        ],
        "good": [line for line, problems in lines if not problems],
        "bad": bad,
        "pasted": written,
        "left": _left(written, found, bad) if bad else "",
    }


def _problems(batch: Batch, line: Pasted, shared: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys([*line.problems, *queries.gaps_in(batch, line.answers, shared)]))


def _left(written: str, found: list[Pasted], bad: list[Pasted]) -> str:
    """The lines to correct, below the headings if there were any."""
    headed = bool(found) and found[0].number > 1
    headings = [line for line in written.splitlines() if line.strip()][:1] if headed else []
    return "\n".join([*headings, *(line.written for line in bad)])


def _spoken(value: Any, question: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict) and "typed" in value:
        return str(value["typed"])
    return ", ".join(KINDS[question.kind].speak(value, question, active_language()))


def problems_of(refusal: Refusal) -> dict[str, str]:
    """Field → what stops the sending."""
    if isinstance(refusal, NotAgreed):
        return {f"declaration-{key}": message for key, message in refusal.problems.items()}
    if isinstance(refusal, Unfinished):
        return {"form": refusal.message}
    return refusal.by_field("main-content")

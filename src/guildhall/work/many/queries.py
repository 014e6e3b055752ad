"""Reading a form for many children, starting from whoever enters it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import Definition, Group, Question, Words
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.walk import Walk
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User

from .models import Batch, Row

MOST = 100
"""Rows of one form."""


def batches_of(user: User) -> QuerySet[Batch]:
    """The forms for many children that ``user`` began."""
    return Batch.objects.filter(by=user).select_related("school", "version__form")


def batch_with(key: UUID) -> Batch | None:
    """The batch of the form that is filled in under ``key``."""
    return Batch.objects.filter(key=key).first()


def can_be_many(definition: Definition) -> bool:
    """Whether the form asks who it is about, so that it can be about several children in turn."""
    return bool(columns_of(definition))


def columns_of(definition: Definition) -> tuple[Question, ...]:
    """The questions that are asked for each child: who they are."""
    return tuple(
        question
        for group in definition.groups
        for question in group.questions
        if question.identity and question.identity != "school" and not group.repeats
        if KINDS[question.kind].answerable
    )


def group_of_row(definition: Definition) -> Group:
    """The questions of one row as one step."""
    return Group(key="child", number=2, title=Words("", ""), questions=columns_of(definition))


def draft_of(batch: Batch) -> Draft | None:
    """The form of the first child, until it is sent."""
    return Draft.objects.filter(key=batch.key, owner_id=batch.by_id).first()


def first_sent(batch: Batch) -> Submission | None:
    """The form of the first child, once it is sent."""
    return Submission.objects.filter(key=batch.key).first()


def rows_of(batch: Batch) -> list[Row]:
    """The other children, in the order in which they were added."""
    return list(batch.rows.order_by("pk"))


def whole_answers(batch: Batch, row_answers: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """The shared answers with those of one row; nothing of the first child is left in them."""
    own = {question.code for question in columns_of(forms.definition_of(batch.version_id))}
    return {code: value for code, value in shared.items() if code not in own} | row_answers


def gaps_in(
    batch: Batch, row_answers: dict[str, Any], shared: dict[str, Any], *, every: bool = False
) -> list[str]:
    """What is wrong with one row, in words; unless ``every``, not what the form itself lacks."""
    definition = forms.definition_of(batch.version_id)
    own = {question.code for question in columns_of(definition)}
    walk = Walk(definition, whole_answers(batch, row_answers, shared), today=timezone.localdate())
    return [gap.message for gap in walk.gaps if every or gap.code in own]


def name_in(batch: Batch, answers: dict[str, Any]) -> str:
    """The child of a row as it is written there."""
    definition = forms.definition_of(batch.version_id)
    said = {question.identity: answers.get(question.code) for question in columns_of(definition)}
    parts = (said.get("forename"), said.get("surname"))
    return " ".join(part for part in parts if isinstance(part, str))[:200]

"""Reading a form for many children, starting from whoever enters it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
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


def batches_of(user: User, school_id: int) -> QuerySet[Batch]:
    """The school's forms for many children that ``user`` began, was given, may share in, or sent."""
    open_to = Draft.objects.filter(Q(owner=user) | Q(shared=True), school_id=school_id).values("key")
    sent = Submission.objects.filter(sender=user, school_id=school_id).values("key")
    found = Batch.objects.filter(Q(by=user) | Q(key__in=open_to) | Q(key__in=sent), school_id=school_id)
    return found.select_related("school", "version__form")


def batch_with(key: UUID) -> Batch | None:
    """The batch of the form that is filled in under ``key``."""
    return Batch.objects.filter(key=key).first()


def can_be_many(definition: Definition) -> bool:
    """Whether the form asks who it is about, so that it can be about several children in turn."""
    return bool(columns_of(definition))


def columns_of(definition: Definition, asked: Collection[str] = ()) -> tuple[Question, ...]:
    """The questions that are asked for each child: who they are, and those that ``asked`` names."""
    return tuple(
        question
        for question in _single(definition)
        if (question.identity and question.identity != "school") or question.code in asked
    )


def others_of(definition: Definition) -> tuple[Question, ...]:
    """The questions that may be asked for each child besides."""
    return tuple(one for one in _single(definition) if not one.identity)


def consents_of(definition: Definition) -> list[str]:
    """The questions that are asked for each child from the first: nobody agrees for another (GH-021)."""
    return [one.code for one in others_of(definition) if "CONSENT" in one.code]


def _single(definition: Definition) -> list[Question]:
    """The questions that a row can answer: no files, and none of a repeating group."""
    return [
        question
        for group in definition.groups
        for question in group.questions
        if not group.repeats and KINDS[question.kind].answerable and KINDS[question.kind].posted
    ]


def columns_in(batch: Batch) -> tuple[Question, ...]:
    """The questions of each row of ``batch``."""
    return columns_of(forms.definition_of(batch.version_id), batch.asked)


def group_of_row(batch: Batch) -> Group:
    """The questions of one row as one step."""
    return Group(key="child", number=2, title=Words("", ""), questions=columns_in(batch))


def is_withdrawn(batch: Batch) -> bool:
    """Whether the form is no longer offered, so that it is only finished for those who are on it."""
    return batch.version.form.withdrawn_at is not None


def draft_of(batch: Batch) -> Draft | None:
    """The form of the first child, until it is sent."""
    return Draft.objects.filter(key=batch.key).first()


def first_sent(batch: Batch) -> Submission | None:
    """The form of the first child, once it is sent."""
    return Submission.objects.filter(key=batch.key).first()


def rows_of(batch: Batch) -> list[Row]:
    """The other children, in the order in which they were added."""
    return list(batch.rows.order_by("pk"))


def unsent_rows_of(batch: Batch) -> QuerySet[Row]:
    """The other children whose forms were not sent yet."""
    return batch.rows.select_related("batch").filter(sent_at=None)


def whole_answers(batch: Batch, row_answers: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """The shared answers with those of one row; nothing of the first child is left in them."""
    own = {question.code for question in columns_in(batch)}
    kept = {code: value for code, value in row_answers.items() if code in own}
    return {code: value for code, value in shared.items() if code not in own} | kept


def gaps_in(
    batch: Batch, row_answers: dict[str, Any], shared: dict[str, Any], *, every: bool = False
) -> list[str]:
    """What is wrong with one row, in words; unless ``every``, not what the form itself lacks."""
    definition = forms.definition_of(batch.version_id)
    own = {question.code for question in columns_in(batch)}
    walk = Walk(definition, whole_answers(batch, row_answers, shared), today=timezone.localdate())
    return [gap.message for gap in walk.gaps if every or gap.code in own]


def name_in(batch: Batch, answers: dict[str, Any]) -> str:
    """The child of a row as it is written there."""
    said = {question.identity: answers.get(question.code) for question in columns_in(batch)}
    parts = (said.get("forename"), said.get("surname"))
    return " ".join(part for part in parts if isinstance(part, str))[:200]

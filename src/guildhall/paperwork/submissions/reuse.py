"""Answers of earlier forms that a new draft takes over or suggests. Pure but for reading definitions.

A draft keeps them as ``inherited``: question code → {value, how, form, sent, by}, where ``how`` is fill or
suggest, ``form`` the earlier form's title by language, ``sent`` its day and ``by`` the name of its sender.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.consents import given_anew
from guildhall.paperwork.forms.definition import LANGUAGES, Definition, Question
from guildhall.paperwork.forms.kinds.base import Context
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.walk import judge
from guildhall.people.accounts.models import User

from .models import Submission
from .prefill import ABOUT_SENDER

# A file belongs to the form that it came with.
FILES = frozenset({"file", "image"})


def inherited(
    definition: Definition,
    earlier: Sequence[Submission],
    *,
    owner: User,
    known: Mapping[str, Any],
    today: date,
) -> dict[str, Any]:
    """What ``earlier`` forms, the one approved last first, answered to questions of ``definition``.

    A question that is ``known`` otherwise, that always asks again or that is in a repeating group takes
    nothing. Neither does one whose kind changed, that the earlier answer no longer fits, or that asks for
    the person who fills in the form, where another than ``owner`` sent the earlier one.
    """
    found: dict[str, Any] = {}
    for question in _reusing(definition):
        if question.code not in known and (one := _newest(question, earlier, today, owner)):
            found[question.code] = one
    return found


def lendable(question: Question) -> bool:
    """Whether an earlier answer may be taken over at all: never a file, a signature or a consent (GH-021)."""
    if question.kind in FILES or not KINDS[question.kind].answerable:
        return False
    return not given_anew(question.kind, question.code, question.text)


def filled(inherited: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that a draft begins with; those that are only suggested wait for the person."""
    return {code: one["value"] for code, one in inherited.items() if one["how"] == "fill"}


def still_lent(
    inherited: Mapping[str, Any], older: Definition, newer: Definition, *, today: date
) -> dict[str, Any]:
    """Of what a draft of ``older`` has ``inherited``, what ``newer`` would take as well."""
    return {
        code: one
        for code, one in inherited.items()
        if code in older.question_by_code and _takes(newer, older.question_by_code[code], one["value"], today)
    }


def _takes(newer: Definition, before: Question, value: Any, today: date) -> bool:
    after = newer.question_by_code.get(before.code)
    if after is None or newer.group_of[before.code].repeats:
        return False
    if after == before:
        return True
    asks_again_now = after.reuse == "ask" and before.reuse != "ask"
    if after.kind != before.kind or asks_again_now or not lendable(after):
        return False
    return judge(after, value, Context(today)).value is not None


def _reusing(definition: Definition) -> list[Question]:
    return [
        question
        for group in definition.groups
        for question in group.questions
        if not group.repeats and question.reuse != "ask" and lendable(question)
    ]


def _newest(
    question: Question, earlier: Sequence[Submission], today: date, owner: User
) -> dict[str, Any] | None:
    for submission in earlier:
        if question.code in ABOUT_SENDER and submission.sender_id != owner.pk:
            continue
        value = _answer(question, submission, today)
        if value is not None:
            return {"value": value, "how": question.reuse} | provenance(submission)
    return None


def _answer(question: Question, submission: Submission, today: date) -> Any:
    older = forms.definition_of(submission.version_id)
    same = older.question_by_code.get(question.code)
    if same is None or same.kind != question.kind or older.group_of[question.code].repeats:
        return None
    return judge(question, submission.answers.get(question.code), Context(today)).value


def provenance(submission: Submission) -> dict[str, Any]:
    """The form that an answer is from, its day and its sender, as a draft keeps them."""
    title = forms.definition_of(submission.version_id).title
    return {
        "form": {language: title.in_(language) for language in LANGUAGES},
        "sent": timezone.localdate(submission.sent_at).isoformat(),
        "by": str(submission.sender),
    }

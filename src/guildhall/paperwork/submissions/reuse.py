"""Answers of earlier forms that a new draft takes over or suggests. Pure but for reading definitions.

A draft keeps them as ``inherited``: question code → {value, how, form, sent, by}, where ``how`` is fill or
suggest, ``form`` the earlier form's title by language, ``sent`` its day and ``by`` the name of its sender.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import LANGUAGES, Definition, Question
from guildhall.paperwork.forms.kinds.base import Context
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.walk import judge

from .models import Submission

# A signature is given anew each time, and a file belongs to the form that it came with.
NEVER = frozenset({"signature", "file", "image"})


def inherited(
    definition: Definition, earlier: Sequence[Submission], *, known: Mapping[str, Any], today: date
) -> dict[str, Any]:
    """What ``earlier`` forms, the one approved last first, answered to questions of ``definition``.

    A question that is ``known`` otherwise, that always asks again or that is in a repeating group takes
    nothing. Neither does one whose kind changed, or that the earlier answer no longer fits.
    """
    found: dict[str, Any] = {}
    for question in _reusing(definition):
        if question.code not in known and (one := _newest(question, definition, earlier, today)):
            found[question.code] = one
    return found


def filled(inherited: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that a draft begins with; those that are only suggested wait for the person."""
    return {code: one["value"] for code, one in inherited.items() if one["how"] == "fill"}


def _reusing(definition: Definition) -> list[Question]:
    return [
        question
        for group in definition.groups
        for question in group.questions
        if not group.repeats and question.reuse != "ask" and question.kind not in NEVER
    ]


def _newest(
    question: Question, definition: Definition, earlier: Sequence[Submission], today: date
) -> dict[str, Any] | None:
    for submission in earlier:
        value = _answer(question, definition, submission, today)
        if value is not None:
            return {"value": value, "how": question.reuse} | provenance(submission)
    return None


def _answer(question: Question, definition: Definition, submission: Submission, today: date) -> Any:
    older = forms.definition_of(submission.version_id)
    same = older.question_by_code.get(question.code)
    if older.destination != definition.destination or same is None or same.kind != question.kind:
        return None
    if not KINDS[question.kind].answerable or older.group_of[question.code].repeats:
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

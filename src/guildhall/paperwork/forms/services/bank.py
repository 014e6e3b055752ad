"""The bank of questions. A question that changes gets a new revision; forms stay on the one they took."""

from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from ..editing import bank_content, clean_code, questions_in
from ..models import Question, QuestionRevision
from ..queries import forms_using, revisions_in
from .publishing import digest_of


class CodeTaken(Refusal):
    """Another question or form has this code, in capitals or not, or the code is reserved."""


class QuestionInUse(Refusal):
    """A form has or had this question, so it cannot be removed."""


@transaction.atomic
def keep_question(content: dict[str, Any], *, by: Any, now: datetime, new: bool = False) -> QuestionRevision:
    """Keep ``content`` (a question as in a definition file) in the bank, as a new revision if it differs.

    ``new``: it must not be there yet, unless it was deleted. Conditions are left out: they belong to a form.
    Raises CodeTaken.
    """
    code = clean_code(content.get("code", ""))
    if code.startswith("Z"):
        raise CodeTaken(texts.say("administration.Error_Question_Reserved"), field="code")
    hold_name(f"question {code}")
    question, made = Question.objects.get_or_create(code=code)
    if new and not made and question.retired_at is None:
        raise CodeTaken(texts.say("administration.Error_Question_Taken", code=code), field="code")
    content = bank_content(content) | {"code": code}
    digest = digest_of(content)
    latest = question.latest
    if latest and latest.digest == digest:
        restore_question(question, by=by, now=now)
        return latest
    revision = QuestionRevision.objects.create(
        question=question,
        number=(latest.number if latest else 0) + 1,
        content=content,
        digest=digest,
        made_at=now,
        made_by=by,
    )
    Question.objects.filter(pk=question.pk).update(latest=revision, retired_at=None)
    audit.record(
        "forms.question_kept",
        by=by,
        about=revision,
        now=now,
        detail={"code": code, "number": revision.number},
    )
    return revision


@transaction.atomic
def keep_questions_of(content: dict[str, Any], *, by: Any, now: datetime) -> dict[str, int]:
    """Keep the questions of a form's ``content`` that the bank does not have; the revision of each code.

    A question that the bank has in other words stays as it is there: it stands on the form alone, and is
    left out of the answer.
    """
    asked = {question["code"]: question for question in questions_in(content) if question.get("code")}
    known = set(Question.objects.filter(code__in=asked, retired_at=None).values_list("code", flat=True))
    for code, question in asked.items():
        if code not in known:
            keep_question(question, by=by, now=now)
    return revisions_in(content)


@transaction.atomic
def remove_question(question: Question, *, by: Any, now: datetime) -> None:
    """Take a question that no form ever had out of the bank. Raises QuestionInUse, naming the forms.

    Its revisions are kept; keeping a question with its code again brings it back.
    """
    question = hold(question)
    if used := forms_using(question.code):
        raise QuestionInUse(
            texts.say("administration.Error_Question_Used", code=question.code, forms=", ".join(used))
        )
    Question.objects.filter(pk=question.pk).update(retired_at=now)
    audit.record("forms.question_removed", by=by, about=question, now=now, detail={"code": question.code})


@transaction.atomic
def restore_question(question: Question, *, by: Any, now: datetime) -> None:
    """Put a question that was taken out back into the bank; one that is there stays as it is."""
    if Question.objects.filter(pk=question.pk, retired_at__isnull=False).update(retired_at=None):
        audit.record(
            "forms.question_restored", by=by, about=question, now=now, detail={"code": question.code}
        )

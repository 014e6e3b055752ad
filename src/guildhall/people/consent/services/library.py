"""The library of questions, and publishing them."""

from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox import services as outbox
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User

from .. import wording
from ..models import Question, Scheduled


class StillScheduled(Refusal):
    """A question that waits to be published cannot be made inactive."""


class NotActive(Refusal):
    """Only active questions can be scheduled."""


class TooEarly(Refusal):
    """The moment of publication is over."""


class AlreadyPublished(Refusal):
    """A published statement stays."""


@transaction.atomic
def add_question(
    statement: dict[str, str], *, agreement: dict[str, str], active: bool, by: User, now: datetime
) -> Question:
    """A new tick box question; both map "en", "cy" or both to words."""
    question = Question.objects.create(
        statement=_both(statement), agreement=_both(agreement), active=active, changed_at=now, changed_by=by
    )
    audit.record("consent.question_added", by=by, about=question, now=now, detail=_kept(question))
    return question


@transaction.atomic
def change_question(
    question: Question,
    *,
    revision: int,
    statement: dict[str, str],
    agreement: dict[str, str],
    active: bool,
    by: User,
    now: datetime,
) -> Question:
    """Change a question; what was published stays as it was.

    ``revision`` is the one that was opened. Raises ChangedMeanwhile, StillScheduled.
    """
    question = hold(question)
    if question.revision != revision:
        raise ChangedMeanwhile(texts.say("administration.Consent_Error_Meanwhile"), field="statement_en")
    if not active and Scheduled.objects.filter(question=question, statement=None).exists():
        raise StillScheduled(texts.say("administration.Consent_Error_Scheduled"), field="active")
    before = _kept(question)
    question.statement, question.agreement, question.active = _both(statement), _both(agreement), active
    question.revision, question.changed_at, question.changed_by = revision + 1, now, by
    question.save()
    detail = {"before": before, "after": _kept(question)}
    audit.record("consent.question_changed", by=by, about=question, now=now, detail=detail)
    return question


def _both(words: dict[str, str]) -> dict[str, str]:
    """``words`` with both languages; one that is not given is empty."""
    return {"en": "", "cy": ""} | words


def _kept(question: Question) -> dict[str, Any]:
    return {"statement": question.statement, "agreement": question.agreement, "active": question.active}


@transaction.atomic
def schedule(question: Question, *, publish_at: datetime | None, by: User, now: datetime) -> Scheduled:
    """Publish an active question at ``publish_at``, or at once. Raises NotActive, TooEarly."""
    question = hold(question)
    if not question.active:
        raise NotActive(texts.say("administration.Consent_Error_NotActive"), field="question")
    if publish_at is not None and publish_at <= now:
        raise TooEarly(texts.say("administration.Consent_Error_TooEarly"), field="publish")
    scheduled = Scheduled.objects.create(
        question=question, publish_at=publish_at or now, scheduled_at=now, scheduled_by=by
    )
    detail = {"question": question.pk, "publish_at": scheduled.publish_at.isoformat()}
    audit.record("consent.scheduled", by=by, about=scheduled, now=now, detail=detail)
    if publish_at is None:
        _publish(scheduled, now)
    else:
        outbox.put("consent-publish", {}, key=f"consent-publish-{scheduled.pk}", now=now, due_at=publish_at)
    return scheduled


@transaction.atomic
def unschedule(scheduled: Scheduled, *, by: User, now: datetime) -> None:
    """Delete what is scheduled and not yet published. Raises AlreadyPublished."""
    scheduled = hold(scheduled)
    if scheduled.statement_id is not None:
        raise AlreadyPublished(texts.say("administration.Consent_Error_Published"))
    detail = {"question": scheduled.question_id, "publish_at": scheduled.publish_at.isoformat()}
    audit.record("consent.unscheduled", by=by, about=scheduled, now=now, detail=detail)
    scheduled.delete()


@transaction.atomic
def publish_due(*, now: datetime) -> int:
    """Publish what is due, in the order of its moments; how many were. Safe to repeat."""
    hold_name("consent:publish")
    due = Scheduled.objects.select_for_update(of=("self",)).select_related("question", "scheduled_by")
    rows = list(due.filter(statement=None, publish_at__lte=now).order_by("publish_at", "pk"))
    for scheduled in rows:
        _publish(scheduled, now)
    return len(rows)


def _publish(scheduled: Scheduled, now: datetime) -> None:
    """The wording as it is now is frozen; from now on it is the current statement."""
    question = scheduled.question
    scheduled.statement = accounts.publish_statement(
        wording.frozen(question.statement),
        agreement=wording.frozen(question.agreement),
        by=scheduled.scheduled_by,
        now=now,
    )
    scheduled.save(update_fields=["statement"])

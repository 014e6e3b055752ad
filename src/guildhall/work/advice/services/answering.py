"""What a portal user answers in place, with files, or that they cannot."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import services as files
from guildhall.foundation.kit.again import again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from .. import queries
from ..models import Answer, Requested
from ..rules import LONGEST_ANSWER, LONGEST_DETAILS
from .keeping import receive
from .telling import tell_officer

FIELD = "files"


class AnswerClosed(Refusal):
    """The request was answered, removed, or is no longer the person's to answer."""


class NothingAnswered(Refusal):
    """There are neither words nor files, or too many words."""


@again_when_first_or_crossed
def answer(
    requested: Requested, *, words: str, uploads: Sequence[UploadedFile], key: UUID, by: User, now: datetime
) -> Answer:
    """Keep what ``by`` answers, close the request, and tell the officer (GH-010).

    The same ``key`` again returns the first answer. Raises AnswerClosed, NothingAnswered, FileRefused.
    """
    requested = hold(requested)
    if known := _known(requested, key, by):
        return known
    if not words and not uploads:
        raise NothingAnswered(say("send.Advice_Error_Nothing"), field="words")
    if len(words) > LONGEST_ANSWER:
        raise NothingAnswered(say("send.Advice_Error_Long", most=f"{LONGEST_ANSWER:,}"), field="words")
    made = Answer.objects.create(pk=key, requested=requested, by=by, at=now, words=words)
    for upload in uploads:
        held = (queries.HELD_BY, made.pk)
        files.accept_upload(upload, owner=by, held_by=held, question=FIELD, now=now)
    receive(requested, timezone.localdate(now), by=by, now=now)
    tell_officer("AdviceAnswered", requested, key=f"advice-answered:{requested.pk}:{made.pk}", now=now)
    return made


@again_when_first_or_crossed
def decline(requested: Requested, *, words: str, key: UUID, by: User, now: datetime) -> Answer:
    """Keep that ``by`` cannot give the information, and why; the reminders end, and the officer is told.

    The request stays open: they can answer after all. The same ``key`` again returns the first.
    Raises AnswerClosed, NothingAnswered.
    """
    requested = hold(requested)
    if known := _known(requested, key, by):
        return known
    if not words:
        raise NothingAnswered(say("send.Advice_Error_Why"), field="why")
    if len(words) > LONGEST_DETAILS:
        raise NothingAnswered(say("send.Advice_Error_WhyLong", most=f"{LONGEST_DETAILS:,}"), field="why")
    made = Answer.objects.create(pk=key, requested=requested, by=by, at=now, words=words, declines=True)
    requested.declined_on, requested.chase_on = timezone.localdate(now), None
    requested.save(update_fields=["declined_on", "chase_on"])
    child = requested.involvement.child_id
    audit.record("advice.declined", by=by, about=requested, child=child, now=now)
    tell_officer("AdviceDeclined", requested, key=f"advice-declined:{requested.pk}:{made.pk}", now=now)
    return made


def _known(requested: Requested, key: UUID, by: User) -> Answer | None:
    """What came with ``key`` before; None where it may come now. Raises AnswerClosed."""
    known = Answer.objects.filter(pk=key, requested=requested, by=by).first()
    if not known and (requested.received_on or queries.asked(by, requested.key) is None):
        raise AnswerClosed(say("send.Advice_Error_Closed"))
    return known

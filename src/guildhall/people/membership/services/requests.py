"""New accounts asked of the helpline, in writing, by a school's recorded head or office."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .. import rules
from ..models import AccountRequest, JobTitle, SchoolPlace
from . import records
from .places import Given, NotYours, add_person

MOST_OPEN = 50


class NotRecorded(Refusal):
    """Only the recorded account of the school's head or office may ask."""


class TitleGone(Refusal):
    """The job title that was chosen is on the authority's list no more."""


class Answered(Refusal):
    """Somebody answered the request before."""


@transaction.atomic
def record_account(place: SchoolPlace, *, as_: str, holder: Holder, by: User | None, now: datetime) -> None:
    """Record (``as_`` "head" or "office") or forget ("") an account as the one the school writes from.

    Only the council does so. Raises NotYours.
    """
    place = hold(place)
    if not rules.helps(holder) or place.membership.ended_at is not None:
        raise NotYours(texts.say("schools.Error_NotYours"))
    SchoolPlace.objects.filter(school_id=place.school_id, recorded_as=as_).exclude(recorded_as="").update(
        recorded_as=""
    )
    SchoolPlace.objects.filter(pk=place.pk).update(recorded_as=as_)
    records.note(place, "recorded", by=by, now=now)


@transaction.atomic
def ask_for_account(place: SchoolPlace, *, given: Given, by: User, now: datetime) -> AccountRequest:
    """Ask the helpline for an account at the school of ``place``, whose owner ``by`` is.

    What is written is kept as it was written. Raises NotRecorded.
    """
    place = hold(place)
    theirs = place.user_id == by.pk and place.membership.ended_at is None
    if not theirs or not rules.may_ask_for_accounts(place):
        raise NotRecorded(texts.say("schools.Error_NotRecorded"))
    if AccountRequest.objects.filter(school_id=place.school_id, answered_at=None).count() >= MOST_OPEN:
        raise NotRecorded(texts.say("schools.Error_ManyRequests"))
    details = {
        "email": given.email,
        "forename": given.forename,
        "surname": given.surname,
        "mobile": given.mobile,
        "kind": given.kind,
        "job_title": given.job_title.pk,
        "is_admin": given.is_admin,
    }
    asked = AccountRequest.objects.create(school_id=place.school_id, by=by, details=details, asked_at=now)
    audit.record("membership.account_asked", by=by, about=asked, now=now)
    return asked


@transaction.atomic
def grant_request(asked: AccountRequest, *, holder: Holder, by: User, now: datetime) -> SchoolPlace:
    """Make the account that was asked for. Raises NotYours, Answered, TitleGone, AlreadyHere."""
    asked = _unanswered(asked, holder)
    details = dict(asked.details)
    title = JobTitle.objects.filter(pk=details.pop("job_title")).first()
    if title is None:
        raise TitleGone(texts.say("schools.Error_JobTitle_Gone"))
    given = Given(**details, job_title=title, schools=frozenset([asked.school_id]))
    reason = texts.say("schools.Request_Reason", "en", number=asked.pk)
    [place] = add_person(given, holder=holder, by=by, now=now, reason=reason)
    AccountRequest.objects.filter(pk=asked.pk).update(answered_at=now, answered_by=by, place=place)
    return place


@transaction.atomic
def refuse_request(asked: AccountRequest, *, why: str, holder: Holder, by: User, now: datetime) -> None:
    """Refuse it, with a reason that the school sees. Raises NotYours, Answered."""
    asked = _unanswered(asked, holder)
    if not (said := paragraphs(why)):
        raise Refusal(texts.say("schools.Error_Reason_Required"), field="why")
    AccountRequest.objects.filter(pk=asked.pk).update(answered_at=now, answered_by=by, answer=said[:500])
    audit.record("membership.request_refused", by=by, about=asked, now=now)


def _unanswered(asked: AccountRequest, holder: Holder) -> AccountRequest:
    asked = hold(asked)
    if not rules.helps(holder):
        raise NotYours(texts.say("schools.Error_NotYours"))
    if asked.answered_at is not None:
        raise Answered(texts.say("schools.Error_Answered"))
    return asked

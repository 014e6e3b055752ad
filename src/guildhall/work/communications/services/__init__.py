"""Keeping a line of the communication log that a room or an officer tells of."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed, again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.persons.models import Person
from guildhall.work.cases.models import Case

from ..models import Communication, Correction

# What an officer notes by hand; messages and emails are noted by what sends them.
BY_HAND = (Communication.Means.LETTER, Communication.Means.TELEPHONE)
LONGEST_SUMMARY, LONGEST_NAME, LONGEST_REASON = 4_000, 200, 1_000
EARLIEST = timedelta(days=366 * 30)


class NotByHand(Refusal):
    """A line that stands for evidence is not corrected by hand."""


@dataclass(frozen=True)
class Details:
    """What an officer writes of a letter or a call: with whom, when and what about."""

    means: str
    addressee: str
    summary: str
    happened_at: datetime | None
    incoming: bool = False
    person: Person | None = None

    def problems(self, *, now: datetime) -> dict[str, str]:
        """What must be put right, by field."""
        found = {}
        if self.means not in BY_HAND:
            found["means"] = texts.say("send.Communication_Error_Means")
        if not self.addressee and not self.person:
            found["addressee"] = texts.say("send.Communication_Error_Addressee")
        elif len(self.addressee) > LONGEST_NAME:
            found["addressee"] = texts.say("children.Error_TooLong", most=LONGEST_NAME)
        if self.happened_at is None or not now - EARLIEST <= self.happened_at <= now:
            found["happened_on"] = texts.say("send.Communication_Error_When")
        if not self.summary:
            found["summary"] = texts.say("send.Communication_Error_Summary")
        elif len(self.summary) > LONGEST_SUMMARY:
            found["summary"] = texts.say("children.Error_TooLong", most=f"{LONGEST_SUMMARY:,}")
        return found


@transaction.atomic
def note(
    child: Child,
    *,
    to: User | None,
    means: str,
    summary: str,
    message: Message | None = None,
    by: User | None,
    now: datetime,
    email_key: str = "",
) -> Communication:
    """Enter in the log of ``child`` what was sent to ``to``; the person linked with ``to`` shows beside them.

    ``means`` is one of ``Communication.Means``. Whether it arrived is read from the evidence: of ``message``,
    or of the email that was put into the outbox with the key ``email_key``. A second call for the same
    message or email gives the first line.
    """
    values: dict[str, object] = {
        "to": to,
        "means": Communication.Means(means),
        "summary": summary,
        "by": by,
        "happened_at": now,
        "noted_at": now,
    }
    kept, made = _kept(child, message, email_key, values)
    if made:
        detail = {"means": means, "to": to.pk if to else None}
        audit.record("communications.noted", by=by, about=kept, child=child.pk, now=now, detail=detail)
    return kept


@again_when_first_or_crossed
def note_by_hand(
    about: Case | Child, *, details: Details, key: UUID, by: User, now: datetime
) -> Communication:
    """Enter a letter or a telephone call in the log of a case or a child; the same ``key`` enters one.

    Raises Refusals.
    """
    _demand(details.problems(now=now))
    place = {"case" if isinstance(about, Case) else "child": about}
    values = {**place, **_columns(details), "by": by, "noted_at": now}
    kept, made = Communication.objects.get_or_create(pk=key, defaults=values)
    if made:
        audit.record("communications.noted_by_hand", by=by, about=kept, child=_child_of(kept), now=now)
    return kept


@again_when_crossed
def correct(
    kept: Communication, *, details: Details, reason: str, seen: int, by: User, now: datetime
) -> Communication:
    """Put right a line that was noted by hand and that the officer opened at version ``seen``.

    What it said before stays. Raises Refusals, ChangedMeanwhile, NotByHand.
    """
    _demand(details.problems(now=now) | reason_problems(reason))
    kept = _held(kept, seen)
    _keep_as_it_was(kept, reason=reason, by=by, now=now)
    for name, value in _columns(details).items():
        setattr(kept, name, value)
    kept.save()
    audit.record("communications.corrected", by=by, about=kept, child=_child_of(kept), now=now)
    return kept


@again_when_crossed
def strike_out(
    kept: Communication, *, struck_out: bool, reason: str, seen: int, by: User, now: datetime
) -> Communication:
    """Strike out a line that never happened, or let it count again; it stays to be read.

    Raises Refusals, ChangedMeanwhile, NotByHand.
    """
    _demand(reason_problems(reason))
    kept = _held(kept, seen)
    if kept.struck_out != struck_out:
        _keep_as_it_was(kept, reason=reason, by=by, now=now)
        kept.struck_out = struck_out
        kept.save()
        verb = "communications.struck_out" if struck_out else "communications.counted_again"
        audit.record(verb, by=by, about=kept, child=_child_of(kept), now=now)
    return kept


def reason_problems(reason: str) -> dict[str, str]:
    """What must be put right about why a line is changed."""
    if not reason:
        return {"reason": texts.say("send.Communication_Error_Reason")}
    if len(reason) > LONGEST_REASON:
        return {"reason": texts.say("children.Error_TooLong", most=f"{LONGEST_REASON:,}")}
    return {}


def _demand(problems: dict[str, str]) -> None:
    if problems:
        raise Refusals(problems)


def _held(kept: Communication, seen: int) -> Communication:
    kept = hold(kept)
    if kept.means not in BY_HAND:
        raise NotByHand(texts.say("send.Communication_Error_NotByHand"))
    if kept.version != seen:
        raise ChangedMeanwhile(texts.say("send.Communication_Error_Changed"))
    return kept


def _columns(details: Details) -> dict[str, object]:
    return {
        "means": details.means,
        "addressee": details.addressee,
        "person": details.person,
        "incoming": details.incoming,
        "summary": details.summary,
        "happened_at": details.happened_at,
    }


def _keep_as_it_was(kept: Communication, *, reason: str, by: User, now: datetime) -> None:
    Correction.objects.create(
        communication=kept,
        version=kept.version,
        by=by,
        at=now,
        reason=reason,
        addressee=kept.addressee or str(kept.person or "")[:LONGEST_NAME],
        means=kept.means,
        incoming=kept.incoming,
        summary=kept.summary,
        happened_at=kept.happened_at,
        struck_out=kept.struck_out,
    )
    kept.version += 1


def _child_of(kept: Communication) -> int | None:
    return kept.case.mention.child_id if kept.case else kept.child_id


def _kept(
    child: Child, message: Message | None, email_key: str, values: dict[str, object]
) -> tuple[Communication, bool]:
    if message is None and not email_key:
        return Communication.objects.create(child=child, **values), True
    known = {"message": message} if message else {"email_key": email_key}
    both = values | {"message": message, "email_key": email_key}
    return Communication.objects.get_or_create(child=child, **known, defaults=both)

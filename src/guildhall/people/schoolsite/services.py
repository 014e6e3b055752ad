"""Keeping the entries of the schools' site."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import stamps
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import refuse_stale
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts import codes
from guildhall.people.accounts.models import User
from guildhall.people.accounts.rules import Limit
from guildhall.people.accounts.services import guards

from .models import Feedback, ServiceRequest, SiteEntry
from .queries import STAMP

LANGUAGES = ("en", "cy")
# Of one network address: a whole school has one.
REQUESTS = Limit(10_000, timedelta(), ((10, timedelta(hours=1)), (30, timedelta(days=1))))


class SilentVideo(Refusals):
    """A video goes with captions, and with a transcript in both languages."""


@transaction.atomic
def add_entry(details: Mapping[str, Any], *, by: User | None, now: datetime) -> SiteEntry:
    """Put an entry on the site; ``details`` are fields of SiteEntry. Raises SilentVideo."""
    entry = SiteEntry(**details)
    _refuse_silent(entry)
    entry.save()
    stamps.touch(STAMP)
    audit.record("schoolsite.entry_added", by=by, about=entry, now=now)
    return entry


@transaction.atomic
def change_entry(
    entry: SiteEntry, *, details: Mapping[str, Any], seen: str | None = None, by: User, now: datetime
) -> SiteEntry:
    """Change some fields of an entry; it shows at once. ``seen``: the stamp that the page showed, if any.

    Raises ChangedMeanwhile, SilentVideo.
    """
    entry = hold(entry)
    refuse_stale(seen, entry.stamp, say("shared.Error_Meanwhile"))
    for name, value in details.items():
        setattr(entry, name, value)
    _refuse_silent(entry)
    entry.save()
    stamps.touch(STAMP)
    audit.record("schoolsite.entry_changed", by=by, about=entry, now=now)
    return entry


@transaction.atomic
def remove_entry(entry: SiteEntry, *, by: User, now: datetime) -> None:
    """Take an entry off the site; it can be put back."""
    SiteEntry.objects.filter(pk=entry.pk, removed_at=None).update(removed_at=now)
    stamps.touch(STAMP)
    audit.record("schoolsite.entry_removed", by=by, about=entry, now=now)


@transaction.atomic
def put_back_entry(entry: SiteEntry, *, by: User, now: datetime) -> None:
    """Put an entry that was removed on the site again."""
    SiteEntry.objects.filter(pk=entry.pk).update(removed_at=None)
    stamps.touch(STAMP)
    audit.record("schoolsite.entry_put_back", by=by, about=entry, now=now)


def _refuse_silent(entry: SiteEntry) -> None:
    """Whoever cannot hear or see a video reads what is said and shown in it."""
    if not entry.video:
        return
    missing = {} if entry.captioned else {"captioned": say("schools.Error_Captioned_Required")}
    for code in LANGUAGES:
        if not entry.transcript.get(code, "").strip():
            missing[f"transcript_{code}"] = say(f"schools.Error_Transcript_{code}")
    if missing:
        raise SilentVideo(missing)


@transaction.atomic
def send_feedback(words: str, *, by: User, now: datetime) -> Feedback:
    """Keep what somebody at a school said about the site."""
    said = Feedback.objects.create(by=by, words=words.strip(), at=now)
    audit.record("schoolsite.feedback_sent", by=by, about=said, now=now)
    return said


@transaction.atomic
def ask_for_help(details: Mapping[str, str], *, address: str, now: datetime) -> ServiceRequest:
    """Keep a request for the council's officers; ``details``: name, email, school and words.

    It is kept whether or not an account has the address. Raises guards.Shut when too many came from one
    network ``address``.
    """
    guards.spend("help", codes.name_digest(address), limit=REQUESTS, now=now)
    asked = ServiceRequest.objects.create(**details, at=now)
    audit.record("schoolsite.help_asked", by=None, about=asked, now=now)
    return asked


@transaction.atomic
def deal_with(asked: ServiceRequest, *, by: User, now: datetime) -> bool:
    """Take a request off the list; whether it was still on it."""
    rows = ServiceRequest.objects.filter(pk=asked.pk, answered_at=None)
    if not rows.update(answered_at=now, answered_by=by):
        return False
    audit.record("schoolsite.help_given", by=by, about=asked, now=now)
    return True

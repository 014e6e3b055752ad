"""Keeping the entries of the schools' site."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.people.accounts.models import User

from .models import Feedback, SiteEntry

FIELDS = ("kind", "title", "words", "link", "position", "first_on", "last_on")


@transaction.atomic
def add_entry(details: Mapping[str, Any], *, by: User | None, now: datetime) -> SiteEntry:
    """Put an entry on the site; ``details`` are some of FIELDS."""
    entry = SiteEntry.objects.create(**details)
    audit.record("schoolsite.entry_added", by=by, about=entry, now=now)
    return entry


@transaction.atomic
def change_entry(entry: SiteEntry, *, details: Mapping[str, Any], by: User, now: datetime) -> SiteEntry:
    """Change some of FIELDS; it shows at once."""
    entry = hold(entry)
    for name, value in details.items():
        setattr(entry, name, value)
    entry.save()
    audit.record("schoolsite.entry_changed", by=by, about=entry, now=now)
    return entry


@transaction.atomic
def remove_entry(entry: SiteEntry, *, by: User, now: datetime) -> None:
    """Take an entry off the site; it can be put back."""
    SiteEntry.objects.filter(pk=entry.pk, removed_at=None).update(removed_at=now)
    audit.record("schoolsite.entry_removed", by=by, about=entry, now=now)


@transaction.atomic
def put_back_entry(entry: SiteEntry, *, by: User, now: datetime) -> None:
    """Put an entry that was removed on the site again."""
    SiteEntry.objects.filter(pk=entry.pk).update(removed_at=None)
    audit.record("schoolsite.entry_put_back", by=by, about=entry, now=now)


@transaction.atomic
def send_feedback(words: str, *, by: User, now: datetime) -> Feedback:
    """Keep what somebody at a school said about the site."""
    said = Feedback.objects.create(by=by, words=words.strip(), at=now)
    audit.record("schoolsite.feedback_sent", by=by, about=said, now=now)
    return said

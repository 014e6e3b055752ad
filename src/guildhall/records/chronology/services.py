"""Writing the chronology."""

from datetime import datetime
from typing import Any

from guildhall.records.linkage.models import Mention

from .models import Entry


class NoSuchEntry(LookupError):
    """Nothing was written for that source."""


def write_entry(
    mention: Mention,
    *,
    kind: str,
    source_id: str,
    title: dict[str, str],
    happened_at: datetime,
    shown_from: datetime | None,
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Put an event on the chronology of whoever ``mention`` turns out to be.

    ``title``: {en, cy}. ``shown_from`` None keeps it off the page until ``show_entry``. ``detail`` is plain
    JSON; ``team`` in it names the team whose form it was. A second call for the same source (``kind`` and
    ``source_id``) gives the first entry.
    """
    entry, _ = Entry.objects.get_or_create(
        kind=kind,
        source_id=str(source_id),
        defaults={
            "mention": mention,
            "title": title,
            "happened_at": happened_at,
            "shown_from": shown_from,
            "detail": detail or {},
        },
    )
    return entry


def show_entry(kind: str, source_id: str, *, now: datetime) -> Entry:
    """Let the event of that source be read from ``now`` on; one that is shown already stays as it is.

    Raises NoSuchEntry.
    """
    Entry.objects.filter(kind=kind, source_id=str(source_id), shown_from=None).update(shown_from=now)
    entry = Entry.objects.filter(kind=kind, source_id=str(source_id)).first()
    if entry is None:
        raise NoSuchEntry(f"{kind} {source_id}")
    return entry

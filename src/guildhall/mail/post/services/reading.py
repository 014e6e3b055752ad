"""What somebody at a school does with an item as its reader."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.membership.models import SchoolPlace

from ..models import Mark, Posting, Watermark
from ..queries import own
from ..queries.own import Item
from ..reach import reach_of

MOST_AT_ONCE = 200
# A posting that is being published now may be seen later, with an earlier moment.
MARGIN = timedelta(hours=1)


class NotTheirs(Refusal):
    """The item does not reach this person, or not any more."""


def seen(posting: Posting, place: SchoolPlace) -> Item:
    """The item as the person of ``place`` has it now. Raises NotTheirs."""
    found = own.item(place, posting.pk)
    if found is None or found.withdrawn:
        raise NotTheirs(texts.say("schools.Error_Post_NotTheirs"))
    return found


@transaction.atomic
def open_item(item: Item, *, place: SchoolPlace, now: datetime) -> None:
    """Note that the person of ``place`` reads an item: it is read from now on, and the audit keeps it.

    A supervisor who reads what came to others marks nothing. Called while the page is shown: this is audit
    of reading, the one thing a GET may write.
    """
    posting = item.posting
    if not (item.as_supervisor or item.withdrawn):
        _mark([posting.pk], place=place, now=now)
        Mark.objects.filter(place=place, posting=posting).update(seen_at=now)
    verb = "post.opened_as_supervisor" if item.as_supervisor else "post.opened"
    _record(verb, posting, place=place, now=now)


def note_download(posting: Posting, *, file: StoredFile, place: SchoolPlace, now: datetime) -> None:
    """Keep in the audit that somebody saves an attachment."""
    _record("post.file_opened", posting, place=place, now=now, file=str(file.pk))


@transaction.atomic
def read_some(pks: Collection[int], *, place: SchoolPlace, now: datetime) -> list[int]:
    """Mark as read what of ``pks`` reaches somebody and they have not read; which items that were."""
    made = _mark(_reached(pks, place), place=place, now=now)
    _record_all("post.marked_read", made, place=place, now=now)
    return made


@transaction.atomic
def archive_some(pks: Collection[int], *, place: SchoolPlace, now: datetime) -> list[int]:
    """Put items away, read or not, which makes them read; which of ``pks`` were not away before."""
    reached = _reached(pks, place)
    _mark(reached, place=place, now=now)
    rows = Mark.objects.filter(place=place, posting__in=reached, archived_at=None)
    changed = list(rows.values_list("posting_id", flat=True))
    rows.update(archived_at=now)
    _record_all("post.archived", changed, place=place, now=now)
    return changed


@transaction.atomic
def restore_some(pks: Collection[int], *, place: SchoolPlace, now: datetime) -> list[int]:
    """Bring archived items back to the inbox, where they stay read; which of ``pks`` were away."""
    rows = Mark.objects.filter(place=place, posting__in=_reached(pks, place), archived_at__isnull=False)
    changed = list(rows.values_list("posting_id", flat=True))
    rows.update(archived_at=None)
    _record_all("post.restored", changed, place=place, now=now)
    return changed


def _reached(pks: Collection[int], place: SchoolPlace) -> list[int]:
    rows = reach_of(place).postings().filter(pk__in=list(pks)[:MOST_AT_ONCE])
    return list(rows.values_list("pk", flat=True))


def _mark(pks: list[int], *, place: SchoolPlace, now: datetime) -> list[int]:
    """Make these items read; which were not."""
    known = set(Mark.objects.filter(place=place, posting__in=pks).values_list("posting_id", flat=True))
    new = [pk for pk in pks if pk not in known]
    rows = [
        Mark(place=place, school_id=place.school_id, posting_id=pk, read_at=now, seen_at=now) for pk in new
    ]
    Mark.objects.bulk_create(rows, ignore_conflicts=True)
    if new:
        _move_watermark(place, now=now)
    return new


def _move_watermark(place: SchoolPlace, *, now: datetime) -> None:
    """Note until when somebody has read everything, so that what is unread is found soon."""
    reach = reach_of(place)
    oldest = own.unread(reach).order_by("published_at").values_list("published_at", flat=True).first()
    until = min(filter(None, [oldest, now - MARGIN]))
    Watermark.objects.update_or_create(place=place, defaults={"until": until, "reach": reach.digest})


def _record_all(verb: str, pks: list[int], *, place: SchoolPlace, now: datetime) -> None:
    for posting in Posting.objects.filter(pk__in=pks).order_by("pk"):
        _record(verb, posting, place=place, now=now)


def _record(verb: str, posting: Posting, *, place: SchoolPlace, now: datetime, **more: Any) -> None:
    detail = {"school": place.school_id, "level": posting.sensitivity, **more}
    audit.record(verb, by=place.user, about=posting, now=now, detail=detail)

"""Documents and tools for every school."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files import services as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.ordering import end_of, swapped
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from .. import queries
from ..models import Item, Section

FIELD = "download_file"


class TooManyItems(Refusal):
    """There are as many downloads as there may be."""


class TooManyVersions(Refusal):
    """The item has as many versions as it takes."""


@dataclass(frozen=True)
class ToldItem:
    """What an officer says of a document or tool, in both languages."""

    section: Section
    title: dict[str, str]
    words: dict[str, str]
    version: str
    dated_on: date


@transaction.atomic
def add_item(told: ToldItem, *, upload: UploadedFile, key: UUID, by: User, now: datetime) -> Item:
    """Offer a document or tool, last in its section; the same ``key`` again adds nothing.

    Raises TooManyItems, FileRefused.
    """
    hold_name("downloads:items")
    known = Item.objects.filter(pk=key).first()
    if known is not None and known.added_by_id == by.pk:
        return known
    if Item.objects.filter(retired_at=None).count() >= queries.MOST:
        raise TooManyItems(say("schools.Downloads_Error_TooMany", most=queries.MOST), field=FIELD)
    key = uuid4() if known else key
    held = (queries.HELD_BY, key)
    file = files.accept_upload(upload, owner=by, held_by=held, question=FIELD, now=now)
    item = Item(pk=key, file=file, added_by=by, added_at=now, position=end_of(told.section.items.all()))
    _describe(item, told)
    item.save(force_insert=True)
    audit.record("downloads.item_added", by=by, about=item, now=now)
    return item


def _describe(item: Item, told: ToldItem) -> None:
    item.section, item.title, item.words = told.section, told.title, told.words
    item.version, item.dated_on = told.version, told.dated_on
    said = [*told.title.values(), *told.words.values(), item.file.name]
    item.sought = fold_name(" ".join(said))


@transaction.atomic
def change_item(item: Item, told: ToldItem, *, by: User, now: datetime) -> Item:
    """Describe an item otherwise; in another section it stands last."""
    item = hold(item)
    if item.section_id != told.section.pk:
        item.position = end_of(told.section.items.all())
    _describe(item, told)
    item.save()
    audit.record("downloads.item_changed", by=by, about=item, now=now)
    return item


@transaction.atomic
def replace_item(
    item: Item, *, upload: UploadedFile, version: str, dated_on: date, by: User, now: datetime
) -> Item:
    """Offer a newer version of the file; what it was before stays for officers.

    Raises TooManyVersions, FileRefused.
    """
    item = hold(item)
    most = file_queries.most_files()
    if len(queries.versions(item)) >= most:
        raise TooManyVersions(say("schools.Downloads_Error_TooManyVersions", most=most), field=FIELD)
    held = (queries.HELD_BY, item.pk)
    item.file = files.accept_upload(upload, owner=by, held_by=held, question=FIELD, now=now)
    _describe(item, ToldItem(item.section, item.title, item.words, version, dated_on))
    item.save()
    audit.record("downloads.item_replaced", by=by, about=item, now=now)
    return item


@transaction.atomic
def move_item(item: Item, *, up: bool, by: User, now: datetime) -> None:
    """Let an item change places with its neighbour in the section; at the end nothing happens."""
    rows = Item.objects.filter(section=item.section_id, retired_at=None)
    if item.retired_at is None and (moved := swapped(rows, item, up=up)):
        Item.objects.bulk_update(moved, ["position"])
        audit.record("downloads.item_moved", by=by, about=item, now=now)


@transaction.atomic
def retire_item(item: Item, *, by: User, now: datetime) -> None:
    """Offer it to schools no more."""
    if Item.objects.filter(pk=item.pk, retired_at=None).update(retired_at=now, retired_by=by):
        audit.record("downloads.item_retired", by=by, about=item, now=now)


@transaction.atomic
def offer_again(item: Item, *, by: User, now: datetime) -> None:
    """Offer a retired item again."""
    rows = Item.objects.filter(pk=item.pk, retired_at__isnull=False)
    if rows.update(retired_at=None, retired_by=None):
        audit.record("downloads.item_offered", by=by, about=item, now=now)


@transaction.atomic
def note_downloaded(item: Item, *, file: StoredFile, by: User, now: datetime) -> None:
    """Keep that somebody downloaded a version."""
    audit.record("downloads.item_downloaded", by=by, about=item, now=now, detail={"file": str(file.pk)})

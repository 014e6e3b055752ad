"""Adding, changing, replacing and removing documents."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files import services as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from .. import queries
from ..models import Document, Section
from .permitting import must_add

MOST = 2_000
FIELD = "folder_file"


class FolderFull(Refusal):
    """The folder has no room for the file."""


class TooManyVersions(Refusal):
    """The document has as many versions as it takes."""


@dataclass(frozen=True)
class Told:
    """What somebody says of a document; ``section`` None is the folder itself."""

    title: str
    dated_on: date
    about: str = ""
    section: Section | None = None


@transaction.atomic
def add_document(
    place: SchoolPlace, told: Told, *, upload: UploadedFile, key: UUID, by: User, now: datetime
) -> Document:
    """Put a document into the folder of the school of ``place``; the same ``key`` again adds nothing.

    Raises NoAccess, FolderFull, FileRefused.
    """
    must_add(place)
    _make_room(place, upload)
    known = Document.objects.filter(pk=key).first()
    if known is not None and (known.school_id, known.added_by_id) == (place.school_id, by.pk):
        return known
    key = uuid4() if known else key
    file = files.accept_upload(upload, owner=by, held_by=(queries.HELD_BY, key), question=FIELD, now=now)
    document = Document(
        pk=key,
        school_id=place.school_id,
        file=file,
        bytes=file.bytes,
        added_by=by,
        added_at=now,
        changed_at=now,
    )
    _describe(document, told)
    document.save(force_insert=True)
    audit.record("schoolfolder.document_added", by=by, about=document, now=now)
    return document


def _make_room(place: SchoolPlace, upload: UploadedFile) -> None:
    """Let nobody else add to the folder until this is done."""
    hold_name(f"schoolfolder:{place.school_id}")
    room = queries.room_at(place.school_id)
    many = Document.objects.filter(school_id=place.school_id).count() >= MOST
    if many or not room.takes(upload.size or 0):
        megabytes = room.most // queries.MEGABYTE
        raise FolderFull(say("schools.Folder_Error_Full", megabytes=megabytes, most=MOST), field=FIELD)


def _describe(document: Document, told: Told) -> None:
    document.title, document.about = told.title, told.about
    document.dated_on, document.section = told.dated_on, told.section
    document.sought = fold_name(f"{told.title} {told.about} {document.file.name}")


@transaction.atomic
def change_document(
    document: Document, told: Told, *, place: SchoolPlace, by: User, now: datetime
) -> Document:
    """Describe a document otherwise, or move it to another sub-folder. Raises NoAccess."""
    must_add(place)
    document = hold(document)
    _describe(document, told)
    document.changed_at = now
    document.save()
    audit.record("schoolfolder.document_changed", by=by, about=document, now=now)
    return document


@transaction.atomic
def replace_file(
    document: Document, *, upload: UploadedFile, place: SchoolPlace, by: User, now: datetime
) -> Document:
    """Let a newer file stand for the document; what it was before stays as an older version.

    Raises NoAccess, TooManyVersions, FolderFull, FileRefused.
    """
    must_add(place)
    _make_room(place, upload)
    document = hold(document)
    most = file_queries.most_files()
    if len(queries.versions(document)) >= most:
        raise TooManyVersions(say("schools.Folder_Error_TooManyVersions", most=most), field=FIELD)
    held = (queries.HELD_BY, document.pk)
    document.file = files.accept_upload(upload, owner=by, held_by=held, question=FIELD, now=now)
    document.bytes, document.changed_at = F("bytes") + document.file.bytes, now
    document.sought = fold_name(f"{document.title} {document.about} {document.file.name}")
    document.save(update_fields=["file", "bytes", "changed_at", "sought"])
    document.refresh_from_db()
    audit.record("schoolfolder.document_replaced", by=by, about=document, now=now)
    return document


@transaction.atomic
def remove_document(document: Document, *, place: SchoolPlace, by: User, now: datetime) -> None:
    """Take a document out of the folder, all versions with it; it can be put back. Raises NoAccess."""
    must_add(place)
    rows = Document.objects.filter(pk=document.pk, removed_at=None)
    if rows.update(removed_at=now, removed_by=by):
        audit.record("schoolfolder.document_removed", by=by, about=document, now=now)


@transaction.atomic
def put_back(document: Document, *, place: SchoolPlace, by: User, now: datetime) -> None:
    """Put a removed document where it was. Raises NoAccess."""
    must_add(place)
    rows = Document.objects.filter(pk=document.pk, removed_at__isnull=False)
    if rows.update(removed_at=None, removed_by=None):
        audit.record("schoolfolder.document_put_back", by=by, about=document, now=now)


@transaction.atomic
def note_opened(document: Document, *, file: StoredFile, by: User, now: datetime) -> None:
    """Keep that somebody downloaded a version of a document."""
    audit.record("schoolfolder.file_opened", by=by, about=document, now=now, detail={"file": str(file.pk)})


@transaction.atomic
def forget_removed(*, now: datetime) -> int:
    """Delete for good what was removed so long ago that it can no longer be put back; how many documents."""
    old = list(Document.objects.filter(removed_at__lt=now - queries.KEPT_REMOVED)[:500])
    for document in old:
        audit.record("schoolfolder.document_deleted", by=None, about=document, now=now)
        key = document.pk
        document.delete()
        files.remove_held((queries.HELD_BY, key), by=None, now=now)
    return len(old)

"""Reading a school's folder, starting from somebody's place at the school."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Lower

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.files import queries as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.people.membership.models import SchoolPlace

from .models import Access, Document, Section

HELD_BY = "folder"
MEGABYTE = 1_000_000  # as filesize says it
KEPT_REMOVED = timedelta(days=30)
SORTS = {
    "title": (Lower("title"),),
    "date": (F("dated_on"), Lower("title")),
    "person": (Lower("added_by__surname"), Lower("added_by__forename"), Lower("title")),
    "size": (F("file__bytes"), Lower("title")),
}


@dataclass(frozen=True)
class Reader:
    """Somebody at a school, and what they may do with its folder. Whoever may add may read."""

    place: SchoolPlace
    read: bool
    add: bool


@dataclass(frozen=True)
class Room:
    """How full a folder is, in bytes; removed documents count until they are swept."""

    used: int
    most: int

    def takes(self, more: int) -> bool:
        return self.used + more <= self.most


def reader_at(place: SchoolPlace) -> Reader:
    """What the person may do with the folder of the school of ``place``."""
    if place.is_supervisor:
        return Reader(place, read=True, add=True)
    level = Access.objects.filter(place=place.pk).values_list("level", flat=True).first()
    return Reader(place, read=level is not None, add=level == Access.Level.ADD)


def levels_at(school_id: int) -> dict[int, str]:
    """Who of a school was given access, by the id of their place, and which."""
    return dict(Access.objects.filter(place__school_id=school_id).values_list("place_id", "level"))


def documents(
    reader: Reader, *, words: str = "", section: Section | None = None, sort: str = "title"
) -> QuerySet[Document]:
    """What the person may read, sorted by a key of SORTS, with "-" before it for the other way round.

    With ``words`` those of the whole folder that say every one of them; else those of ``section``, or those
    that are in no sub-folder.
    """
    columns = SORTS.get(sort.removeprefix("-"), SORTS["title"])
    order = [column.desc() if sort.startswith("-") else column.asc() for column in columns]
    return _narrowed(readable(reader), words, section).order_by(*order, "pk")


def _narrowed(rows: QuerySet[Document], words: str, section: Section | None) -> QuerySet[Document]:
    sought = fold_name(words).split()
    if not sought:
        return rows.filter(section=section)
    for word in sought:
        rows = rows.filter(sought__contains=word)
    return rows


def _all(reader: Reader) -> QuerySet[Document]:
    if not reader.read:
        return Document.objects.none()
    rows = Document.objects.filter(school_id=reader.place.school_id)
    return rows.select_related("file", "added_by", "section", "removed_by")


def readable(reader: Reader) -> QuerySet[Document]:
    """Every document that is in the folder, in whichever sub-folder."""
    return _all(reader).filter(removed_at=None)


def removed(reader: Reader) -> QuerySet[Document]:
    """What was removed and can be put back, the newest first."""
    return _all(reader).exclude(removed_at=None).order_by("-removed_at", "pk")


def kept_until(document: Document) -> datetime | None:
    """When a removed document is deleted for good."""
    return document.removed_at and document.removed_at + KEPT_REMOVED


def sections(reader: Reader) -> QuerySet[Section]:
    """The sub-folders by name, with ``count``, how many documents each has."""
    if not reader.read:
        return Section.objects.none()
    rows = Section.objects.filter(school_id=reader.place.school_id).order_by("folded")
    return rows.annotate(count=Count("documents", filter=Q(documents__removed_at=None)))


def versions(document: Document) -> list[StoredFile]:
    """The files that the document was and is, the newest first."""
    rows = files.files_of(HELD_BY, document.pk).select_related("owner")
    return list(rows.order_by("-uploaded_at", "-pk"))


def version(document: Document, file_id: UUID) -> StoredFile | None:
    """One of its files."""
    return files.files_of(HELD_BY, document.pk).filter(pk=file_id).first()


def room_at(school_id: int) -> Room:
    """How full the folder of a school is."""
    used = Document.objects.filter(school_id=school_id).aggregate(all=Sum("bytes"))["all"] or 0
    return Room(used, int(setting("schools.folder_megabytes")) * MEGABYTE)

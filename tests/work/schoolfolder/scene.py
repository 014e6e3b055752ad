"""Documents in a school's folder."""

from datetime import date
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from guildhall.foundation.files import services as files
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.schoolfolder import services as folder
from guildhall.work.schoolfolder.models import Access, Document

from ...people.membership.schools import a_supervisor, holder
from ...standing import NOON


def an_upload(name: str = "minutes.txt", content: bytes = b"We met.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/plain")


def told(title: str = "Minutes of March", **more: object) -> folder.Told:
    return folder.Told(**{"title": title, "dated_on": date(2026, 3, 27)} | more)


def a_document(
    title: str = "Minutes of March", *, by: SchoolPlace | None = None, clean: bool = True, **more: object
) -> Document:
    """A document that the supervisor, or ``by``, added, and the scanner released."""
    place = by or a_supervisor()
    made = folder.add_document(
        place, told(title, **more), upload=an_upload(), key=uuid4(), by=place.user, now=NOON
    )
    if clean:
        files.write_verdict(made.file, found="", now=NOON)
    return made


def let(place: SchoolPlace, level: str, *, supervisor: SchoolPlace | None = None) -> None:
    """The school's supervisor gives somebody access."""
    sian = supervisor or a_supervisor()
    folder.choose_access(place.school_id, {place.pk: level}, holder=holder(sian), by=sian.user, now=NOON)


READ, ADD = Access.Level.READ, Access.Level.ADD

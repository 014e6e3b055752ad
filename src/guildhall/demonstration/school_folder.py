"""Documents in the folders of some of the demonstration's schools, and who may use them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from guildhall.foundation.documents import Document, Section
from guildhall.foundation.documents import services as documents
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.work.schoolfolder import queries
from guildhall.work.schoolfolder import services as folder

from .cast import script
from .responsibilities import place_of


@transaction.atomic
def fill_folders(*, now: datetime) -> None:
    """Let supervisors give access, and people add documents, some of them twice."""
    for giver, urn, email, level in script()["folder_access"]:
        by, place = place_of(giver, urn), place_of(email, urn)
        holder = holder_for(by.user, verified=True)
        folder.choose_access(
            place.school_id, {place.pk: level}, holder=holder, by=by.user, now=now - timedelta(days=300)
        )
    for email, urn, *row in script()["folder_documents"]:
        _add(place_of(email, urn), *row, now=now)


def _add(
    place: SchoolPlace,
    section: str,
    title: str,
    about: str,
    days: int,
    versions: list[list[str]],
    *,
    now: datetime,
) -> None:
    at = now - timedelta(days=days)
    acting: dict[str, Any] = {"by": place.user, "now": at}
    known = {one.name: one for one in queries.sections(queries.reader_at(place))}
    if section and section not in known:
        known[section] = folder.add_section(place, section, **acting)
    told = folder.Told(title=title, about=about, dated_on=at.date(), section=known.get(section))
    first, *later = (_file(title, lines) for lines in versions)
    made = folder.add_document(place, told, upload=first, key=uuid4(), **acting)
    for one in later:
        acting["now"] += timedelta(days=14)
        folder.replace_file(made, upload=one, place=place, **acting)


def _file(title: str, lines: list[str]) -> SimpleUploadedFile:
    page = Document(
        title=title, reference="", language="en", sections=[Section(heading=title, rows=[("", lines)])]
    )
    name = fold_name(title).replace(" ", "-")
    return SimpleUploadedFile(f"{name}.pdf", documents.pdf(page), content_type="application/pdf")

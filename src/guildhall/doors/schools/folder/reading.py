"""The folder, one document of it, and its files."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.doors.filling.file_fields import FILE_COLOURS
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.typed import number, one_line
from guildhall.people.accounts.asking import who
from guildhall.work.schoolfolder import queries, services
from guildhall.work.schoolfolder.models import Document, Section
from guildhall.work.schoolfolder.queries import Reader

from ..showing import page
from .entering import document_of, with_access

READING = door(Permission.USE_SCHOOL, verified=True)
A_PAGE = 20


@require_safe
@READING
@with_access()
def folder(request: HttpRequest, reader: Reader) -> HttpResponse:
    """My School Folder: its sub-folders and documents, those of one sub-folder, or what a search finds."""
    words = one_line(request.GET.get("find"))[:100]
    section = _section(request, reader)
    sorting = sorting_of(request, among=list(queries.SORTS), default="title")
    found = queries.documents(reader, words=words, section=section, sort=sorting.current)
    shown = page_of(found, request, A_PAGE)
    context = {
        "reader": reader,
        "words": words,
        "section": section,
        "sections": [] if words or section else list(queries.sections(reader)),
        "rows": [_row(one) for one in shown],
        "page": shown,
        "sorting": sorting,
        "room": queries.room_at(reader.place.school_id),
    }
    return page(request, "schools/folder/list.html", context)


def _section(request: HttpRequest, reader: Reader) -> Section | None:
    asked = request.GET.get("in")
    return get_object_or_404(queries.sections(reader), pk=number(asked)) if asked else None


def _row(document: Document) -> dict[str, Any]:
    return {"document": document} | _checked(document.file)


def _checked(file: StoredFile) -> dict[str, Any]:
    """A file with what its check found."""
    return {
        "file": file,
        "kind": file.kind.upper(),
        "ready": file_queries.may_be_served(file),
        "state": file_queries.state_words(file),
        "colour": FILE_COLOURS[StoredFile.State(file.state)],
    }


@require_safe
@READING
@with_access()
def document(request: HttpRequest, reader: Reader, pk: UUID) -> HttpResponse:
    """A document with everything known of it and its versions."""
    found = document_of(reader, pk)
    versions = [_checked(one) for one in queries.versions(found)]
    context = {"reader": reader, "document": found, "versions": versions, "newest": versions[0]}
    return page(request, "schools/folder/document.html", context)


@require_safe
@READING
@with_access()
def file(request: HttpRequest, reader: Reader, pk: UUID, file_id: UUID) -> HttpResponse:
    """Download one version of a document."""
    found = document_of(reader, pk)
    stored = queries.version(found, file_id)
    if stored is None:
        raise Http404
    services.note_opened(found, file=stored, by=who(request), now=timezone.now())
    return cast(HttpResponse, serve(stored, request=request))

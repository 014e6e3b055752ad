"""Shared with me: the forms about a child that the council lets somebody read, at either portal.

Each page asks anew what is shared at that moment, so that what was stopped is gone with the next request.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.doors.filling.file_fields import FileRow, file_row
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.documents import services as documents
from guildhall.foundation.files import queries as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import Page, page_of
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.asking import who
from guildhall.records.children.models import Child
from guildhall.work.sharing import queries
from guildhall.work.sharing.models import SharedForm
from guildhall.work.sharing.showing import content_of, document_of, title_of

from .sections import sections_at

READS = door(Permission.READ_SHARED, verified=True, reads_child=True)


@dataclass(frozen=True)
class Line:
    """A form in the list."""

    title: str
    child: str
    at: datetime
    href: str


@require_safe
@READS
def shared(request: HttpRequest) -> HttpResponse:
    """Every form that is shared with the person now."""
    page = page_of(queries.shared_with(who(request)), request)
    named = sorted({_child(one).pk for one in page})
    audit.looked(request, about=("children", "list"), surface="list", detail={"shown": named})
    forms = queries.forms_behind(one.entry for one in page)
    lines = [_line(request, one, forms.get(one.entry.source_id)) for one in page]
    shown = Page(lines, page.number, page.count, page.total, page.size, page.query)
    context = {"page": shown, "sections": sections_at(request, "shared")}
    return render(request, "families/shared_list.html", context)


@require_safe
@READS
def shared_form(request: HttpRequest, shared_id: UUID) -> HttpResponse:
    """A shared form, to read in the browser (SP-246)."""
    one, form = _shared(request, shared_id)
    audit.looked(request, about=one, child=_child(one).pk, surface="shared")
    context = {
        "content": content_of(form, _child(one), language=active_language(), formatted=True),
        "files": [_row(request, one, file) for file in submissions.files_of_submission(form)],
        "pdf": _address(request, "shared-pdf", one.pk),
        "back": _address(request, "shared"),
    }
    return render(request, "families/shared_form.html", context)


@require_safe
@READS
def shared_pdf(request: HttpRequest, shared_id: UUID) -> HttpResponse:
    """The authority's own printout of it (SP-248)."""
    one, form = _shared(request, shared_id)
    audit.looked(request, about=one, child=_child(one).pk, surface="pdf")
    content = content_of(form, _child(one), language=active_language(), formatted=False)
    document = document_of(content, reader=who(request), now=timezone.now())
    return taken_away(documents.pdf(document), "pdf", form.reference)


@require_safe
@READS
def shared_file(request: HttpRequest, shared_id: UUID, file_id: UUID) -> HttpResponse:
    """A file of it, if it was found clean (SP-105)."""
    found = queries.file_shared_with(who(request), shared_id, file_id)
    if found is None:
        raise Http404
    one, file = found
    audit.looked(request, about=file, child=_child(one).pk, surface="file")
    return cast(HttpResponse, serve(file, request=request))


def _shared(request: HttpRequest, shared_id: UUID) -> tuple[SharedForm, Submission]:
    found = queries.form_shared_with(who(request), shared_id)
    if found is None:
        raise Http404
    return found


def _line(request: HttpRequest, one: SharedForm, form: Submission | None) -> Line:
    title = title_of(form, active_language()) if form else ""
    return Line(title, _child(one).name, one.shared_at, _address(request, "shared-form", one.pk))


def _row(request: HttpRequest, one: SharedForm, file: StoredFile) -> FileRow:
    href = _address(request, "shared-file", one.pk, file.pk) if files.may_be_served(file) else ""
    return replace(file_row(file), href=href)


def _child(one: SharedForm) -> Child:
    return one.recipient.involvement.child


def _address(request: HttpRequest, name: str, *ids: UUID) -> str:
    """The page called ``name`` at the portal where the person is."""
    door_here = request.resolver_match.namespace if request.resolver_match else "families"
    return reverse(f"{door_here}:{name}", args=ids)

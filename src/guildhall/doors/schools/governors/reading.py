"""Meetings, their papers, and who read what."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.work.governors import queries, services
from guildhall.work.governors.models import Paper
from guildhall.work.governors.queries import Reader

from ..showing import page
from .entering import KEEPS, for_those_who, meeting_of, paper_of

READING = door(Permission.USE_SCHOOL, verified=True)
A_PAGE = 20


def _row(paper: Paper) -> dict[str, Any]:
    """A paper with its kind and what its check found."""
    [line] = file_queries.lines_of([paper.file])
    return {"paper": paper, "kind": say(f"schools.PaperKind_{paper.kind.title()}"), "line": line}


@require_safe
@READING
@for_those_who()
def meetings(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The meetings of the governing body, or with ?find the papers that say the words."""
    words = one_line(request.GET.get("find"))[:100]
    sorting = sorting_of(request, among=list(queries.SORTS), default="-date")
    context: dict[str, Any] = {"reader": reader, "here": "papers", "words": words, "sorting": sorting}
    if words:
        found = page_of(queries.papers(reader, words=words), request, A_PAGE)
        context |= {"page": found, "rows": [_row(one) for one in found]}
        return page(request, "schools/governors/found.html", context)
    context["page"] = page_of(queries.meetings(reader, sort=sorting.current), request, A_PAGE)
    return page(request, "schools/governors/meetings.html", context)


@require_safe
@READING
@for_those_who()
def meeting(request: HttpRequest, reader: Reader, pk: int) -> HttpResponse:
    """One meeting with its papers."""
    found = meeting_of(reader, pk)
    rows = [_row(one) for one in queries.papers_of(reader, found)]
    context = {"reader": reader, "here": "papers", "meeting": found, "rows": rows}
    return page(request, "schools/governors/meeting.html", context)


@require_safe
@READING
@for_those_who()
def paper(request: HttpRequest, reader: Reader, pk: UUID) -> HttpResponse:
    """A paper with its versions; for the clerk and the chair also who read the newest."""
    found = paper_of(reader, pk)
    context = _row(found) | {
        "reader": reader,
        "here": "papers",
        "versions": file_queries.lines_of(queries.versions(found)),
        "readers": queries.who_read(found) if reader.keeps else [],
    }
    return page(request, "schools/governors/paper.html", context)


@require_safe
@READING
@for_those_who(KEEPS)
def withdrawn(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What was withdrawn and can be published again."""
    shown = page_of(queries.withdrawn(reader), request, A_PAGE)
    context = {"reader": reader, "here": "papers", "page": shown}
    return page(request, "schools/governors/withdrawn.html", context)


@require_safe
@READING
@for_those_who()
def file(request: HttpRequest, reader: Reader, pk: UUID, file_id: UUID) -> HttpResponse:
    """Download one version of a paper; it counts as read once it leaves."""
    found = paper_of(reader, pk)
    stored = queries.version(found, file_id)
    if stored is None:
        raise Http404
    answer = serve(stored, request=request)
    if answer.status_code == 200:
        services.note_opened(found, file=stored, place=reader.place, now=timezone.now())
    return cast(HttpResponse, answer)

"""Documents and tools for schools: by section, or what a search finds."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.typed import one_line
from guildhall.people.accounts.asking import who
from guildhall.work.downloads import queries, services
from guildhall.work.downloads.models import Item

from ..showing import current, page

DOOR = door(Permission.USE_SCHOOL, verified=True)


def _row(item: Item) -> dict[str, Any]:
    [line] = file_queries.lines_of([item.file])
    return {"item": item, "line": line}


@require_safe
@DOOR
def downloads(request: HttpRequest) -> HttpResponse:
    """Everything offered, under its sections."""
    place = current(request)
    words = one_line(request.GET.get("find"))[:100]
    shelves = [(one.section, [_row(item) for item in one.items]) for one in queries.shelves(words)]
    context = {
        "words": words,
        "shelves": shelves,
        "count": sum(len(rows) for _, rows in shelves),
        "plans": queries.plans_for(place).count(),
    }
    return page(request, "schools/downloads/list.html", context)


@require_safe
@DOOR
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The newest version of one."""
    current(request)
    item = get_object_or_404(queries.items(), pk=pk)
    services.note_downloaded(item, file=item.file, by=who(request), now=timezone.now())
    return cast(HttpResponse, serve(item.file, request=request))

"""Activities and Events: every school's notices, one of them, its picture, and one's own."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.notices import queries, rules, wording
from guildhall.work.notices.models import Notice
from guildhall.work.notices.moves import Move

from ..showing import current, page
from .showing import facts_of, row_of

READING = door(Permission.USE_SCHOOL, verified=True)
A_PAGE = 20
SORTS = ("-new", "ends", "title", "school")
"""How the list can be sorted, as its drop-down offers it."""


@require_safe
@READING
def notices(request: HttpRequest) -> HttpResponse:
    """What schools offer and announce, by kind and words, the newest first."""
    current(request)
    today, words = timezone.localdate(), one_line(request.GET.get("find"))[:100]
    kind, sort = request.GET.get("kind", ""), request.GET.get("sort", "")
    kind = kind if kind in Notice.Kind.values else ""
    sort = sort if sort in SORTS else SORTS[0]
    found = page_of(queries.on_show(today, words=words, kind=kind, sort=sort), request, A_PAGE)
    context = {
        "rows": [row_of(one, today) for one in found],
        "page": found,
        "words": words,
        "kind": kind,
        "kinds": wording.kinds(),
        "sort": sort,
        "sorts": [(one, say(f"schools.Notice_Sort_{one.strip('-').title()}")) for one in SORTS],
    }
    return page(request, "schools/notices/list.html", context)


@require_safe
@READING
def own(request: HttpRequest) -> HttpResponse:
    """What the person placed, ended or not; a supervisor sees everything their school placed."""
    place, today = current(request), timezone.localdate()
    found = page_of(queries.own(place), request, A_PAGE)
    rows = [row_of(one, today) | _acts(one, place) for one in found]
    return page(request, "schools/notices/own.html", {"rows": rows, "page": found})


def _acts(notice: Notice, place: SchoolPlace) -> dict[str, Any]:
    """What the person may do with a notice."""
    today, keeps = timezone.localdate(), rules.keeps(place, notice)
    return {
        "changes": keeps and rules.takes(notice, Move.CHANGE, today),
        "withdraws": keeps and rules.takes(notice, Move.WITHDRAW, today),
        "again": rules.is_again(notice, today),
        "reports": not keeps and rules.is_on_show(notice, today),
    }


def notice_of(request: HttpRequest, pk: UUID) -> Notice:
    """A notice that the person may open; 404 for any other."""
    return get_object_or_404(queries.seen_from(current(request), timezone.localdate()), pk=pk)


@require_safe
@READING
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One notice; whoever keeps it can change and withdraw it, others report it."""
    found, place = notice_of(request, pk), current(request)
    context = row_of(found, timezone.localdate()) | _acts(found, place)
    context |= {"facts": facts_of(found), "keeps": rules.keeps(place, found)}
    return page(request, "schools/notices/notice.html", context)


@require_safe
@READING
def picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The picture of a notice."""
    found = notice_of(request, pk).picture
    if found is None:
        raise Http404
    return cast(HttpResponse, serve(found, request=request))

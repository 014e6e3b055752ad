"""The first page of the area, and the news."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.work.governors import queries
from guildhall.work.governors.queries import Reader

from ..showing import page
from .entering import GOVERNS, for_those_who

READING = door(Permission.USE_SCHOOL, verified=True)
MOST = 5
A_PAGE = 10


@require_safe
@READING
@for_those_who()
def area(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What there is to read, which courses are booked, and the newest news."""
    if not reader.governs:
        return redirect("schools:governors-papers")
    now = timezone.now()
    ahead = queries.courses_booked(reader.place.user, now=now)
    unopened = queries.unopened(reader)
    context = {
        "reader": reader,
        "here": "area",
        "unopened": unopened[:MOST],
        "more": max(0, unopened.count() - MOST),
        "booked": ahead[:MOST],
        "news": queries.news(on=timezone.localdate(now))[:2],
    }
    return page(request, "schools/governors/area.html", context)


@require_safe
@READING
@for_those_who(GOVERNS)
def news(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The authority's news for governors, newest first."""
    shown = page_of(queries.news(on=timezone.localdate()), request, A_PAGE)
    return page(request, "schools/governors/news.html", {"reader": reader, "here": "news", "page": shown})

"""What the council sells to schools: the list, a service, its brochure, and what the school asked."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.traded import queries, services, wording
from guildhall.work.traded.models import Service
from guildhall.work.traded.queries import Asked

from ..showing import current, page
from .showing import enquiry_row, service_row

READING = door(Permission.USE_SCHOOL, verified=True)
A_PAGE = 20


@require_safe
@READING
def catalogue(request: HttpRequest) -> HttpResponse:
    """My Traded Services: everything that is offered, by category and words (SC-084)."""
    current(request)
    today, words = timezone.localdate(), one_line(request.GET.get("find"))[:100]
    category, sort = request.GET.get("category", ""), request.GET.get("sort", "")
    category = category if category in Service.Category.values else ""
    asked = Asked(words=words, category=category)
    rows = queries.offered_to(asked, today=today, sort=sort, language=active_language())
    found = page_of(rows, request, A_PAGE)
    counts = queries.counts_by_category(today)
    context = {
        "rows": [service_row(one) for one in found],
        "page": found,
        "words": words,
        "category": category,
        "categories": [
            (key, f"{name} ({counts[key]})") for key, name in wording.categories() if counts.get(key)
        ],
        "sort": sort if sort in queries.SORTS else "order",
        "sorts": [(one, say(f"schools.Traded_Sort_{one.title()}")) for one in queries.SORTS],
    }
    return page(request, "schools/traded/list.html", context)


def service_of(pk: UUID) -> Service:
    """A service that is offered today; 404 for any other."""
    rows = queries.offered(timezone.localdate()).select_related("brochure")
    return get_object_or_404(rows, pk=pk)


@require_safe
@READING
def service(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything about one service, whom to ask, and its brochure."""
    place, found = current(request), service_of(pk)
    asked = queries.enquiries_of(place).filter(service=found)[:5]
    context = service_row(found) | {"asked": [enquiry_row(one) for one in asked]}
    return page(request, "schools/traded/service.html", context)


@require_safe
@READING
def brochure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Download the brochure of a service."""
    current(request)
    found = service_of(pk)
    if found.brochure is None:
        raise Http404
    services.note_opened(found, by=who(request), now=timezone.now())
    return cast(HttpResponse, serve(found.brochure, request=request))


@require_safe
@READING
def enquiries(request: HttpRequest) -> HttpResponse:
    """What the school asked, with how far each has come."""
    found = page_of(queries.enquiries_of(current(request)), request, A_PAGE)
    context = {"rows": [enquiry_row(one) for one in found], "page": found}
    return page(request, "schools/traded/enquiries.html", context)

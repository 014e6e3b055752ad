"""The school's applications and offers, by round (SC-091)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.typed import number
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.admissions import queries, rules

from ..opened import with_system
from ..showing import page
from . import shown

HERE = door(Permission.USE_SCHOOL, verified=True, reads_child=True)
OPEN = with_system(rules.SYSTEM)


@require_safe
@HERE
@OPEN
def applications(request: HttpRequest, place: SchoolPlace) -> HttpResponse:
    """Who applied in the round that was chosen, else in the newest: filtered, sorted, whole for printing."""
    holder, today = holder_of(request), timezone.localdate()
    rounds = queries.rounds_of(holder, place.school_id)
    wanted = number(request.GET.get("round"))
    found = next((one for one in rounds if one.pk == wanted), rounds[0] if rounds else None)
    if found is None:
        shown.looked_at(request, [], "list")
        return page(request, "schools/admissions/none.html")
    rows = queries.applications_of(holder, found, place.school_id, today=today)
    context = shown.list_page(request, found, rows, place.school_id)
    context |= {
        "rounds": rounds,
        "hidden_until": None if rules.shows_offers(found, today=today) else found.offers_on,
        "export_href": reverse("schools:admissions-export", args=[found.pk]),
    }
    return page(request, "schools/admissions/list.html", context)


@require_safe
@HERE
@OPEN
def export(request: HttpRequest, place: SchoolPlace, pk: int) -> HttpResponse:
    """What fits, as a spreadsheet."""
    found = get_object_or_404(queries.rounds(), pk=pk)
    holder, today = holder_of(request), timezone.localdate()
    return shown.sheet(request, queries.applications_of(holder, found, place.school_id, today=today))

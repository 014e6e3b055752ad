"""The list of eligible pupils for whoever answers for it at the school, and what the school asked."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.meals import queries

from ..showing import current, page
from . import shown

PER_PAGE = 20


def seen_by(request: HttpRequest) -> SchoolPlace:
    """The place of somebody whose responsibility opens the list of their school. Raises Http404."""
    place = current(request)
    if not queries.sees_list(holder_of(request), place.school_id):
        raise Http404
    return place


@require_safe
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def pupils(request: HttpRequest) -> HttpResponse:
    """Pupils Eligible for Free School Meals: searched, sorted, whole for printing (SC-080)."""
    place, holder = seen_by(request), holder_of(request)
    found = queries.pupils_of(holder, place.school_id, sort=shown.sorted_as_asked(request))
    context = shown.list_page(request, found)
    asked = queries.open_amendments(holder, place.school_id).exclude(pupil=None)
    numbers = dict(asked.values_list("pupil_id", "pk"))
    for row in context["rows"]:
        row["asked"] = numbers.get(row["pupil"].pk)
    context |= {"actions": "schools/meals_actions.html", "export_href": reverse("schools:meals-export")}
    return page(request, "schools/meals.html", context)


@require_safe
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def export(request: HttpRequest) -> HttpResponse:
    """The whole list as a spreadsheet."""
    place = seen_by(request)
    return shown.sheet(request, queries.pupils_of(holder_of(request), place.school_id))


@require_safe
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def amendments(request: HttpRequest) -> HttpResponse:
    """Everything the school asked to have changed, with who asked, who authorised, and the state (SC-083)."""
    place = seen_by(request)
    found = page_of(queries.amendments_of(holder_of(request), place.school_id), request, PER_PAGE)
    shown.looked_at(request, [one.pupil for one in found if one.pupil], "list")
    rows = [shown.amendment_row(one) for one in found]
    return page(request, "schools/meals_amendments.html", {"page": found, "rows": rows})

"""The school's pupils with a plan, by when their review is due."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.texts.queries import say
from guildhall.work.annualreviews import queries, rules

from ..showing import page
from . import shown
from .entering import READING, kept_by


@require_safe
@READING
def reviews(request: HttpRequest) -> HttpResponse:
    """SEN annual reviews by where they are; searched, sorted, whole for printing (SC-087)."""
    place = kept_by(request)
    plans = queries.plans_at(holder_of(request), place.school_id)
    context = shown.list_page(request, plans, states=rules.STATES, default="due")
    return page(request, "schools/reviews/list.html", context)


@require_safe
@READING
def export(request: HttpRequest) -> HttpResponse:
    """The whole list as a spreadsheet."""
    place = kept_by(request)
    return shown.sheet(request, queries.plans_at(holder_of(request), place.school_id))


@require_safe
@READING
def ended(request: HttpRequest) -> HttpResponse:
    """Pupils whose plan is no longer reviewed here."""
    place = kept_by(request)
    found = page_of(queries.ended(queries.plans_at(holder_of(request), place.school_id)), request)
    shown.looked_at(request, found, "list")
    rows = [(one, say(f"schools.SenReview_Why_{one.ended_why.title()}")) for one in found]
    return page(request, "schools/reviews/ended.html", {"page": found, "rows": rows})

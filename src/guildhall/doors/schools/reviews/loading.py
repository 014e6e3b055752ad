"""Several pupils from a spreadsheet: the template, the rows looked at, and only then the act."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import day as spoken_day
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.spreadsheets import headings
from guildhall.work.annualreviews import queries, services, sheets, staging
from guildhall.work.annualreviews.models import Loading

from ..showing import page
from ..views.imports import uploaded
from .entering import PAGE, READING, WRITING, acting, kept_by

STATES = {"new": "green", "here": "grey", "wrong": "red"}
PER_PAGE = 100


@PAGE
@WRITING
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a spreadsheet; nobody is added yet."""
    place, problems = kept_by(request), {}
    if request.method == "POST":
        try:
            made = services.stage_list(*uploaded(request), school=place.school, **acting(request))
        except Refusal as refusal:
            problems = {"file": refusal.message}
        else:
            return redirect("schools:reviews-loading", made.pk)
    context = {"problems": problems, "columns": ", ".join(headings(template=sheets.TEMPLATE))}
    return page(request, "schools/reviews/load.html", context, status=422 if problems else 200)


@require_safe
@WRITING
def template(request: HttpRequest) -> HttpResponse:
    """Download the template."""
    kept_by(request)
    return taken_away(sheets.empty_sheet(), "xlsx", say("schools.SenReview_Load_FileName"))


def _own(request: HttpRequest, pk: int) -> Loading:
    found = queries.loading_of(holder_of(request), kept_by(request).school_id, pk)
    if found is None:
        raise Http404
    return found


@require_safe
@READING
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Row by row what would happen, and what is wrong with which row; those come first."""
    loading = _own(request, pk)
    rows = [] if loading.applied_at else staging.staged(loading, today=timezone.localdate())
    audit.looked(request, about=loading, surface="list", detail={"rows": len(rows)})
    counts = {state: sum(one.state == state for one in rows) for state in STATES}
    found = page_of(sorted(rows, key=lambda one: one.state != "wrong"), request, PER_PAGE)
    context = {
        "loading": loading,
        "counts": counts,
        "page": found,
        "rows": [_row(one) for one in found],
    }
    return page(request, "schools/reviews/loading.html", context)


def _row(one: staging.Staged) -> dict[str, object]:
    born, plan = (one.pupil and one.pupil.born_on), (one.dates and one.dates.plan_on)
    due = one.dates and (one.dates.due_on or one.dates.limit)
    return {
        "number": one.number,
        "problems": one.problems,
        "words": say(f"schools.SenReview_Load_State_{one.state.title()}"),
        "colour": STATES[one.state],
        "name": " ".join((one.typed.get("forename", ""), one.typed.get("surname", ""))).strip() or "-",
        "upn": one.pupil.upn if one.pupil else one.typed.get("upn", ""),
        "born_on": spoken_day(born) if born else one.typed.get("born_on", ""),
        "plan_on": spoken_day(plan) if plan else one.typed.get("plan_on", ""),
        "due_on": spoken_day(due) if due else one.typed.get("due_on", ""),
    }


@require_POST
@WRITING
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the pupils of the rows that are right, or forget them."""
    loading = _own(request, pk)
    if request.POST.get("act") == "discard":
        services.discard_loading(loading, by=who(request), now=timezone.now())
        messages.success(request, say("schools.SenReview_Load_Discarded"))
        return redirect("schools:reviews-load")
    try:
        done = services.add_loaded(loading, **acting(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("schools:reviews-loading", pk)
    messages.success(request, say("schools.SenReview_Load_Done", added=done.added))
    return redirect("schools:reviews")

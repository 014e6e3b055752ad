"""Several pupils from a spreadsheet: the template, the rows looked at, and only then the act."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.speech import day as spoken_day
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.asking import acting
from guildhall.work.annualreviews import queries, services, sheets, staging
from guildhall.work.annualreviews.models import Loading

from ..loading import After, decided, looked_over, read_in, waiting
from ..showing import page
from .entering import PAGE, READING, WRITING, kept_by

WORDS, ONE = "schools.SenReview_Load_", "schools:reviews-loading"


@PAGE
@WRITING
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a spreadsheet; nobody is added yet."""
    place = kept_by(request)
    made, problems = read_in(request, partial(services.stage_list, school=place.school, **acting(request)))
    if made:
        return redirect(ONE, made.pk)
    context = {
        "problems": problems,
        "waiting": waiting(Loading(by=who(request), school=place.school), ONE),
        "columns": ", ".join(sheets.TEMPLATE.headings()),
    }
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
    context = looked_over(request, loading, rows, here=ONE, words=WORDS, shown=_shown)
    return page(request, "schools/reviews/loading.html", context)


def _shown(one: staging.Staged) -> dict[str, object]:
    born, plan = (one.pupil and one.pupil.born_on), (one.dates and one.dates.plan_on)
    due = one.dates and (one.dates.due_on or one.dates.limit)
    return {
        "number": one.number,
        "problems": one.problems,
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
    back = reverse(ONE, args=[pk])
    after = After(applied="schools:reviews", discarded="schools:reviews-load", refused=back)
    return decided(request, loading, services.add_loaded, words=WORDS, after=after)

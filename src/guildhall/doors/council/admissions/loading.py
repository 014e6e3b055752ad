"""Loading the lists of a round: a spreadsheet, the rows looked at, and only then the act."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.loading import After, decided, looked_over, read_in, waiting
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.asking import acting
from guildhall.work.admissions import queries, services, sheets, staging
from guildhall.work.admissions.models import Application, Loading
from guildhall.work.admissions.wording import status_name

from .rounds import HERE, READS
from .team import crumbs, of_the_team

WORDS, ONE = "schools.MealsLoad_", "council:admissions-loading"


@require_http_methods(["GET", "HEAD", "POST"])
@HERE
@of_the_team
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a spreadsheet whose rows name their schools; nothing is applied yet."""
    found = get_object_or_404(queries.rounds(), pk=pk)
    made, problems = read_in(request, partial(services.stage_spreadsheet, found, **acting(request)))
    if made:
        return redirect(ONE, made.pk)
    context = {
        "round": found,
        "problems": problems,
        "most": sheets.TEMPLATE.most,
        "waiting": waiting(Loading(by=who(request), round=found), ONE),
        "breadcrumbs": crumbs(found, say("schools.AdmissionsLoad_Heading")),
    }
    return render(request, "council/admissions/load.html", context, status=422 if problems else 200)


@require_safe
@HERE
@of_the_team
def template(_request: HttpRequest) -> HttpResponse:
    """Download the template."""
    return taken_away(sheets.empty_sheet(), "xlsx", say("schools.AdmissionsLoad_FileName"))


@require_safe
@READS
@of_the_team
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Row by row what would happen, and what is wrong with which row; those come first."""
    loading = get_object_or_404(queries.loadings_of(who(request)), pk=pk)
    rows = [] if loading.applied_at else staging.staged(loading, today=timezone.localdate())
    context = looked_over(request, loading, rows, here=ONE, words=WORDS, shown=_shown)
    context |= {
        "applies": context["counts"]["new"] + context["counts"]["changed"],
        "breadcrumbs": crumbs(loading.round, say("schools.MealsLoad_Preview")),
    }
    return render(request, "council/admissions/preview.html", context)


def _shown(one: staging.Staged) -> dict[str, str]:
    known = one.details.status in Application.Status.values
    return {
        "status": status_name(one.details.status) if known else one.typed.get("status", ""),
        "was": status_name(one.before.status) if one.before and one.state == "changed" else "",
    }


@require_POST
@HERE
@of_the_team
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply the rows that are right, or forget them."""
    loading = get_object_or_404(queries.loadings_of(who(request)), pk=pk)
    found = reverse("council:admissions-round", args=[loading.round_id])
    after = After(applied=found, discarded=found, refused=reverse(ONE, args=[pk]))
    return decided(request, loading, services.apply_loading, words=WORDS, after=after)

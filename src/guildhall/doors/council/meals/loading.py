"""Loading the lists: a spreadsheet or approved applications, the rows looked at, and only then the act."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.loading import After, decided, looked_over, read_in, waiting
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.asking import acting
from guildhall.work.meals import queries, services, sheets, staging
from guildhall.work.meals.models import Loading
from guildhall.work.meals.wording import kind_name, year_name

from .team import crumbs, of_the_team

WORDS, ONE = "schools.MealsLoad_", "council:meals-loading"


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.OPEN_BENEFITS_FORMS, verified=True)
@of_the_team
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a spreadsheet whose rows name their schools; nothing is applied yet."""
    made, problems = read_in(request, partial(services.stage_spreadsheet, **acting(request)))
    if made:
        return redirect(ONE, made.pk)
    context = {
        "problems": problems,
        "waiting": waiting(Loading(by=who(request)), ONE),
        "breadcrumbs": crumbs(say("schools.MealsLoad_Heading")),
    }
    return render(request, "council/meals/load.html", context, status=422 if problems else 200)


@require_safe
@door(Permission.OPEN_BENEFITS_FORMS, verified=True)
@of_the_team
def template(_request: HttpRequest) -> HttpResponse:
    """Download the template."""
    return taken_away(sheets.empty_sheet(), "xlsx", say("schools.MealsLoad_FileName"))


@require_POST
@door(Permission.OPEN_BENEFITS_FORMS, verified=True)
@of_the_team
def applications(request: HttpRequest) -> HttpResponse:
    """Take the children of approved applications as rows to look at."""
    with refusals_told(request):
        made = services.stage_applications(**acting(request))
        return redirect(ONE, made.pk)
    return redirect("council:meals-load")


@require_safe
@door(Permission.OPEN_BENEFITS_FORMS, verified=True, reads_child=True)
@of_the_team
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Row by row what would happen, and what is wrong with which row; those come first."""
    loading = get_object_or_404(queries.loadings_of(who(request)), pk=pk)
    rows = [] if loading.applied_at else staging.staged(loading, today=timezone.localdate())
    context = looked_over(request, loading, rows, here=ONE, words=WORDS, shown=_shown)
    counts = context["counts"]
    context |= {
        "applies": counts["new"] + counts["changed"] + counts["moved"],
        "breadcrumbs": crumbs(say("schools.MealsLoad_Preview")),
    }
    return render(request, "council/meals/preview.html", context)


def _shown(one: staging.Staged) -> dict[str, str]:
    wrong = one.state == "wrong"
    return {
        "year": one.typed.get("year_group", "") if wrong else year_name(one.details.year_group),
        "kind": one.typed.get("kind", "") if wrong else kind_name(one.details.kind),
    }


@require_POST
@door(Permission.OPEN_BENEFITS_FORMS, verified=True)
@of_the_team
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply the rows that are right, or forget them."""
    loading = get_object_or_404(queries.loadings_of(who(request)), pk=pk)
    back = reverse(ONE, args=[pk])
    after = After(applied="council:meals", discarded="council:meals-load", refused=back)
    return decided(request, loading, services.apply_loading, words=WORDS, after=after)

"""Loading the lists: a spreadsheet or approved applications, the rows looked at, and only then the act."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.views.imports import uploaded
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.meals import queries, services, sheets, staging
from guildhall.work.meals.models import Loading
from guildhall.work.meals.wording import kind_name, year_name

from .team import crumbs, of_the_team

STATES = {"new": "green", "changed": "blue", "moved": "purple", "same": "grey", "wrong": "red"}
PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.OPEN_BENEFITS_FORMS, verified=True)
@of_the_team
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a spreadsheet whose rows name their schools; nothing is applied yet."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            made = services.stage_spreadsheet(*uploaded(request), **_how(request))
        except Refusal as refusal:
            problems = {"file": refusal.message}
        else:
            return redirect("council:meals-loading", made.pk)
    context = {"problems": problems, "breadcrumbs": crumbs(say("schools.MealsLoad_Heading"))}
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
    try:
        made = services.stage_applications(**_how(request))
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("council:meals-load")
    return redirect("council:meals-loading", made.pk)


@require_safe
@door(Permission.OPEN_BENEFITS_FORMS, verified=True, reads_child=True)
@of_the_team
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Row by row what would happen, and what is wrong with which row; those come first."""
    loading = get_object_or_404(queries.loadings_of(who(request)), pk=pk)
    done = loading.applied_at is not None
    rows = [] if done else staging.staged(loading, today=timezone.localdate())
    audit.looked(request, about=loading, surface="list", detail={"rows": len(rows)})
    counts = {state: sum(one.state == state for one in rows) for state in STATES}
    page = page_of(sorted(rows, key=lambda one: one.state != "wrong"), request, PER_PAGE)
    context = {
        "loading": loading,
        "counts": counts,
        "applies": counts["new"] + counts["changed"] + counts["moved"],
        "page": page,
        "rows": [_row(one) for one in page],
        "breadcrumbs": crumbs(say("schools.MealsLoad_Preview")),
    }
    return render(request, "council/meals/preview.html", context)


def _row(one: staging.Staged) -> dict[str, Any]:
    wrong = one.state == "wrong"
    return {
        "one": one,
        "words": say(f"schools.MealsLoad_State_{one.state.title()}"),
        "colour": STATES[one.state],
        "year": one.typed.get("year_group", "") if wrong else year_name(one.details.year_group),
        "kind": one.typed.get("kind", "") if wrong else kind_name(one.details.kind),
    }


@require_POST
@door(Permission.OPEN_BENEFITS_FORMS, verified=True)
@of_the_team
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply the rows that are right, or forget them."""
    loading = get_object_or_404(queries.loadings_of(who(request)), pk=pk)
    if request.POST.get("act") == "discard":
        services.discard_loading(loading, by=who(request), now=timezone.now())
        messages.success(request, say("schools.MealsLoad_Discarded"))
        return redirect("council:meals-load")
    try:
        done: Loading = services.apply_loading(loading, **_how(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("council:meals-loading", pk)
    messages.success(request, say("schools.MealsLoad_Done", added=done.added, changed=done.changed))
    return redirect("council:meals")


def _how(request: HttpRequest) -> dict[str, Any]:
    return {"holder": holder_of(request), "by": who(request), "now": timezone.now()}

"""Loading the lists of a round: a spreadsheet, the rows looked at, and only then the act."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.views.imports import uploaded
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.admissions import queries, services, sheets, staging
from guildhall.work.admissions.models import Application
from guildhall.work.admissions.wording import status_name

from .rounds import HERE, READS
from .team import acting, crumbs, of_the_team

STATES = {"new": "green", "changed": "blue", "same": "grey", "wrong": "red"}
PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@HERE
@of_the_team
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a spreadsheet whose rows name their schools; nothing is applied yet."""
    found = get_object_or_404(queries.rounds(), pk=pk)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            made = services.stage_spreadsheet(found, *uploaded(request), **acting(request))
        except Refusal as refusal:
            problems = {"file": refusal.message}
        else:
            return redirect("council:admissions-loading", made.pk)
    context = {
        "round": found,
        "problems": problems,
        "most": sheets.TEMPLATE.most,
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
    done = loading.applied_at is not None
    rows = [] if done else staging.staged(loading, today=timezone.localdate())
    audit.looked(request, about=loading, surface="list", detail={"rows": len(rows)})
    counts = {state: sum(one.state == state for one in rows) for state in STATES}
    page = page_of(sorted(rows, key=lambda one: one.state != "wrong"), request, PER_PAGE)
    context = {
        "loading": loading,
        "counts": counts,
        "applies": counts["new"] + counts["changed"],
        "page": page,
        "rows": [_row(one) for one in page],
        "breadcrumbs": crumbs(loading.round, say("schools.MealsLoad_Preview")),
    }
    return render(request, "council/admissions/preview.html", context)


def _row(one: staging.Staged) -> dict[str, Any]:
    known = one.details.status in Application.Status.values
    return {
        "one": one,
        "words": say(f"schools.MealsLoad_State_{one.state.title()}"),
        "colour": STATES[one.state],
        "status": status_name(one.details.status) if known else one.typed.get("status", ""),
        "was": status_name(one.before.status) if one.before and one.state == "changed" else "",
    }


@require_POST
@HERE
@of_the_team
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply the rows that are right, or forget them."""
    loading = get_object_or_404(queries.loadings_of(who(request)), pk=pk)
    if request.POST.get("act") == "discard":
        services.discard_loading(loading, by=who(request), now=timezone.now())
        messages.success(request, say("schools.MealsLoad_Discarded"))
        return redirect("council:admissions-round", loading.round_id)
    try:
        done = services.apply_loading(loading, **acting(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("council:admissions-loading", pk)
    messages.success(request, say("schools.MealsLoad_Done", added=done.added, changed=done.changed))
    return redirect("council:admissions-round", loading.round_id)

"""A file of statements on its way: chosen, looked at row by row, and published (SC-091)."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.loading import uploaded
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import money
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.asking import acting
from guildhall.work.schoolfinance import queries, rules, services, sheets, staging
from guildhall.work.schoolfinance.staging import OfSchool
from guildhall.work.schoolfinance.wording import month_words

from .crumbs import HERE, crumbs

PER_PAGE = 100
STATES = {"new": "green", "corrected": "blue", "same": "grey"}


@require_http_methods(["GET", "HEAD", "POST"])
@HERE
def load(request: HttpRequest) -> HttpResponse:
    """Choose the month and the file; nothing is published yet."""
    problems: Mapping[str, str] = {}
    months = rules.months_until(timezone.localdate())
    chosen = next((one for one in months if f"{one:%Y-%m}" == request.POST.get("month")), None)
    if request.method == "POST":
        try:
            made = services.read_file(chosen, *uploaded(request), **acting(request))
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            return redirect("council:finance-upload", made.pk)
    context = {
        "problems": problems,
        "months": [(f"{one:%Y-%m}", month_words(one)) for one in months],
        "month": f"{chosen:%Y-%m}" if chosen else "",
        "columns": [
            (sheets.TEMPLATE.heading(one), say(f"schools.Finance_{one.title()}_Format"))
            for one in sheets.COLUMNS
        ],
        "most": f"{sheets.TEMPLATE.most:,}",
        "breadcrumbs": crumbs((say("schools.FinanceLoad_Heading"), "")),
    }
    return render(request, "council/finance/load.html", context, status=422 if problems else 200)


@require_safe
@HERE
def template(_request: HttpRequest) -> HttpResponse:
    """Download the template."""
    return taken_away(sheets.empty_sheet(), "xlsx", say("schools.FinanceLoad_FileName"))


@require_safe
@HERE
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What each school would get, and what is wrong with which row; those come first."""
    found = get_object_or_404(queries.uploads_of(who(request)), pk=pk)
    rows = staging.staged(found)
    schools = staging.by_school(found, rows)
    wrong = [one for one in rows if one.problems]
    listed = page_of(wrong, request, PER_PAGE)
    context = {
        "upload": found,
        "month": month_words(found.month),
        "slug": f"{found.month:%Y-%m}",
        "count": len(rows),
        "wrong": len(wrong),
        "page": listed,
        "rows": listed,
        "schools": [_school(one) for one in schools],
        "publishes": sum(one.state != "same" for one in schools),
        "breadcrumbs": crumbs((say("schools.FinanceLoad_Check"), "")),
    }
    return render(request, "council/finance/upload.html", context)


def _school(one: OfSchool) -> dict[str, object]:
    return {
        "one": one,
        "rows": len(one.rows),
        "state": say(f"schools.FinanceLoad_State_{one.state.title()}"),
        "colour": STATES[one.state],
        "income": money(one.income.actual),
        "spent": money(one.expenditure.actual),
        "budget": money(one.expenditure.budget),
    }


@require_POST
@HERE
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the rows that are right, or forget them all."""
    found = get_object_or_404(queries.uploads_of(who(request)), pk=pk)
    if request.POST.get("act") == "discard":
        services.discard_upload(found, **acting(request))
        messages.success(request, say("schools.FinanceLoad_Discarded"))
        return redirect("council:finance")
    with refusals_told(request):
        done = services.publish(found, **acting(request))
        messages.success(request, say("schools.FinanceLoad_Done", count=done.schools))
        return redirect("council:finance-month", f"{done.month:%Y-%m}")
    return redirect("council:finance-upload", pk)

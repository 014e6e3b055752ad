"""Account statements of every school: months, one month, one statement, withdrawing it (SC-091)."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.finance import shown
from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.asking import acting
from guildhall.work.schoolfinance import queries, services, sorting
from guildhall.work.schoolfinance.models import Statement
from guildhall.work.schoolfinance.wording import month_words

from .crumbs import HERE, crumbs, month_in

PER_PAGE = 50


@require_safe
@HERE
def months(request: HttpRequest) -> HttpResponse:
    """The months of which something was published, and who has looked; what was read in and waits."""
    rows = [
        {"one": one, "month": month_words(one.month), "slug": f"{one.month:%Y-%m}"}
        for one in queries.months(holder_of(request))
    ]
    waiting = queries.uploads_of(who(request)).filter(published_at=None)
    context = {
        "rows": rows,
        "waiting": [(one, month_words(one.month)) for one in waiting],
        "late": queries.late_count(holder_of(request), today=timezone.localdate()),
        "breadcrumbs": crumbs(),
    }
    return render(request, "council/finance/months.html", context)


@require_safe
@HERE
def month(request: HttpRequest, month: str) -> HttpResponse:
    """Each school's statement of a month, who looked at it, and which schools have none."""
    wanted, holder = month_in(month), holder_of(request)
    found = queries.month_of(holder, wanted)
    words, state = one_line(request.GET.get("words"))[:100], request.GET.get("state", "")
    if words:
        found = found.filter(school__name__icontains=words)
    if state in queries.CONDITIONS:
        found = queries.in_condition(found, state)
    sort = sorting_of(request, among=tuple(sorting.STATEMENTS), default="school")
    listed = page_of(sorting.in_order(found, sorting.STATEMENTS, sort.current), request, PER_PAGE)
    looked = queries.lookers(one.pk for one in listed)
    heading = say("schools.FinanceCouncil_Month", month=month_words(wanted))
    context = {
        "heading": heading,
        "page": listed,
        "rows": [shown.statement_row(one) | {"looked": looked.get(one.pk, [])} for one in listed],
        "sorting": sort,
        "states": _conditions(),
        "state": state,
        "words": words,
        "filtered": bool(words or state in queries.CONDITIONS),
        "without": list(queries.without(holder, wanted)[:500]),
        "breadcrumbs": crumbs((heading, "")),
    }
    return render(request, "council/finance/month.html", context)


def _conditions() -> list[tuple[str, str]]:
    words = ("FinanceCouncil_Published", "Finance_Corrected", "FinanceCouncil_Withdrawn")
    named = [(one, say(f"schools.{word}")) for one, word in zip(queries.CONDITIONS, words, strict=True)]
    return [("", say("schools.FinanceReturns_AnyState")), *named]


def _found(request: HttpRequest, pk: int) -> Statement:
    return get_object_or_404(queries.all_statements(holder_of(request)), pk=pk)


@require_safe
@HERE
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """One statement as its school sees it, with its versions and who of the school has looked."""
    return _drawn(request, _found(request, pk), {})


def _drawn(request: HttpRequest, found: Statement, problems: Mapping[str, str]) -> HttpResponse:
    detail = {"school": found.school_id}
    audit.record(
        "schoolfinance.statement_opened", by=who(request), about=found, now=timezone.now(), detail=detail
    )
    versions = list(queries.history_of(found))
    looked = queries.lookers(one.pk for one in versions)
    words = month_words(found.month)
    way = reverse("council:finance-month", args=[f"{found.month:%Y-%m}"])
    context = shown.whole_statement(found) | {
        "versions": [{"one": one, "looked": looked.get(one.pk, [])} for one in versions],
        "problems": problems,
        "why": one_line(request.POST.get("why"))[:1000],
        "breadcrumbs": crumbs((words, way), (found.school.name, "")),
    }
    return render(request, "council/finance/statement.html", context, status=422 if problems else 200)


@require_http_methods(["POST"])
@HERE
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the school see it no more; the next page offers to put it back."""
    found = _found(request, pk)
    try:
        services.withdraw_statement(found, request.POST.get("why", ""), **acting(request))
    except Refusal as refusal:
        told = refusal.by_field("main-content")
        return _drawn(request, found, told)
    undo = {
        "words": say("schools.FinanceCouncil_Withdrawn_Done"),
        "pk": pk,
        "route": "council:finance-put-back",
    }
    messages.success(
        request, SafeString(render_to_string("council/finance/undo.html", undo, request=request))
    )
    return redirect("council:finance-statement", pk)


@require_POST
@HERE
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the school see it again."""
    with refusals_told(request):
        services.put_back_statement(_found(request, pk), **acting(request))
        messages.success(request, say("schools.FinanceCouncil_PutBack_Done"))
    return redirect("council:finance-statement", pk)

"""Who has submitted and who has not, chasing, and authorising or returning a return (SY-059, SY-063)."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.returns import shown
from guildhall.doors.schools.returns.collections import asked_for
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.returns import collections, queries, services
from guildhall.work.returns.collections import Collection
from guildhall.work.returns.models import Return
from guildhall.work.returns.moves import MOVES, Move
from guildhall.work.returns.wording import collection_name

from .crumbs import crumbs

State = Return.State
PER_PAGE = 50
MISSING = "missing"


@require_safe
@door(Permission.HANDLE_RETURNS, verified=True)
def schools(request: HttpRequest) -> HttpResponse:
    """Every school and where it stands with one collection."""
    near = collections.near(timezone.localdate())
    one = _chosen(request, near)
    standing = queries.standing(holder_of(request), one)
    state = request.GET.get("state", "")
    rows = [row for row in standing if _fits(row, state)]
    listed = page_of(rows, request, PER_PAGE)
    counts = [(name, sum(row.state == name for row in standing)) for name in State.values]
    context = {
        "collection": one,
        "title": collection_name(one.key, one.year),
        "facts": shown.collection_facts(one),
        "choices": [(f"{each.key}-{each.year}", collection_name(each.key, each.year)) for each in near],
        "chosen": f"{one.key}-{one.year}",
        "states": [
            ("", say("schools.Returns_AnyState")),
            (MISSING, say("schools.ReturnsCouncil_Missing")),
            *((name, shown.state_name(name)) for name in State.values),
        ],
        "state": state,
        "counts": [{"key": shown.state_name(name), "value": str(count)} for name, count in counts],
        "page": listed,
        "rows": [
            {"row": row, "state": shown.state_name(row.state), "colour": shown.COLOURS[State(row.state)]}
            for row in listed
        ],
        "missing": sum(not row.submitted for row in standing),
        "live": timezone.now() >= one.live_from,
        "filtered": bool(state),
        "breadcrumbs": crumbs(),
    }
    return render(request, "council/returns/list.html", context)


def _fits(row: queries.Standing, state: str) -> bool:
    if state == MISSING:
        return not row.submitted
    return not state or row.state == state


def _chosen(request: HttpRequest, near: list[Collection]) -> Collection:
    """The collection that the address names, else the last whose census day has come, else the next."""
    wanted = request.GET.get("collection", "")
    if found := next((one for one in near if f"{one.key}-{one.year}" == wanted), None):
        return found
    come = [one for one in near if one.live_from <= timezone.now()]
    return come[-1] if come else near[0]


@require_POST
@door(Permission.HANDLE_RETURNS, verified=True)
def chase(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Remind every school that has not submitted, in one step."""
    one = asked_for(key, year)
    with refusals_told(request):
        done = services.chase(one, **acting(request))
        messages.success(
            request, say("schools.ReturnsCouncil_Chased", count=done.schools, nobody=done.nobody)
        )
    return redirect(f"{reverse('council:returns')}?collection={key}-{year}")


def _found(request: HttpRequest, pk: int) -> Return:
    return get_object_or_404(queries.all_returns(holder_of(request)), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.HANDLE_RETURNS, verified=True, reads_child=True)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One return with what was found and explained; posting authorises or returns it."""
    own = _found(request, pk)
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        problems = _decided(request, own)
        if not problems:
            return redirect("council:returns-return", own.pk)
    own = _found(request, pk)
    moves = MOVES[own.state]
    context = shown.whole_page(request, own, names=True) | {
        "options": [
            (str(move), say(f"schools.ReturnsCouncil_Decide_{move.title()}"))
            for move in (Move.AUTHORISE, Move.RETURN)
            if move in moves
        ],
        "problems": problems,
        "decision": request.POST.get("decision", ""),
        "answer": paragraphs(request.POST.get("answer"))[:2000],
        "breadcrumbs": crumbs((own.school.name, "")),
    }
    return render(request, "council/returns/one.html", context, status=422 if problems else 200)


def _decided(request: HttpRequest, own: Return) -> Mapping[str, str]:
    """Authorise or return it; what is wrong, by field."""
    chosen = request.POST.get("decision", "")
    try:
        if chosen == Move.AUTHORISE:
            services.authorise(own, **acting(request))
        elif chosen == Move.RETURN:
            services.return_it(own, request.POST.get("answer", ""), **acting(request))
        else:
            raise Refusals({"decision": say("schools.Error_Returns_Decision")})
    except Refusal as refusal:
        return refusal.by_field("main-content")
    messages.success(request, say(f"schools.ReturnsCouncil_Done_{chosen.title()}", school=own.school.name))
    return {}


@require_safe
@door(Permission.HANDLE_RETURNS, verified=True, reads_child=True)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in a return, as a spreadsheet."""
    return shown.sheet(request, _found(request, pk))

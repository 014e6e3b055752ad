"""What schools ask to have changed: the team's work list, and deciding about one (SC-081)."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.schools.meals import shown
from guildhall.doors.schools.meals.deciding import decided, decision_fields
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.texts.queries import say
from guildhall.work.meals import queries, services
from guildhall.work.meals.models import Amendment
from guildhall.work.meals.moves import Move

from .team import crumbs, of_the_team

State = Amendment.State
SHOWN = (State.SENT, State.ACCEPTED, State.REFUSED)


@require_safe
@door(Permission.OPEN_BENEFITS_FORMS, verified=True, reads_child=True)
@of_the_team
def worklist(request: HttpRequest) -> HttpResponse:
    """The amendments that wait, or with ?state those that were decided, and the lists by school."""
    holder, asked = holder_of(request), request.GET.get("state", "")
    state = State(asked) if asked in SHOWN else State.SENT
    found = page_of(queries.amendments_for(holder, state=state), request)
    shown.looked_at(request, [one.pupil for one in found if one.pupil], "list")
    context = {
        "page": found,
        "rows": [shown.amendment_row(one) for one in found],
        "state": state,
        "states": [(each, say(f"schools.MealsCouncil_Show_{each.title()}")) for each in SHOWN],
        "lists": queries.lists_kept(holder),
        "breadcrumbs": crumbs(),
    }
    return render(request, "council/meals/worklist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.OPEN_BENEFITS_FORMS, verified=True, reads_child=True)
@of_the_team
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """One amendment: accepting it changes the list, refusing it takes a reason."""
    found = get_object_or_404(queries.amendments_sent(holder_of(request)), pk=pk)
    waits = found.state == State.SENT
    problems: Mapping[str, str] = {}
    if request.method == "POST" and waits:
        problems = decided(request, found, Move.ACCEPT, services.accept_amendment)
        if not problems:
            return redirect("council:meals")
    shown.looked_at_one(request, found)
    context = shown.amendment_page(found) | decision_fields(request, Move.ACCEPT)
    context |= {
        "move": Move.ACCEPT if waits else "",
        "problems": problems,
        "breadcrumbs": crumbs(shown.heading_of(found)),
    }
    return render(request, "council/meals/amendment.html", context, status=422 if problems else 200)

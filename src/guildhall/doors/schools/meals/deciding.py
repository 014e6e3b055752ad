"""One amendment: a supervisor authorises or refuses it, whoever asked withdraws it (SC-082, SC-083)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.asking import acting
from guildhall.work.meals import queries, rules, services
from guildhall.work.meals.models import Amendment
from guildhall.work.meals.moves import Move

from ..showing import current, page
from . import shown

State = Amendment.State


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """What it changes and how far it has come; a supervisor for whom it waits decides here."""
    found, holder = _own(request, pk), holder_of(request)
    decides = found.state == State.WAITING and queries.may_authorise(holder, found)
    problems: Mapping[str, str] = {}
    if request.method == "POST" and decides:
        problems = decided(request, found, Move.AUTHORISE, services.authorise_amendment)
        if not problems:
            return redirect("schools:meals-amendment", found.pk)
    shown.looked_at_one(request, found)
    context = (
        shown.amendment_page(found)
        | {
            "move": Move.AUTHORISE if decides else "",
            "withdraws": rules.may_withdraw(found, who(request)),
            "sees_list": queries.sees_list(holder, found.school_id),
            "problems": problems,
        }
        | decision_fields(request, Move.AUTHORISE)
    )
    return page(request, "schools/meals_amendment.html", context, status=422 if problems else 200)


def _own(request: HttpRequest, pk: int) -> Amendment:
    found = queries.amendment_at(holder_of(request), current(request).school_id, pk)
    if found is None:
        raise Http404
    return found


def decided(
    request: HttpRequest, found: Amendment, move: Move, approve: Callable[..., Amendment]
) -> Mapping[str, str]:
    """Do what was decided; ``approve`` is the service of ``move``. What is wrong, by field."""
    choice, how = request.POST.get("decision"), acting(request)
    try:
        if choice == move:
            approve(found, **how)
        elif choice == Move.REFUSE:
            services.refuse_amendment(found, reason=paragraphs(request.POST.get("answer")), **how)
        else:
            raise Refusals({"decision": say("schools.Error_Meals_Decision")})
    except Refusal as refusal:
        return refusal.by_field()
    messages.success(request, say(f"schools.Amendment_Done_{choice.title()}"))
    return {}


def decision_fields(request: HttpRequest, move: Move) -> dict[str, Any]:
    """What the form of a decision shows."""
    words = {each: say(f"schools.Amendment_Decide_{each.title()}") for each in (move, Move.REFUSE)}
    return {
        "options": [(str(each), said) for each, said in words.items()],
        "decision": request.POST.get("decision", ""),
        "answer_typed": paragraphs(request.POST.get("answer"))[:1000],
    }


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one asked, until it is decided."""
    found = _own(request, pk)
    with refusals_told(request):
        services.withdraw_amendment(found, by=who(request), now=timezone.now())
        messages.success(request, say("schools.Amendment_Withdraw_Done"))
    return redirect("schools:meals-amendment", found.pk)

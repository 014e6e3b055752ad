"""The actions that officers gave schools: how far they have come, giving one, and cancelling it (SC-088)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.schools.actions.shown import COLOURS
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.typed import key_of, number, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.organisations.queries import open_establishments
from guildhall.work.actions import queries, services
from guildhall.work.actions.models import Action
from guildhall.work.actions.wording import status_words

from .forms import GivenForm

PAGE = require_http_methods(["GET", "HEAD", "POST"])


def crumbs(*more: str) -> list[tuple[str, str]]:
    """The way to a page; ``more`` are the headings below the list."""
    here = (say("schools.ActionsCouncil_Heading"), reverse("council:school-actions") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *((one, "") for one in more)]


@require_safe
@door(Permission.PUBLISH_POST, verified=True)
def actions(request: HttpRequest) -> HttpResponse:
    """What officers gave schools, with its status; what schools keep for themselves is not here."""
    state, school = request.GET.get("state", ""), number(request.GET.get("school"))
    state = state if state in queries.STATES else ""
    words = one_line(request.GET.get("q"))[: queries.LONGEST]
    sorting = sorting_of(request, among=queries.GIVEN_SORTS, default="due")
    today = timezone.localdate()
    rows = queries.given_to_schools(holder_of(request), school=school, state=state, words=words)
    found = page_of(queries.sorted_given(rows, sorting.current), request)
    context = {
        "rows": [_row(one, late=one.late(today)) for one in found],
        "page": found,
        "sorting": sorting,
        "states": [(one, _state(one)) for one in queries.STATES],
        "schools": list(open_establishments().values_list("pk", "name")),
        "asked": {"state": state, "school": school if school > 0 else "", "q": words},
        "breadcrumbs": crumbs(),
    }
    return render(request, "council/actions/list.html", context)


def _row(one: Action, *, late: bool) -> dict[str, Any]:
    return {
        "action": one,
        "late": late,
        "status": status_words(one.status),
        "colour": COLOURS[Action.Status(one.status)],
    }


def _state(key: str) -> str:
    return say(f"schools.ActionState_{key.title() or 'ToDo'}") if key in {"", "all"} else status_words(key)


@PAGE
@door(Permission.PUBLISH_POST, verified=True)
def new(request: HttpRequest) -> HttpResponse:
    """Give a school an action from a visit. The page carries its number, so that it is given once."""
    key = key_of(request.POST.get("key"))
    initial = {"school": request.GET.get("school", "")[:9], "visited_on": timezone.localdate()}
    form = GivenForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        how: dict[str, Any] = {
            "key": key,
            "holder": holder_of(request),
            "by": who(request),
            "now": timezone.now(),
        }
        try:
            made = services.give_to_school(form.chosen, form.told, **how)
        except Refusals as refusals:
            form.refuse(refusals.problems)
        else:
            messages.success(request, say("schools.ActionsCouncil_Given", school=made.school.name))
            return redirect("council:school-actions")
    problems = form.problems
    context = {
        "form": form,
        "key": key,
        "problems": problems,
        "breadcrumbs": crumbs(say("schools.ActionsCouncil_New")),
    }
    return render(request, "council/actions/new.html", context, status=422 if problems else 200)


@PAGE
@door(Permission.PUBLISH_POST, verified=True)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel what a school was given, with a reason that it sees."""
    holder = holder_of(request)
    found = get_object_or_404(queries.given_to_schools(holder), pk=pk)
    if not found.to_do:
        raise Http404
    problems, reason = {}, paragraphs(request.POST.get("reason"))
    if request.method == "POST":
        how: dict[str, Any] = {"holder": holder, "by": who(request), "now": timezone.now()}
        try:
            services.cancel_given(found, reason=reason, **how)
        except Refusal as refusal:
            problems = refusal.by_field("main-content")
        else:
            messages.success(request, say("schools.Action_Cancelled", title=found.title))
            return redirect("council:school-actions")
    context = {
        "action": found,
        "typed": reason[:1000],
        "problems": problems,
        "breadcrumbs": crumbs(say("schools.Action_Cancel")),
    }
    return render(request, "council/actions/cancel.html", context, status=422 if problems else 200)

"""One action: what is to be done, its history, and what its reader does about it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import key_of, number, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.work.actions import queries, services
from guildhall.work.actions.sources import people_of

from ..showing import current, page
from .listing import tell_done
from .shown import moves_of, row_of, step_of

STEPS = 50
MOVES: dict[str, Callable[..., Any]] = {
    "start": services.start_action,
    "stop": services.stop_action,
    "done": services.finish_action,
    "reopen": services.reopen_action,
}


def reached(request: HttpRequest, pk: int) -> Any:
    """An action of the school that this person works for now, whose words they may read, else Http404."""
    found = queries.action(current(request), pk)
    if found is None:
        raise Http404
    return found


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """An action with its history."""
    return show(request, reached(request, pk))


def show(
    request: HttpRequest, found: Any, problems: dict[str, str] | None = None, *, typed: str = ""
) -> HttpResponse:
    """The page of an action; ``problems`` of what was ``typed`` on it."""
    steps = page_of(queries.steps_of(found), request, STEPS)
    people = people_of(found.school, posting=found.posting)
    context = {
        **row_of(found, timezone.localdate()),
        **moves_of(found),
        "mine": found.owner_id == current(request).user_id,
        "steps": [step_of(one) for one in steps],
        "page": steps,
        "people": [(one.user_id, str(one)) for one in people if one.user_id != found.owner_id],
        "note_key": uuid4(),
        "typed": typed,
        "problems": problems or {},
    }
    return page(request, "schools/actions/action.html", context, status=422 if problems else 200)


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a note. The page carries its number, so that sending it twice adds one."""
    found, words = reached(request, pk), paragraphs(request.POST.get("note"))
    how: dict[str, Any] = {
        "place": current(request),
        "now": timezone.now(),
    }
    try:
        services.add_note(found, words, key=key_of(request.POST.get("key")), **how)
    except Refusal as refusal:
        return show(request, found, refusal.by_field("main-content"), typed=words)
    messages.success(request, say("schools.Action_Noted"))
    return redirect("schools:action", pk)


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin it, mark it as done, or take that back."""
    found, act = reached(request, pk), request.POST.get("act", "")
    if act not in MOVES:
        raise Http404
    with refusals_told(request):
        MOVES[act](found, place=current(request), now=timezone.now())
        words = say(f"schools.Action_Moved_{act.title()}", title=found.title)
        if act == "done":
            tell_done(request, words, [pk])
        else:
            messages.success(request, words)
    return redirect("schools:action", pk)


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to somebody else of the school, or take it oneself."""
    found, owner = reached(request, pk), number(request.POST.get("owner"))
    try:
        given = services.give_action(found, owner, place=current(request), now=timezone.now())
    except Refusal as refusal:
        return show(request, found, refusal.by_field("main-content"))
    messages.success(request, say("schools.Action_GivenTo", title=given.title, name=str(given.owner)))
    return redirect("schools:action", pk)

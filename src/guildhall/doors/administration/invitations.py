"""Professionals' invitations: the list, one or many new ones, sending again and withdrawing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import Page, page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.languages import LANGUAGES
from guildhall.people.invitations import queries
from guildhall.people.invitations import services as service
from guildhall.people.invitations.models import Invitation

from . import invitations_many as staged

COLOURS = {"waiting": "blue", "expired": "orange", "accepted": "green", "withdrawn": "grey"}
ACTS = {"send-again": service.send_again, "withdraw": service.withdraw}


@require_safe
@door(Permission.INVITE_PROFESSIONALS, verified=True)
def invitations(request: HttpRequest) -> HttpResponse:
    """Every invitation with its state, newest first."""
    now = timezone.now()
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "state")}
    rows = queries.narrowed(
        queries.invitations_seen_by(holder_of(request)), words=asked["q"], state=asked["state"], now=now
    )
    page: Page[Invitation] = page_of(rows, request, 25)
    lines = [(one, *_state(one.state(now))) for one in page]
    any_one = ("", say("administration.Users_Any"))
    context = {
        "page": Page(lines, page.number, page.count, page.total, page.size, page.query),
        "asked": asked,
        "states": [any_one, *((state, _state(state)[1]) for state in queries.STATES)],
        "breadcrumbs": crumbs(),
    }
    return render(request, "administration/invitations.html", context)


def _state(state: str) -> tuple[str, str, str]:
    return state, say(f"administration.InvitationState_{state}"), COLOURS[state]


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.INVITE_PROFESSIONALS, verified=True)
def new(request: HttpRequest) -> HttpResponse:
    """Invite one professional."""
    typed = {name: request.POST.get(name, "").strip() for name in service.DETAILS}
    typed["language"] = typed["language"] if typed["language"] in LANGUAGES else active_language()
    problems = staged.problems_of(typed) if request.method == "POST" else {}
    if request.method == "POST" and not problems:
        try:
            service.invite(typed, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field("email")
        else:
            messages.success(request, say("administration.Invite_Sent", email=typed["email"]))
            return redirect("administration:invitations")
    context = {
        "typed": typed,
        "problems": problems,
        "languages": staged.languages(),
        "breadcrumbs": crumbs((say("administration.Invite_New"), "")),
    }
    return render(request, "administration/invitations_new.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.INVITE_PROFESSIONALS, verified=True)
def many(request: HttpRequest) -> HttpResponse:
    """Invite many: pasted lines or a spreadsheet are shown line by line before anything is sent."""
    context: dict[str, Any] = {"breadcrumbs": crumbs((say("administration.Invite_Many"), ""))}
    if request.method != "POST":
        return render(request, "administration/invitations_many.html", context)
    pasted = request.POST.get("lines", "")
    if request.POST.get("do") == "edit":
        return render(request, "administration/invitations_many.html", context | {"pasted": pasted})
    try:
        lines = staged.lines_of(pasted, request.FILES.get("file"))
    except Refusal as refusal:
        context |= {"pasted": pasted, "problems": refusal.by_field("lines")}
        return render(request, "administration/invitations_many.html", context, status=422)
    if request.POST.get("do") == "send":
        return _send(request, lines)
    good = [line for line in lines if not line.problem]
    context |= {"lines": lines, "good": len(good), "pasted": staged.pasted_again(lines)}
    return render(request, "administration/invitations_check.html", context)


def _send(request: HttpRequest, lines: list[staged.Line]) -> HttpResponse:
    sent, left = staged.send(lines, by=who(request), language=active_language(), now=timezone.now())
    messages.success(request, say("administration.Invite_SentMany", count=sent))
    if left:
        context = {
            "lines": left,
            "good": 0,
            "pasted": staged.pasted_again(left),
            "breadcrumbs": crumbs((say("administration.Invite_Many"), "")),
        }
        return render(request, "administration/invitations_check.html", context, status=422)
    return redirect("administration:invitations")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.INVITE_PROFESSIONALS, verified=True)
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Send an invitation again, or withdraw it, after asking."""
    if act not in ACTS:
        raise Http404
    found = get_object_or_404(queries.invitations_seen_by(holder_of(request)), pk=pk)
    heading = say(f"administration.Invitation_{act.replace('-', '_')}")
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            ACTS[act](found, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = {"": refusal.message}
        else:
            messages.success(request, say(f"administration.Invitation_{act.replace('-', '_')}_Done"))
            return redirect("administration:invitations")
    context = {
        "invitation": found,
        "heading": heading,
        "what": say(f"administration.Invitation_{act.replace('-', '_')}_What"),
        "warned": act == "withdraw",
        "possible": found.state(timezone.now()) in {"waiting", "expired"},
        "problems": problems,
        "breadcrumbs": crumbs((heading, "")),
    }
    return render(request, "administration/invitations_act.html", context, status=409 if problems else 200)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down to a page below the invitations."""
    return [
        (say("shared.Menu_Home"), reverse("council:home")),
        (say("administration.General_Heading"), reverse("administration:home")),
        (say("administration.Invitations_Heading"), reverse("administration:invitations") if more else ""),
        *more,
    ]

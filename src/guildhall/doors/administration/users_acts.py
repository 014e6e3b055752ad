"""What an administrator does to an account: each act asks first, says why, is audited, and is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.meanwhile import carried
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import User
from guildhall.people.accounts.services import administration
from guildhall.people.groups import queries as groups
from guildhall.people.membership.services import staff
from guildhall.people.organisations import queries as organisations

from .users import accounts_shut, crumbs, is_staff, person

WARNED = frozenset({"lock", "disable", "reset-password", "reset-second-step"})
MOST = {"user_name": 60, "forename": 60, "surname": 60, "job_role": 100, "email": 254}
asks = require_http_methods(["GET", "HEAD", "POST"])


@dataclass
class Typed:
    """What was typed about a person's account, and what is wrong with it."""

    details: dict[str, str] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    confirmed: bool = False
    problems: dict[str, str] = field(default_factory=dict)


@asks
@door(Permission.MANAGE_USERS, verified=True)
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One of administration.ACTS: a page that says what will happen and asks why, then the act."""
    found = person(request, pk)
    if act not in administration.ACTS or (act == "invite-again" and not is_staff(found)):
        raise Http404
    reason = paragraphs(request.POST.get("reason"))
    problems: dict[str, str] = {}
    if request.method == "POST":

        def do() -> None:
            staff.act_on(found, act=act, reason=reason, by=who(request), now=timezone.now())

        if done := _tried(request, do, problems, f"administration.Act_{_key(act)}_Done", found):
            return done
    possible = act in administration.acts_open(found, shut=accounts_shut(found))
    context = {
        "person": found,
        "heading": say(f"administration.Act_{_key(act)}"),
        "what": say(f"administration.Act_{_key(act)}_What"),
        "possible": possible and found.pk != request.user.pk,
        "warned": act in WARNED,
        "reason": reason,
        "reasons": _reasons(),
        "problems": problems,
        "breadcrumbs": _crumbs(found, say(f"administration.Act_{_key(act)}")),
    }
    return render(request, "administration/users_act.html", context, status=422 if problems else 200)


def _key(act: str) -> str:
    return act.replace("-", "_")


def _tried(
    request: HttpRequest, do: Callable[[], Any], problems: dict[str, str], done: str, found: User
) -> HttpResponse | None:
    """Back to the person's page when it was done; else what was wrong is in ``problems``."""
    try:
        do()
    except Refusal as refusal:
        problems[refusal.field or ""] = refusal.message
        return None
    messages.success(request, say(done, name=str(found)))
    return redirect("administration:user", found.pk)


def _reasons() -> list[tuple[str, str]]:
    return [(key, say(f"administration.Reason_{key}")) for key in administration.REASONS]


def _crumbs(found: User, heading: str) -> list[tuple[str, str]]:
    return crumbs((str(found), reverse("administration:user", args=[found.pk])), (heading, ""))


@asks
@door(Permission.MANAGE_USERS, verified=True)
def email(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the email address: the person confirms the new one, the old one is told."""
    found = person(request, pk)
    typed, reason = request.POST.get("email", "").strip(), paragraphs(request.POST.get("reason"))
    problems: dict[str, str] = {}
    if request.method == "POST":
        if wrong := _wrong_address(typed):
            problems["email"] = wrong
        else:

            def do() -> None:
                staff.change_email(found, email=typed, reason=reason, by=who(request), now=timezone.now())

            if done := _tried(request, do, problems, "administration.Act_change_email_Done", found):
                return done
    context = {
        "person": found,
        "heading": say("administration.Act_change_email"),
        "what": say("administration.Act_change_email_What"),
        "possible": found.state == User.State.ACTIVE and found.pk != request.user.pk,
        "asks_email": True,
        "email": typed,
        "reason": reason,
        "reasons": _reasons(),
        "problems": problems,
        "breadcrumbs": _crumbs(found, say("administration.Act_change_email")),
    }
    return render(request, "administration/users_act.html", context, status=422 if problems else 200)


def _wrong_address(typed: str) -> str:
    try:
        validate_email(typed)
    except ValidationError:
        return say("administration.Error_Invite_Email")
    return say("administration.Error_User_Long", most=MOST["email"]) if len(typed) > MOST["email"] else ""


@asks
@door(Permission.MANAGE_USERS, verified=True)
def places(request: HttpRequest, pk: int) -> HttpResponse:
    """The groups and teams of a member of staff."""
    found = person(request, pk)
    if not is_staff(found):
        raise Http404
    now_in = staff.places_of(found)
    typed = _read(request) if request.method == "POST" else _as_kept(now_in)
    reason = paragraphs(request.POST.get("reason"))
    if request.method == "POST":

        def do() -> None:
            staff.change_places(
                found,
                in_groups=typed.groups,
                in_teams=typed.teams,
                seen=request.POST.get("seen", ""),
                reason=reason,
                confirmed=typed.confirmed,
                by=who(request),
                now=timezone.now(),
            )

        if done := _tried(request, do, typed.problems, "administration.User_PlacesSaved", found):
            return done
    context = {
        "person": found,
        "typed": typed,
        "seen": carried(request, staff.stamp_of(now_in)),
        "now_in": sorted({group.name() for key, _ in now_in if (group := groups.standing(key))}),
        "own": found.pk == request.user.pk,
        "reason": reason,
        "reasons": _reasons(),
        "problems": typed.problems,
        **_offered(),
        "breadcrumbs": _crumbs(found, say("administration.User_Places")),
    }
    status = 422 if typed.problems else 200
    return render(request, "administration/users_places.html", context, status=status)


@asks
@door(Permission.MANAGE_USERS, verified=True)
def new(request: HttpRequest) -> HttpResponse:
    """An account for a member of staff, who gets an invitation by email."""
    typed = _read(request) if request.method == "POST" else Typed()
    if request.method == "POST":
        typed.problems |= _wrong_details(typed.details)
        if not typed.problems and (done := _invite(request, typed)):
            return done
    context = {
        "typed": typed,
        "problems": typed.problems,
        **_offered(),
        "breadcrumbs": crumbs((say("administration.User_New"), "")),
    }
    return render(request, "administration/users_new.html", context, status=422 if typed.problems else 200)


def _invite(request: HttpRequest, typed: Typed) -> HttpResponse | None:
    try:
        made = staff.invite_staff(
            typed.details,
            in_groups=typed.groups,
            in_teams=typed.teams,
            confirmed=typed.confirmed,
            by=who(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        typed.problems[refusal.field or "user_name"] = refusal.message
        return None
    messages.success(request, say("administration.User_Made", name=str(made)))
    return redirect("administration:user", made.pk)


def _read(request: HttpRequest) -> Typed:
    posted = request.POST
    return Typed(
        {name: posted.get(name, "").strip() for name in MOST},
        posted.getlist("groups"),
        posted.getlist("teams"),
        posted.get("confirmed") == "yes",
    )


def _as_kept(now_in: staff.Pairs) -> Typed:
    return Typed(groups=[group for group, _ in now_in], teams=[team for _, team in now_in if team])


def _wrong_details(details: dict[str, str]) -> dict[str, str]:
    problems = {
        name: say("administration.Error_User_Long", most=most)
        for name, most in MOST.items()
        if len(details[name]) > most
    }
    for name in ("user_name", "forename", "surname"):
        if not details[name]:
            problems[name] = say(f"administration.Error_User_{name}")
    if not details["user_name"].replace(".", "").replace("-", "").isalnum():
        problems["user_name"] = say("administration.Error_User_user_name")
    if wrong := _wrong_address(details["email"]):
        problems["email"] = wrong
    order = ("user_name", "email", "forename", "surname", "job_role")
    return {name: problems[name] for name in order if name in problems}


def _offered() -> dict[str, Any]:
    """The groups and teams to choose from."""
    language = active_language()
    return {
        "groups": [
            {"value": group.key, "text": group.name(), "hint": group.why()} for group in groups.groups()
        ],
        "teams": [
            {"value": team.key, "text": team.name.get(language) or team.name["en"]}
            for team in organisations.teams()
        ],
    }

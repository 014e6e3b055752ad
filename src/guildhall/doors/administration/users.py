"""Users: the list of every account, and the page of one person."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import ROLES, Permission
from guildhall.foundation.audit import queries as audit
from guildhall.foundation.kit.pagination import Page, page_of, sorting_of
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts import queries as accounts
from guildhall.people.accounts.models import User
from guildhall.people.accounts.services import administration
from guildhall.people.groups import queries as groups
from guildhall.people.membership import directory
from guildhall.people.organisations import queries as organisations

COLOURS = {
    User.State.ACTIVE: "green",
    User.State.UNCONFIRMED: "yellow",
    User.State.LOCKED: "red",
    User.State.DISABLED: "grey",
    User.State.WITHDRAWN: "grey",
}
MOST_HISTORY = 50


@dataclass(frozen=True)
class Line:
    """One person of the list, in words."""

    user: User
    state: str
    colour: str
    places: list[str]


@require_safe
@door(Permission.MANAGE_USERS, verified=True)
def users(request: HttpRequest) -> HttpResponse:
    """Every account, filtered and sorted as the address asks."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "state", "group", "door")}
    everybody = directory.people_seen_by(holder_of(request))
    filters = {name: asked[name] for name in ("state", "group", "door")}
    found = directory.narrowed(everybody, words=asked["q"], **filters)
    sorting = sorting_of(request, among=directory.SORTS, default="name")
    page: Page[User] = page_of(directory.ordered(found, sorting.current), request, 25)
    near: list[User] = []
    if asked["q"] and not page.total:
        near = directory.near(directory.narrowed(everybody, **filters), asked["q"])
    words = _Words()
    context = {
        "page": Page(
            [words.line(one) for one in page], page.number, page.count, page.total, page.size, page.query
        ),
        "near": [words.line(one) for one in near],
        "sorting": sorting,
        "asked": asked,
        "filtered": any(asked.values()),
        **_choices(),
        "breadcrumbs": crumbs(),
    }
    return render(request, "administration/users.html", context)


def _choices() -> dict[str, Any]:
    """What the filters offer."""
    any_one = ("", say("administration.Users_Any"))
    return {
        "states": [any_one, *((state, state_words(state)) for state in User.State.values)],
        "groups": [any_one, *((group.key, group.name()) for group in groups.groups())],
        "doors": [
            any_one,
            *((door, say(f"shared.Door_{door.title()}")) for door in directory.DOORS),
            (directory.NO_DOOR, say("administration.Users_NoDoor")),
        ],
    }


@require_safe
@door(Permission.MANAGE_USERS, verified=True)
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: details, state, groups and teams, how they sign in, what happened, and what can be done."""
    found = person(request, pk)
    now = timezone.now()
    shut = accounts_shut(found)
    language = active_language()
    history = list(audit.history_of(found).order_by("-pk")[:MOST_HISTORY])
    own = found.pk == request.user.pk
    acts = [] if own else administration.acts_open(found, shut=shut)
    context = {
        "person": found,
        "line": _Words().line(found),
        "rows": _rows(found, shut=shut),
        "acts": [(act, say(f"administration.Act_{act.replace('-', '_')}")) for act in acts],
        "staff": is_staff(found),
        "own": own,
        "history": [(entry, audit.presented(entry, language, about=str(found))) for entry in history],
        "now": now,
        "breadcrumbs": crumbs((str(found), "")),
    }
    return render(request, "administration/users_user.html", context)


def person(request: HttpRequest, pk: int) -> User:
    """The account, for whoever manages users, else Http404."""
    return get_object_or_404(directory.people_seen_by(holder_of(request)), pk=pk)


def is_staff(found: User) -> bool:
    """Whether the person is, or was made as, one of the council's staff."""
    known = groups.as_kept()
    return bool(found.user_name) or any(held.role in known for held in held_by(found))


def held_by(found: User) -> list[Any]:
    """The open roles that the list read with the person."""
    held: list[Any] = getattr(found, "held", [])
    return held


def accounts_shut(found: User) -> bool:
    """Whether too many wrong passwords keep the account shut just now."""
    return administration.is_shut_out(found, now=timezone.now())


def _rows(found: User, *, shut: bool) -> list[dict[str, Any]]:
    words = {
        "Email": found.email or found.former_email,
        "UserName": found.user_name,
        "Job": ", ".join(one for one in (found.job_role, found.organisation) if one),
        "Registered": found.registered_at,
        "LastIn": found.last_login or say("administration.User_NeverIn"),
        "Password": say(f"administration.User_Password_{'Set' if found.has_usable_password() else 'NotSet'}"),
        "TwoStep": _second_steps(found),
        "Shut": say("administration.User_ShutNow") if shut else "",
    }
    return [
        {"key": say(f"administration.User_{key}"), "value": value} for key, value in words.items() if value
    ]


def _second_steps(found: User) -> str:
    kinds = accounts.second_steps(found) or (["none"] if found.two_step != "app" else ["missing"])
    return ", ".join(say(f"administration.User_Step_{kind}") for kind in kinds)


def state_words(state: str) -> str:
    """The state of an account in words."""
    return say(f"administration.UserState_{state}")


class _Words:
    """What groups, roles and teams are called, read once for a whole list."""

    def __init__(self) -> None:
        self._groups = groups.as_kept()
        language = active_language()
        self._teams = {team.key: team.name.get(language) or team.name["en"] for team in organisations.teams()}

    def line(self, one: User) -> Line:
        places = [self._place(held) for held in held_by(one)]
        state = User.State(one.state)
        return Line(one, state_words(state), COLOURS[state], list(dict.fromkeys(places)))

    def _place(self, held: Any) -> str:
        where = self._teams.get(held.team, held.team) or str(held.establishment or "")
        role = self.role(held.role)
        return f"{role} ({where})" if where else role

    def role(self, key: str) -> str:
        if group := self._groups.get(key):
            return group.name()
        return say(f"administration.Role_{key.replace('-', '_')}") if key in ROLES else key


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down to a page below the users."""
    return [
        (say("shared.Menu_Home"), reverse("council:home")),
        (say("administration.General_Heading"), reverse("administration:home")),
        (say("administration.Users_Heading"), reverse("administration:users") if more else ""),
        *more,
    ]

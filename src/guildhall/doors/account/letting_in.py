"""From a right password to a session: who waits for the second step, who must set one up, letting them in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.browsers import describe
from guildhall.people.accounts.codes import new_key
from guildhall.people.accounts.entering import enter
from guildhall.people.accounts.languages import chosen
from guildhall.people.accounts.middleware import last_person
from guildhall.people.accounts.models import Device, User
from guildhall.people.membership.queries import holder_for

from . import announcing, returning

DEVICE_COOKIE = "device"
DEVICE_SECONDS = 400 * 24 * 3600
WAITING_SECONDS = 3600
OWN_PAGES = ("council", "schools", "professionals")  # the doors with a sign-in page of their own
NONE: Mapping[str, str] = {}  # of no directory
PAGES = {"app": "account:app-code", "passkey": "account:passkey", "email": "account:code"}


@dataclass(frozen=True)
class Arrival:
    """Somebody who has proved who they are, and the page they are on their way to (``after``).

    ``verified``: by both steps. ``remember``: this browser need not ask for the second again. ``first``:
    they were never here before. ``directory``: what the session keeps of the directory that sent them.
    """

    user: User
    verified: bool = True
    after: str = ""
    remember: bool = False
    first: bool = False
    directory: Mapping[str, str] = field(default_factory=dict)


def after_password(
    request: HttpRequest, user: User, *, after: str, directory: Mapping[str, str] = NONE, now: datetime
) -> HttpResponse:
    """The first step is done, by password or by ``directory``: on to the second, or in where there is none.

    Raises what ``send_code`` does.
    """
    device = queries.known_device(user, device_key(request))
    if user.two_step == User.TwoStep.NONE:
        return let_in(request, Arrival(user, verified=False, after=after, directory=directory), now=now)
    waits = queries.must_wait(user, device=device, now=now)
    if device and device.is_remembered(now) and accounts.may_remember(user) and not waits:
        return let_in(request, Arrival(user, after=after, directory=directory), now=now)
    ways = queries.second_steps(user)
    key = new_key()
    first = ways[0] if ways else "email"
    if first == "email":
        accounts.send_code(user, bound_to=key, now=now)
    else:
        accounts.refuse_locked(user, now=now)
    wait(request, user, key=key, after=after, directory=directory, enrol=not ways, now=now)
    return redirect(PAGES[first])


def wait(
    request: HttpRequest,
    user: User,
    *,
    key: str,
    after: str,
    now: datetime,
    directory: Mapping[str, str] = NONE,
    enrol: bool = False,
) -> None:
    """Keep in the session that ``user`` gave the right password; ``enrol``: and must set up an app now."""
    request.session.cycle_key()
    request.session["pending"] = {
        "user": user.pk,
        "key": key,
        "after": after,
        "at": now.timestamp(),
        "epoch": user.session_epoch,
        "directory": dict(directory),
        "enrol": enrol,
    }
    request.session.save()


def waiting(
    request: HttpRequest, now: datetime, *, what: str = "pending"
) -> tuple[User | None, dict[str, Any]]:
    """Who did the first step in this session and not the second (``what`` "enrol": and must set one up;
    "terms": and must agree to the terms).
    """
    pending: dict[str, Any] = request.session.get(what, {})
    if not pending or now.timestamp() - pending["at"] > WAITING_SECONDS:
        return None, {}
    return queries.active_since(pending["user"], epoch=pending["epoch"]), pending


def second_step_done(
    request: HttpRequest, user: User, pending: dict[str, Any], *, remember: bool = False, now: datetime
) -> HttpResponse:
    """Let them in, or on to setting up the app or passkey that their account still needs."""
    if pending.get("enrol"):
        return send_to_enrol(request, user, after=pending["after"], now=now)
    known = pending.get("directory", {})
    arrival = Arrival(user, after=pending["after"], remember=remember, directory=known)
    return let_in(request, arrival, now=now)


def send_to_enrol(request: HttpRequest, user: User, *, after: str, now: datetime) -> HttpResponse:
    """Somebody who proved who they are must set up an app or a passkey before anything else."""
    request.session.pop("pending", None)
    request.session.cycle_key()
    request.session["enrol"] = {
        "user": user.pk,
        "after": after,
        "at": now.timestamp(),
        "epoch": user.session_epoch,
    }
    return redirect("account:enrol")


def let_in(request: HttpRequest, arrival: Arrival, *, now: datetime) -> HttpResponse:
    """Both steps are done: in, or first to the Terms and Conditions if they must agree before."""
    user = arrival.user
    if user.terms_agreed_at is None or request.session.get("terms_due"):
        request.session.pop("pending", None)
        request.session["after"] = arrival.after
        return send_to_terms(request, arrival, now=now)
    accounts.note_entry(user, verified=arrival.verified, language=chosen(request), now=now)
    return come_in(request, replace(arrival, first=user.last_login is None), now=now)


def ask_terms(request: HttpRequest, door: str) -> None:
    """A sign-in begins at ``door`` without a form that could ask it: schools agree each time they come in."""
    request.session["terms_due"] = door == "schools"


def send_to_terms(request: HttpRequest, arrival: Arrival, *, now: datetime) -> HttpResponse:
    """Somebody who proved who they are must agree to the Terms and Conditions before they are in."""
    request.session["terms"] = {
        "user": arrival.user.pk,
        "at": now.timestamp(),
        "epoch": arrival.user.session_epoch,
        "verified": arrival.verified,
        "remember": arrival.remember,
        "directory": dict(arrival.directory),
    }
    return redirect("account:terms")


def come_in(request: HttpRequest, arrival: Arrival, *, now: datetime) -> HttpResponse:
    """Begin the session of somebody who has signed in."""
    user = arrival.user
    key = device_key(request) or new_key()
    waits = queries.must_wait(user, device=queries.known_device(user, key), now=now)
    device = _note_device(request, arrival, key, waits, now)
    _connect(request, user, now)
    own: dict[str, Any] = {"device": device.pk, "by_email": waits, **arrival.directory}
    enter(request, user, verified=arrival.verified, now=now, **own)
    _warn_of_password(request, user, now)
    target = _by_the_announcement(request, user, arrival.after, verified=arrival.verified)
    response = redirect(_next(user, target or returning.home(), first=arrival.first))
    response.set_cookie(
        DEVICE_COOKIE,
        key,
        max_age=DEVICE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _note_device(request: HttpRequest, arrival: Arrival, key: str, waits: bool, now: datetime) -> Device:
    browser, system = describe(request.headers.get("User-Agent", ""))
    return accounts.note_device(
        arrival.user,
        key=key,
        browser=browser,
        system=system,
        remember=arrival.remember and not waits,
        proved=arrival.verified and not waits,
        now=now,
    )


def _connect(request: HttpRequest, user: User, now: datetime) -> None:
    """Connect the account with the directory that sent them here to prove that it is theirs."""
    linking = request.session.get("linking")
    if not linking or now.timestamp() - linking["at"] > WAITING_SECONDS:
        return
    provider = queries.provider_named(linking["provider"])
    if provider:
        accounts.link_identity(
            user, provider=provider, subject=linking["subject"], email=linking["email"], now=now
        )


def sign_in_address(door: str) -> str:
    """The sign-in page of a door: staff have a user name at theirs, and schools have their own."""
    return reverse("account:sign-in") + (f"?door={door}" if door in OWN_PAGES else "")


def done_page(request: HttpRequest, name: str, user: User) -> HttpResponse:
    """What a link (or an old password) has done, and the way to the sign-in page of its owner's door."""
    context = {"name": name, "done": True, "sign_in": sign_in_address(door_of(user))}
    return render(request, "account/link.html", context)


def door_of(user: User) -> str:
    """At which of OWN_PAGES ``user`` signs in; "" for the one of families, and of who is one besides."""
    doors = holder_for(user, verified=False).doors
    return "" if "families" in doors else next((door for door in OWN_PAGES if door in doors), "")


def door_of_last(request: HttpRequest) -> str:
    """``door_of`` whoever was signed in here last and did not sign out; "" where nobody was."""
    user = last_person(request)
    return door_of(user) if user else ""


def device_key(request: HttpRequest) -> str:
    """The cookie by which we know this browser, or "" where it has none of ours."""
    key = request.COOKIES.get(DEVICE_COOKIE, "")
    return key if len(key) == len(new_key()) and key.isascii() else ""


def _by_the_announcement(request: HttpRequest, user: User, after: str, *, verified: bool) -> str:
    """Families read what is announced before the page they signed in for; their home shows it by itself."""
    if not after or after == returning.home() or not announcing.waits(request):
        return after
    if "families" not in holder_for(user, verified=verified).doors:
        return after
    return announcing.before(after)


def _next(user: User, after: str, *, first: bool) -> str:
    """At the first sign-in after an invitation the secret question comes before anything else."""
    if first and setting("secret_question.on") and not user.secret_answer:
        return f"{reverse('account:first-question')}?{urlencode({'next': after})}"
    return after


def _warn_of_password(request: HttpRequest, user: User, now: datetime) -> None:
    left = queries.password_days_left(user, now=now)
    if left is not None and left <= setting("password.expiry_warning_days"):
        messages.warning(request, texts.say("account.Password_EndsSoon", days=left))

"""Staff set up an app or a passkey before anything else, once a password and an email proved who they are."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import open_to_all
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User

from .. import adding, letting_in

ANYBODY = open_to_all("Who sets up a second step is not signed in yet.")
page = require_http_methods(["GET", "HEAD", "POST"])


def _enrolling(request: HttpRequest) -> tuple[User | None, dict[str, Any]]:
    return letting_in.waiting(request, timezone.now(), what="enrol")


@require_http_methods(["GET", "HEAD"])
@ANYBODY
def enrol(request: HttpRequest) -> HttpResponse:
    """Choose between an app and a passkey."""
    user, _ = _enrolling(request)
    if user is None:
        return redirect("account:sign-in")
    return render(request, "account/enrol.html", {"passkeys": accounts.passkeys_possible()})


@never_cache
@page
@ANYBODY
def app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app."""
    return _set_up(request, adding.app_page)


@never_cache
@page
@ANYBODY
def passkey(request: HttpRequest) -> HttpResponse:
    """Set up a passkey."""
    return _set_up(request, adding.passkey_page)


def _set_up(request: HttpRequest, draw: Callable[..., HttpResponse]) -> HttpResponse:
    """The page that ``draw`` makes for somebody who must set up a second step; then the recovery codes."""
    user, _ = _enrolling(request)
    if user is None:
        return redirect("account:sign-in")
    then = lambda: _codes(request, user)  # noqa: E731
    return draw(request, user, then=then, back="account:enrol", now=timezone.now())


def _codes(request: HttpRequest, user: User) -> HttpResponse:
    """The recovery codes, shown this once."""
    made = accounts.make_recovery_codes(user, by=user, now=timezone.now())
    return render(request, "account/recovery_codes.html", {"codes": made, "enrolling": True})


@require_POST
@ANYBODY
def done(request: HttpRequest) -> HttpResponse:
    """In, once there is an app or a passkey."""
    user, enrolling = _enrolling(request)
    if user is None:
        return redirect("account:sign-in")
    if not (queries.apps_of(user) or queries.passkeys_of(user)):
        return redirect("account:enrol")
    now = timezone.now()
    return letting_in.let_in(request, letting_in.Arrival(user, after=enrolling["after"]), now=now)

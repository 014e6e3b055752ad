"""Nobody who uses the portal by consent goes on before they have answered the current statement.

It counts in every open session from its next request.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from guildhall.foundation.access.doors import door_of, holder_of
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.middleware import HELD_COOKIE
from guildhall.people.accounts.models import User

from . import queries

Answer = Callable[[HttpRequest], HttpResponse]
# What stays open: the statement itself, and saying that somebody is still there.
OPEN = frozenset({"account:new-statement", "account:decline-statement", "account:keep-alive"})
KEY = "consent"


class ConsentMiddleware:
    """Puts the current statement before every page that is not open to all."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        user = request.user
        if not isinstance(user, User) or not _is_closed(request, view) or _has_agreed(request, user):
            return None
        return _ask_first(request, user)


def _is_closed(request: HttpRequest, view: Callable[..., Any]) -> bool:
    door = door_of(view)
    match = request.resolver_match
    if door is None or door.permission is None or (match is not None and match.view_name in OPEN):
        return False
    return queries.is_asked(holder_of(request))


def _has_agreed(request: HttpRequest, user: User) -> bool:
    current = queries.current_id()
    if request.session.get(KEY) == current:
        return True
    if queries.has_agreed(user, current):
        request.session[KEY] = current
        return True
    return False


def _ask_first(request: HttpRequest, user: User) -> HttpResponse:
    """The statement, with the way back; what was sent is kept until it is answered."""
    if "X-Page" in request.headers:
        return JsonResponse({"sign_in": _page(request.headers["X-Page"])}, status=401)
    if request.method in {"GET", "HEAD"}:
        return redirect(_page(request.get_full_path()))
    pairs = [(name, value) for name, values in request.POST.lists() for value in values if _may_keep(name)]
    key = accounts.hold_post(user.pk, path=request.get_full_path(), fields=pairs, now=timezone.now())
    if key is None:
        return redirect(_page(""))
    response = redirect(_page(reverse("account:held")))
    response.set_cookie(
        HELD_COOKIE, key, max_age=3600, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _may_keep(name: str) -> bool:
    return name != "csrfmiddlewaretoken" and "password" not in name


def _page(after: str) -> str:
    query = f"?{urlencode({'next': after})}" if after else ""
    return reverse("account:new-statement") + query

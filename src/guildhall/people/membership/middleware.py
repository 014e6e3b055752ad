from collections.abc import Callable
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from guildhall.foundation.access.holder import NOBODY, Holder
from guildhall.people.accounts.entering import held_until
from guildhall.people.accounts.models import User

from .queries import holder_for, holder_from

Answer = Callable[[HttpRequest], HttpResponse]


class PersonMiddleware:
    """Says who is signed in, from what the session store read in one statement."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = _person(request.session) or AnonymousUser()
        return self.get_response(request)


def _person(session: Any) -> User | None:
    """The session's person, while active and with the password that the session began with."""
    if SESSION_KEY not in session:
        return None
    person: User | None = session.person
    if person is None or not person.is_active or str(person.pk) != session[SESSION_KEY]:
        return None
    known = session.get(HASH_SESSION_KEY, "")
    right = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    return person if any(constant_time_compare(known, one) for one in right) else None


class HolderMiddleware:
    """Works out who is asking, on every request, so that a change of role counts at once."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.holder = _holder(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def _holder(request: HttpRequest) -> Holder:
    user = request.user
    if not isinstance(user, User):
        return NOBODY
    verified = bool(request.session.get("verified"))
    until = held_until(request.session, user, timezone.now())
    if getattr(request.session, "person", None) is user:
        return holder_from(user, request.session.roles, verified=verified, held_until=until)  # type: ignore[attr-defined]
    return holder_for(user, verified=verified, held_until=until)

"""The door of a view: who may come in. A view without one stops the program (see ``check``)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from .holder import NOBODY, Holder
from .permissions import Permission

View = Callable[..., HttpResponse]
OWN_FORMS = frozenset({Permission.FILL_IN_FORMS, Permission.DELETE_FORMS})


@dataclass(frozen=True)
class Door:
    """What a view declared. ``permission`` None means open to all, for ``reason``.

    ``verified``: the session must have passed the second step. ``reads_child``: the view shows a
    child's information, so it must leave a record in the audit. ``draft``: it shows the person's own
    unfinished form, which a session that is held may go on with.
    """

    permission: Permission | None
    verified: bool = False
    reads_child: bool = False
    reason: str = ""
    draft: bool = False

    @property
    def held(self) -> bool:
        """Closed to a session that only email opened after the account was recovered."""
        own = self.permission in OWN_FORMS and not self.reads_child
        return self.verified and not (own or self.draft)

    def __str__(self) -> str:
        if self.permission is None:
            return f"open to all: {self.reason}"
        marks = [
            str(self.permission),
            *(["verified"] if self.verified else []),
            *(["reads child"] if self.reads_child else []),
        ]
        return ", ".join(marks)


def holder_of(request: HttpRequest) -> Holder:
    """Who asks; NOBODY before the membership middleware ran."""
    return getattr(request, "holder", NOBODY)


def door(
    permission: Permission, *, verified: bool = False, reads_child: bool = False, draft: bool = False
) -> Callable[[View], View]:
    """Let in signed-in people who hold ``permission`` (and, with ``verified``, passed the second step)."""
    here = Door(permission, verified=verified, reads_child=reads_child, draft=draft)

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            holder = holder_of(request)
            if holder.user_id is None:
                return redirect(f"{reverse('account:sign-in')}?{urlencode({'next': _way_back(request)})}")
            if not holder.may(permission):
                raise PermissionDenied
            if verified and (closed := kept_out(request, held=here.held)):
                return closed
            return view(request, *args, **kwargs)

        guarded.door = here  # type: ignore[attr-defined]
        return guarded

    return declare


def kept_out(request: HttpRequest, *, held: bool = True) -> HttpResponse | None:
    """What a session gets that did not pass the second step or, with ``held``, that only email opened after
    the account was recovered; None for every other.
    """
    holder = holder_of(request)
    if not holder.verified:
        return render(request, "access/two_step_needed.html", status=403)
    if not held or holder.held_until is None:
        return None
    context = {"until": holder.held_until, "saves_forms": holder.may(Permission.FILL_IN_FORMS)}
    return render(request, "access/held.html", context, status=403)


def open_to_all(reason: str) -> Callable[[View], View]:
    """Let everybody in, and say why that is right."""

    def declare(view: View) -> View:
        @wraps(view)
        def unguarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        unguarded.door = Door(None, reason=reason)  # type: ignore[attr-defined]
        return unguarded

    return declare


def door_of(view: Any) -> Door | None:
    """The door that ``view`` declares, or None for a silent one."""
    return getattr(view, "door", None)


def _way_back(request: HttpRequest) -> str:
    """Where to return after signing in: this page, or for a post the page it came from."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return request.headers.get("X-Page", request.path)

"""What it takes to open general administration at all, whatever each of its pages asks besides."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.access.permissions import ADMINISTERING
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

AREA = "administration"


class AdministrationMiddleware:
    """Refuses the area to staff who lack something for it, and to everybody while the module is off.

    The page says which of the conditions is missing. Whoever is no member of staff gets what the pages'
    own doors say.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.namespace != AREA or not isinstance(request.user, User):
            return None
        holder, user = holder_of(request), request.user
        if "council" not in holder.doors and not user.user_name:
            return None
        if not setting("modules.portal"):
            return render(request, "administration/refused.html", {"off": True}, status=403)
        conditions = {
            "user": user.is_active,
            "email": _works(user.email),
            "group": "council" in holder.doors,
            "permissions": bool(holder.permissions & ADMINISTERING),
        }
        if all(conditions.values()):
            return None
        lines = [(say(f"administration.Refused_{key}"), there) for key, there in conditions.items()]
        return render(request, "administration/refused.html", {"lines": lines}, status=403)


def _works(address: str | None) -> bool:
    try:
        validate_email(address or "")
    except ValidationError:
        return False
    return True

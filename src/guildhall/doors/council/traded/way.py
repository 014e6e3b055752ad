"""Who has these pages, and where they stand."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who

DOOR = door(Permission.KEEP_TRADED_SERVICES, verified=True)


def acting(request: HttpRequest) -> dict[str, Any]:
    """Who acts, as services ask."""
    return {"holder": holder_of(request), "by": who(request), "now": timezone.now()}


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page: home, the catalogue, and then ``more``: (words, address)."""
    here = (say("schools.TradedCouncil_Heading"), reverse("council:traded") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *more]

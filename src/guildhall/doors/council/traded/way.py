"""Who has these pages, and where they stand."""

from django.urls import reverse

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.texts.queries import say

DOOR = door(Permission.KEEP_TRADED_SERVICES, verified=True)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page: home, the catalogue, and then ``more``: (words, address)."""
    here = (say("schools.TradedCouncil_Heading"), reverse("council:traded") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *more]

"""Where these pages stand, and what they have alike."""

from datetime import date

from django.http import Http404
from django.urls import reverse

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.texts.queries import say

HERE = door(Permission.HANDLE_INVOICES, verified=True)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page; ``more`` are what lies below the first of these, with their addresses."""
    here = (say("schools.FinanceCouncil_Heading"), reverse("council:finance") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *more]


def month_in(typed: str) -> date:
    """The month that an address names, such as 2026-10. Raises Http404."""
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        raise Http404 from None

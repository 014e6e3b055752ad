"""The way down to a page of general administration."""

from django.urls import reverse

from guildhall.foundation.texts.queries import say


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Home, general administration, and then ``more``: (words, address or "" for the page itself)."""
    return [
        (say("shared.Menu_Home"), reverse("council:home")),
        (say("administration.General_Heading"), reverse("administration:home") if more else ""),
        *more,
    ]

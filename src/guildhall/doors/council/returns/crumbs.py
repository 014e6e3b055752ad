"""Where these pages stand."""

from django.urls import reverse

from guildhall.foundation.texts.queries import say


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page; ``more`` are what lies below the list of schools, with their addresses."""
    here = (say("schools.ReturnsCouncil_Heading"), reverse("council:returns") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *more]

"""Who has these pages, and where they stand."""

from django.urls import reverse

from guildhall.foundation.texts.queries import say
from guildhall.work.annualreviews import rules

from ..teams import only

of_the_team = only(rules.works_for)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page; ``more`` are those below the list."""
    here = (say("schools.SenReview_Council_Heading"), reverse("council:annual-reviews") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *more]

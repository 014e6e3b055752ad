"""Who has these pages, and where they stand."""

from django.urls import reverse

from guildhall.foundation.texts.queries import say
from guildhall.work.meals import rules

from ..teams import only

of_the_team = only(rules.keeps_lists)


def crumbs(*more: str) -> list[tuple[str, str]]:
    """The way to a page; ``more`` are the headings below the work list."""
    here = (say("schools.MealsCouncil_Heading"), reverse("council:meals") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *((one, "") for one in more)]

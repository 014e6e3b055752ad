"""Who has these pages, and where they stand."""

from django.urls import reverse

from guildhall.foundation.texts.queries import say
from guildhall.work.admissions import rules
from guildhall.work.admissions.models import Round

from ..teams import only

of_the_team = only(rules.loads_lists)


def crumbs(found: Round | None = None, *more: str) -> list[tuple[str, str]]:
    """The way to a page; ``more`` are the headings below the round."""
    below = bool(found or more)
    way = [
        (say("shared.Menu_Home"), reverse("council:home")),
        (say("schools.AdmissionsCouncil_Heading"), reverse("council:admissions") if below else ""),
    ]
    if found:
        way.append((found.title, reverse("council:admissions-round", args=[found.pk]) if more else ""))
    return [*way, *((one, "") for one in more)]

"""Reading the register of schools, and the council's teams."""

from django.db.models import QuerySet

from guildhall.foundation.kit.identifiers import fold_name

from .models import Establishment, Team


def open_establishments() -> QuerySet[Establishment]:
    """The schools and settings that are not closed, by name."""
    return Establishment.objects.filter(closed_on=None).order_by("name", "urn")


def find_establishments(words: str, *, most: int = 8) -> list[Establishment]:
    """Open schools that ``words`` may mean, at most ``most``, those of just this name or URN first.

    Case, marks, hyphens and apostrophes do not count; otherwise every word has to be in the name.
    """
    sought = fold_name(words)
    if not sought:
        return []
    known = [(fold_name(one.name), one) for one in open_establishments()]
    exact = [one for name, one in known if sought in (name, one.urn)]
    partly = [one for name, one in known if all(word in name for word in sought.split())]
    return [*exact, *(one for one in partly if one not in exact)][:most]


def teams() -> list[Team]:
    """Every team of the authority, by key."""
    return list(Team.objects.order_by("key"))

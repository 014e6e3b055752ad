"""Reading the register of schools, and the council's teams."""

from django.db.models import QuerySet

from guildhall.foundation.kit.identifiers import fold_name

from .models import Establishment, Team

DIRECTORY = ("name", "phase", "number", "town", "postcode")


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


def phases() -> list[str]:
    """The phases of schools and settings that are open, in order."""
    rows = open_establishments().exclude(phase="").order_by("phase")
    return list(rows.values_list("phase", flat=True).distinct())


def directory(words: str, *, phase: str, sort: str) -> QuerySet[Establishment]:
    """The open schools of ``phase`` ("" for any) that say every one of ``words`` somewhere.

    ``sort`` is one of DIRECTORY, with "-" before it for backwards. Marks and case of names do not count.
    """
    rows = open_establishments()
    if phase:
        rows = rows.filter(phase=phase)
    if sought := fold_name(words).split():
        known = ((one.pk, fold_name(_said_of(one))) for one in rows)
        rows = rows.filter(pk__in=[pk for pk, said in known if all(each in said for each in sought)])
    return rows.order_by(sort, "name", "pk")


def _said_of(one: Establishment) -> str:
    return f"{one.name} {one.town} {one.postcode} {one.urn} {one.la_code}/{one.number} {one.number}"


def teams() -> list[Team]:
    """Every team of the authority, by key."""
    return list(Team.objects.order_by("key"))

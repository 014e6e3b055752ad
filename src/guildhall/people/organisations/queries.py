"""Reading the register of schools, and the council's teams."""

from django.db.models import QuerySet

from .models import Establishment, Team


def open_establishments() -> QuerySet[Establishment]:
    """The schools and settings that are not closed, by name."""
    return Establishment.objects.filter(closed_on=None).order_by("name", "urn")


def teams() -> list[Team]:
    """Every team of the authority, by key."""
    return list(Team.objects.order_by("key"))

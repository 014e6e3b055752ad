"""Lists that somebody keeps in an order of their own, by a field ``position``."""

from typing import Any, TypeVar

from django.db.models import Max, Model, QuerySet

Row = TypeVar("Row", bound=Model)


def end_of(rows: QuerySet[Any]) -> int:
    """The position of what comes after all of ``rows``."""
    return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1


def swapped(rows: QuerySet[Row], row: Row, *, up: bool) -> list[Row]:
    """All of ``rows``, locked and numbered anew from 1, with ``row`` in the place of its neighbour.

    Empty where ``row`` is the first or the last. The caller, in a transaction, saves the positions.
    """
    listed: list[Any] = list(rows.select_for_update().order_by("position", "pk"))
    place = [one.pk for one in listed].index(row.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(listed):
        return []
    listed[place], listed[other] = listed[other], listed[place]
    for number, one in enumerate(listed, start=1):
        one.position = number
    return listed

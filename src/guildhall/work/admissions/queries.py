"""Reading rounds and lists, starting from who asks."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, PositiveIntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment
from guildhall.people.responsibilities import queries as responsibilities

from . import rules
from .models import Application, Capacity, Loading, Round

Status = Application.Status
PLACED = (Status.OFFERED, Status.ACCEPTED)
SORTS: dict[str, Any] = {
    "preference": F("preference"),
    "name": Lower("surname"),
    "reference": F("reference"),
    "born": F("born_on"),
    "criterion": Lower("criterion"),
    "distance": F("distance"),
    "status": F("shown"),
    "waiting": F("shown_waiting"),
}


def sees_lists(holder: Holder, school_id: int) -> bool:
    """Whether a responsibility of ``holder`` at the school opens its lists."""
    return responsibilities.opens(holder, school_id, rules.SYSTEM)


def rounds() -> QuerySet[Round]:
    """Every round, the newest first."""
    return Round.objects.order_by("-year", "title", "pk")


def rounds_of(holder: Holder, school_id: int) -> list[Round]:
    """The rounds in which somebody applied to a school, the newest first, for whoever may see them."""
    if not sees_lists(holder, school_id):
        return []
    return list(rounds().filter(pk__in=Application.objects.filter(school=school_id).values("round")))


def applications_of(holder: Holder, found: Round, school_id: int, *, today: date) -> QuerySet[Application]:
    """The applications to a school, with ``shown`` and ``shown_waiting``: the status that the asker may know.

    None for others than those the list opens for, and the council's team.
    """
    rows = Application.objects.filter(round=found, school_id=school_id)
    loads = rules.loads_lists(holder)
    opens = loads or sees_lists(holder, school_id)
    if loads or not opens or rules.shows_offers(found, today=today):
        known = rows.annotate(shown=F("status"), shown_waiting=F("waiting"))
        return known if opens else known.none()
    words = CharField()
    shown = Case(
        When(status=Status.WITHDRAWN, then=Value(Status.WITHDRAWN.value, words)),
        default=Value(Status.APPLIED.value, words),
        output_field=words,
    )
    return rows.annotate(shown=shown, shown_waiting=Value(None, PositiveIntegerField(null=True)))


def ordered(rows: QuerySet[Application], sort: str) -> QuerySet[Application]:
    """``rows`` by one of SORTS, with "-" in front the other way; then by name."""
    key = sort.removeprefix("-")
    first = SORTS.get(key, SORTS["preference"])
    turned = first.desc(nulls_last=True) if sort.startswith("-") else first.asc(nulls_last=True)
    return rows.order_by(turned, Lower("surname"), Lower("forename"), "pk")


def among(rows: QuerySet[Application], words: str) -> list[Application]:
    """Those in whose name, reference or UPN every one of ``words`` is found, whatever its case and marks."""
    sought = fold_name(words).split()
    return [one for one in rows if _has(fold_name(f"{one.name} {one.reference} {one.upn}"), sought)]


def _has(said: str, sought: list[str]) -> bool:
    return all(word in said for word in sought)


@dataclass(frozen=True)
class Counts:
    """How many applied to a school, by preference and status, against its published admission number."""

    total: int
    by_preference: dict[int, int] = field(default_factory=dict)
    by_status: dict[str, int] = field(default_factory=dict)
    number: int | None = None

    @property
    def placed(self) -> int:
        """Places that were offered and not declined."""
        return sum(self.by_status.get(status, 0) for status in PLACED)

    @property
    def left(self) -> int | None:
        """Places that are left; below nought where more were offered than there are."""
        return None if self.number is None else self.number - self.placed


def counts_of(rows: QuerySet[Application], found: Round, school_id: int) -> Counts:
    """The counts of ``rows`` (of ``applications_of``), which nobody filtered."""
    plain = rows.order_by()
    preferences = dict(plain.values_list("preference").annotate(count=Count("pk")).order_by("preference"))
    statuses = dict(plain.values_list("shown").annotate(count=Count("pk")))  # type: ignore[misc]
    number = Capacity.objects.filter(round=found, school=school_id).values_list("number", flat=True).first()
    return Counts(sum(preferences.values()), preferences, statuses, number)


def schools_kept(holder: Holder) -> QuerySet[Establishment]:
    """Open schools by name, for the council's team."""
    if not rules.loads_lists(holder):
        return Establishment.objects.none()
    return Establishment.objects.filter(closed_on=None).order_by("name", "pk")


def totals(found: Round, schools: list[Establishment]) -> dict[int, dict[str, int | None]]:
    """By school: how many applied, how many are placed, and the published admission number."""
    pks = [one.pk for one in schools]
    rows = Application.objects.filter(round=found, school__in=pks).values_list("school")
    counted = rows.annotate(applied=Count("pk"), placed=Count("pk", filter=Q(status__in=PLACED)))
    by_school = {school: (applied, placed) for school, applied, placed in counted.order_by()}
    numbers = dict(found.capacities.filter(school__in=pks).values_list("school", "number"))
    return {
        pk: {
            "applied": by_school.get(pk, (0, 0))[0],
            "placed": by_school.get(pk, (0, 0))[1],
            "number": numbers.get(pk),
        }
        for pk in pks
    }


def loadings_of(user: User) -> QuerySet[Loading]:
    """What ``user`` read in."""
    return Loading.objects.select_related("round").filter(by=user)

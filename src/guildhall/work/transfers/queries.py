"""Reading transfers and lost pupils, starting from who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.db.models.functions import Lower

from guildhall.foundation.access.holder import Holder
from guildhall.people.calendars import queries as calendars
from guildhall.people.calendars.days import Span, Unpublished
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.organisations.models import Establishment

from . import rules
from .models import Event, Pupil, Transfer

State, Towards = Transfer.State, Transfer.Towards
HELD_BY = "transfer"
_FAR = Case(*(When(state=state, then=far) for far, state in enumerate(State.values)))
SORTS: dict[str, tuple[Any, ...]] = {
    "sent": (F("sent_at"),),
    "name": (Lower("name"),),
    "source": (Lower("source__name"), "sent_at"),
    "destination": (Lower("destination__name"), "sent_at"),
    "count": (F("count"), "sent_at"),
    "state": (_FAR, "sent_at"),
}


def uses(holder: Holder, school_id: int) -> bool:
    """Whether the school's approver lets ``holder`` use file transfer there."""
    if school_id not in holder.schools:
        return False
    place = holder.carried.get(school_id)
    if place is None:
        places = SchoolPlace.objects.filter(user=holder.user_id, school=school_id)
        place = places.filter(membership__ended_at=None).first()
    return place is not None and rules.SERVICE in place.secure


def users_of(school_id: int) -> list[SchoolPlace]:
    """Who uses file transfer at a school; where nobody does, its supervisors, who can let somebody."""
    rows = SchoolPlace.objects.filter(school=school_id, membership__ended_at=None, membership__locked_at=None)
    places = list(rows.select_related("user").order_by("pk"))
    return [one for one in places if rules.SERVICE in one.secure] or [one for one in places if one.seat]


def somebody_uses(school_id: int) -> bool:
    """Whether anybody at the school is let use file transfer."""
    return any(rules.SERVICE in one.secure for one in users_of(school_id))


def _rows() -> QuerySet[Transfer]:
    people = ("uploaded_by", "sent_by", "received_by", "claimed_by")
    return Transfer.objects.select_related("source", "destination", "file", "answers", *people)


def sent_from(holder: Holder, school_id: int, *, sort: str = "-sent") -> QuerySet[Transfer]:
    """What a school has sent or is about to; that first."""
    if not uses(holder, school_id):
        return Transfer.objects.none()
    return _sorted(_rows().filter(source=school_id), sort)


def received_at(holder: Holder, school_id: int, *, sort: str = "-sent") -> QuerySet[Transfer]:
    """What was sent to a school, or claimed by it."""
    if not uses(holder, school_id):
        return Transfer.objects.none()
    return _sorted(_rows().filter(destination=school_id, state__in=Transfer.ON_THE_WAY), sort)


def _sorted(rows: QuerySet[Transfer], sort: str) -> QuerySet[Transfer]:
    first, *rest = SORTS.get(sort.removeprefix("-"), SORTS["sent"])
    way = first.desc(nulls_first=True) if sort.startswith("-") else first.asc(nulls_last=True)
    return rows.order_by(way, *rest, "pk")


def waiting_at(holder: Holder, school_id: int) -> QuerySet[Transfer]:
    """What a school has not downloaded yet."""
    return received_at(holder, school_id).filter(state=State.SENT)


def of_school(holder: Holder, school_id: int) -> QuerySet[Transfer]:
    """Everything that a school may open: what it sent, and what was sent to it."""
    if not uses(holder, school_id):
        return Transfer.objects.none()
    theirs = Q(destination=school_id, state__in=Transfer.ON_THE_WAY)
    return _rows().filter(theirs | Q(source=school_id))


def every(holder: Holder, *, sort: str = "-sent") -> QuerySet[Transfer]:
    """Every file that was sent, and those the council is about to send, for the council's team."""
    if not rules.handles(holder):
        return Transfer.objects.none()
    return _sorted(_rows().filter(Q(source=None) | ~Q(state=State.CHECKED)), sort)


def among(rows: QuerySet[Transfer], words: str) -> QuerySet[Transfer]:
    """Those in whose name, or in the name of one of whose ends, ``words`` are found."""
    ends = Q(source__name__icontains=words) | Q(destination__name__icontains=words)
    return rows.filter(ends | Q(name__icontains=words))


def at_school(rows: QuerySet[Transfer], school_id: int) -> QuerySet[Transfer]:
    """Those that a school sent or is sent."""
    return rows.filter(Q(source=school_id) | Q(destination=school_id))


def to_council(holder: Holder) -> QuerySet[Transfer]:
    """What was sent to the council."""
    return every(holder).filter(towards=Towards.COUNCIL, state__in=Transfer.ON_THE_WAY)


def schools_with(holder: Holder) -> QuerySet[Establishment]:
    """The schools that sent or were sent something, by name."""
    rows = every(holder).order_by()
    ends = Q(pk__in=rows.values("source")) | Q(pk__in=rows.values("destination"))
    return Establishment.objects.filter(ends).order_by("name", "pk")


def open_schools() -> QuerySet[Establishment]:
    """The schools that may be handed a file, by name."""
    return Establishment.objects.filter(closed_on=None).exclude(number="").order_by("name", "pk")


def pupils_of(transfer: Transfer) -> QuerySet[Pupil]:
    """The pupils of a file, by surname."""
    return Pupil.objects.filter(transfer=transfer).order_by("folded", "forename", "position")


def outcomes_of(transfer: Transfer) -> dict[str, list[Pupil]]:
    """The students of a file by what became of asking for their numbers."""
    found: dict[str, list[Pupil]] = {one: [] for one in Pupil.Outcome}
    for one in pupils_of(transfer).exclude(outcome=""):
        found[one.outcome].append(one)
    return found


def answer_to(transfer: Transfer) -> Transfer | None:
    """The file that brings the numbers which ``transfer`` asked for."""
    return _rows().filter(answers=transfer).first()


def events_of(transfer: Transfer) -> list[Event]:
    """What happened to a file, in order."""
    return list(Event.objects.filter(transfer=transfer).select_related("by", "school").order_by("at", "pk"))


def lost() -> QuerySet[Transfer]:
    """The files of pupils whose destination nobody knows, and whom nobody has claimed."""
    return _rows().filter(towards=Towards.LOST, state=State.SENT, claimed_at=None)


@dataclass(frozen=True)
class Figures:
    """How the transfers stand, for the council's team."""

    waiting: int
    chased: int
    lost: int
    numbers: int
    month: int


def figures(holder: Holder, *, today: date) -> Figures:
    """How many files wait, were chased, are of lost pupils, ask for numbers, were sent in 30 days."""
    rows = every(holder).order_by()
    wait = _to_download()
    counted = rows.aggregate(
        waiting=Count("pk", filter=wait),
        chased=Count("pk", filter=wait & Q(chased_at__isnull=False)),
        lost=Count("pk", filter=Q(state=State.SENT, towards=Towards.LOST, claimed_at=None)),
        numbers=Count("pk", filter=_asking()),
        month=Count("pk", filter=Q(sent_at__date__gt=today - timedelta(days=30))),
    )
    return Figures(**counted)


def to_download(rows: QuerySet[Transfer]) -> QuerySet[Transfer]:
    """Those that somebody can download and nobody has."""
    return rows.filter(_to_download())


def _to_download() -> Q:
    with_an_end = Q(towards__in=[Towards.SCHOOL, Towards.COUNCIL]) | Q(claimed_at__isnull=False)
    return Q(state=State.SENT) & with_an_end


def asking(holder: Holder) -> QuerySet[Transfer]:
    """Files that ask for unique learner numbers, not answered yet; the oldest first."""
    return every(holder, sort="sent").filter(_asking())


def _asking() -> Q:
    on_the_way = Q(state__in=Transfer.ON_THE_WAY, answered_at=None)
    return on_the_way & Q(kind="ULN", towards=Towards.COUNCIL)


def to_chase(today: date) -> QuerySet[Transfer]:
    """Files that nobody downloaded though it is time."""
    rows = _rows().filter(state=State.SENT, chased_at=None, chase_on__lte=today)
    return rows.order_by("pk")


def over(today: date) -> QuerySet[Transfer]:
    """Files whose time is over."""
    return _rows().filter(keep_until__lt=today).order_by("pk")


def day_after(school_id: int | None, day: date, *, count: int) -> date:
    """The day by which ``count`` school days have passed since ``day``; without term dates, weekdays."""
    try:
        span = Span(day, day + timedelta(days=2 * count))
        return calendars.days_of(school_id, span).after(day, count=count)
    except Unpublished:
        return _weekdays_after(day, count)


def next_weekday(day: date) -> date:
    """The next day that is no Saturday and no Sunday."""
    return _weekdays_after(day, 1)


def _weekdays_after(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def due_on(transfer: Transfer, pupils: Iterable[Pupil]) -> date | None:
    """By when the law wants the file sent: 15 school days after its first pupil left. None: unknown."""
    left = min((one.left_on for one in pupils if one.left_on), default=None)
    if left is None or transfer.kind != "CTF":
        return None
    return day_after(transfer.source_id, left, count=rules.SENT_WITHIN)

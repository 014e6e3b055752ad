"""Reading processes: for officers who share what is known of a child, and for the child's portal users."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Lower

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.typed import number
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import Membership
from guildhall.records.children.models import Child
from guildhall.records.clocks import queries as clocks
from guildhall.records.clocks.limits import NO_CALENDAR
from guildhall.records.clocks.packs import Pack
from guildhall.records.clocks.states import State, Timeliness
from guildhall.records.linkage.merges import brought_to
from guildhall.records.linkage.models import Merge
from guildhall.work.sharing.models import PortalUser
from guildhall.work.sharing.rules import TEAM, may_share

from .facts import REGISTERED
from .models import Change, Clock, Excuse, Process
from .rules import Excused, Running, running, works_for

SCHOOL_CLOSED = "school-closed"
MOST_FOLLOWED, MOST_TRACKED = 200, 5
WEEKS = 20
STATES = tuple(str(state) for state in State)
OPEN, ANY = "open", "all"
MINE, NOBODYS = "mine", "nobody"


def _name(of: str) -> Lower:
    return Lower(Concat(f"{of}__surname", Value(" "), f"{of}__forename"))


SORTS: dict[str, tuple[Any, ...]] = {
    "child": (_name("process__involvement__child"),),
    "step": (F("step"),),
    "due": (F("due_on"),),
    "owner": (Case(When(process__owner=None, then=None), default=_name("process__owner")),),
    "state": (F("order"), F("due_on")),
}


# For officers


def processes_of(holder: Holder, child: Child) -> QuerySet[Process]:
    """The processes of a child, the newest first, with those of records that were merged into this one."""
    if not may_share(holder):
        return Process.objects.none()
    rows = Process.objects.filter(involvement__child__in=brought_to(child.pk))
    return rows.select_related("owner", "involvement", "opened_by").order_by("-received_on", "-pk")


def excuses_of(process: Process) -> list[Excuse]:
    """Every exemption of a process, withdrawn ones too, the newest first."""
    related = ("school", "recorded_by", "withdrawn_by", "process__involvement")
    return list(process.excuses.select_related(*related).order_by("-recorded_at", "-pk"))


def excuse_of(holder: Holder, child: Child, pk: int) -> Excuse | None:
    """One of them, of a process of ``child``."""
    rows = Excuse.objects.filter(pk=pk, process__in=processes_of(holder, child))
    return rows.select_related("process__involvement").first()


def history_of(process: Process) -> list[Change]:
    """Every save of a process, the newest first."""
    return list(process.changes.select_related("by").order_by("-version"))


def owners_in(changes: Iterable[Change]) -> dict[int, User]:
    """Whoever had a process after one of its saves, by number. One query."""
    named = {one.told["owner"] for one in changes if one.told["owner"]}
    return User.objects.in_bulk(list(named))


def standing(process: Process) -> int:
    """The version of the save that counts now: the newest, or one before it where that was taken back."""
    undone = dict(process.changes.values_list("version", "undoes"))
    version = process.version
    while taken_back := undone.get(version):
        version = taken_back - 1
    return version


def before(process: Process) -> Change | None:
    """What the process said before the save that counts now."""
    return process.changes.filter(version=standing(process) - 1).first()


def packs_of(process: Process) -> tuple[Pack, Pack]:
    """The rule packs that the process kept: that of the assessment, and that of mediation and appeal."""
    kept = process.packs
    return (
        clocks.version(clocks.EHC, kept[clocks.EHC]),
        clocks.version(clocks.MEDIATION, kept[clocks.MEDIATION]),
    )


def excused(process: Process) -> list[Excused]:
    """The exemptions that count."""
    rows = process.excuses.filter(withdrawn_at=None).order_by("first_on", "pk")
    return [Excused(one.kind, one.first_on, one.last_on) for one in rows]


def running_of(process: Process) -> list[Running]:
    """Every step of it that began and still counts."""
    facts = process.facts
    sent = [one.on for one in facts.markers if one.kind == REGISTERED]
    calendar = clocks.calendar_around(sent[-1]) if sent else NO_CALENDAR
    return running(facts, *packs_of(process), excused(process), calendar)


def officers() -> QuerySet[User]:
    """Who can have a process: the people of the team, by name."""
    held = Membership.objects.filter(team=TEAM, ended_at=None, locked_at=None)
    people = User.objects.filter(state=User.State.ACTIVE, pk__in=held.values("user"))
    return people.order_by("surname", "forename", "pk")


def board(holder: Holder, *, today: date) -> QuerySet[Any]:
    """Every step of every process that counts, each with ``state`` as of today and its ``order``.

    The child's record may have given way to another one; whose was removed is left out.
    """
    if not works_for(holder):
        return Clock.objects.none()
    led = Merge.objects.filter(gone=OuterRef("process__involvement__child"), undone_at=None)
    there = Q(process__involvement__child__removed_at=None) | Exists(led)
    related = ("process__owner", "process__involvement__child")
    rows = Clock.objects.filter(there, process__mistaken=False).select_related(*related)
    return rows.annotate(state=_state(today)).annotate(order=_ORDER)


def _state(today: date) -> Case:
    late = Q(met_on__gt=F("due_on")) | Q(met_on=None, due_on__lt=today)
    return Case(
        When(late & Q(excused=True), then=Value(State.EXCUSED)),
        When(Q(met_on__gt=F("due_on")), then=Value(State.MET_LATE)),
        When(met_on__isnull=False, then=Value(State.MET)),
        When(due_on__lt=today, then=Value(State.OVERDUE)),
        When(risk_on__lte=today, then=Value(State.AT_RISK)),
        default=Value(State.ON_TIME),
        output_field=CharField(),
    )


_URGENCY = (State.OVERDUE, State.AT_RISK, State.EXCUSED, State.ON_TIME, State.MET_LATE, State.MET)
_ORDER = Case(
    *(When(state=state, then=Value(place)) for place, state in enumerate(_URGENCY)), default=Value(9)
)


def narrowed(
    rows: QuerySet[Any], *, state: str = OPEN, step: str = "", owner: str = "", words: str = "", me: int = 0
) -> QuerySet[Any]:
    """Those of ``board`` rows in a state (OPEN: not met yet), of a step, with an owner, about a child.

    ``owner``: MINE (of the account ``me``), NOBODYS, the number of an account, or "" for anybody's.
    """
    if state == OPEN:
        rows = rows.filter(met_on=None)
    elif state in STATES:
        rows = rows.filter(state=state)
    if step:
        rows = rows.filter(step=step)
    if owner == NOBODYS:
        rows = rows.filter(process__owner=None)
    elif owner:
        rows = rows.filter(process__owner=me if owner == MINE else int(owner))
    for word in words.split()[:5]:
        child = "process__involvement__child__"
        said = Q(**{f"{child}forename__icontains": word}) | Q(**{f"{child}surname__icontains": word})
        record = number(word.upper().removeprefix("CH"))
        rows = rows.filter(said | Q(process__involvement__child=record))
    return rows


def ordered(rows: QuerySet[Any], sort: str) -> QuerySet[Any]:
    """Sorted by a key of SORTS, with "-" before it for the other way round."""
    first, *rest = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    way = first.desc if sort.startswith("-") else first.asc
    return rows.order_by(way(nulls_last=True), *(one.asc() for one in rest), "due_on", "pk")


def counts(rows: QuerySet[Any]) -> dict[str, int]:
    """How many of ``board`` rows are in each state, are open, and are there at all."""
    found = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    waits = rows.filter(met_on=None).count()
    return {state: found.get(state, 0) for state in STATES} | {OPEN: waits, ANY: sum(found.values())}


def urgent_counts(holder: Holder, *, today: date) -> dict[str, int]:
    """How many steps are overdue and at risk; nothing for who does not see the board."""
    return counts(board(holder, today=today)) if works_for(holder) else {}


@dataclass(frozen=True)
class Week:
    """What falls due in the week that begins ``on``, a Monday: step → how many."""

    on: date
    due: Mapping[str, int]

    @property
    def count(self) -> int:
        return sum(self.due.values())


def forecast(rows: QuerySet[Any], *, today: date) -> list[Week]:
    """The open steps of ``board`` rows that fall due in this week and the next 19, week by week (GH-006).

    Those of this week that are overdue already are left out. One query.
    """
    monday = today - timedelta(days=today.weekday())
    span = (today, monday + timedelta(days=7 * WEEKS - 1))
    found = rows.order_by().filter(met_on=None, due_on__range=span).values_list("due_on", "step")
    weeks: list[dict[str, int]] = [{} for _ in range(WEEKS)]
    for due_on, step, count in found.annotate(Count("pk")):
        week = weeks[(due_on - monday).days // 7]
        week[step] = week.get(step, 0) + count
    return [Week(monday + timedelta(weeks=number), due) for number, due in enumerate(weeks)]


def timeliness(rows: QuerySet[Any], *, first_on: date, last_on: date) -> dict[str, Timeliness]:
    """Step → how many of those due between two days were in time, late, and late but excused (GH-004)."""
    late = (State.OVERDUE, State.MET_LATE)
    within = rows.order_by().filter(due_on__range=(first_on, last_on))
    found = within.values_list("step").annotate(
        met=Count("pk", filter=Q(state=State.MET)),
        late=Count("pk", filter=Q(state__in=late)),
        spared=Count("pk", filter=Q(state=State.EXCUSED)),
    )
    return {step: Timeliness(met, behind, spared) for step, met, behind, spared in found}


# For the portal users of a child


def followed(user: User) -> list[PortalUser]:
    """The entries through which ``user`` may follow a child now: authenticated, of records that are there."""
    rows = _entries(user).order_by("involvement__child__forename", "pk")
    return list(rows[:MOST_FOLLOWED])


def entry_of(user: User, involvement_id: int) -> PortalUser | None:
    """The entry through which ``user`` may follow the child of an involvement now (SP-326)."""
    return _entries(user).filter(involvement=involvement_id).first()


def tracked(entry: PortalUser) -> list[Process]:
    """The processes that somebody with ``entry`` sees, the newest first; those of merged records too."""
    records = brought_to(entry.involvement.child_id)
    rows = Process.objects.filter(involvement__child__in=records, mistaken=False).select_related("owner")
    return list(rows.order_by("-received_on", "-pk")[:MOST_TRACKED])


def newest_of(entries: list[PortalUser]) -> dict[int, Process]:
    """Involvement → its newest process that families see. One query."""
    rows = Process.objects.filter(
        involvement__in=[entry.involvement_id for entry in entries], mistaken=False
    ).order_by("received_on", "pk")
    return {process.involvement_id: process for process in rows}


def _entries(user: User) -> QuerySet[PortalUser]:
    rows = PortalUser.objects.filter(user=user, authenticated=True, involvement__child__removed_at=None)
    return rows.select_related("involvement__child")

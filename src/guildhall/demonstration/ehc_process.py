"""Children of the demonstration at every stage of the EHC process; one of them has portal users."""

from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.work.ehcprocess import services
from guildhall.work.ehcprocess.facts import DECISIONS, Facts, Marker
from guildhall.work.ehcprocess.models import Process
from guildhall.work.sharing.models import Involvement

from .cast import Cast

# Weeks ago of each date, per child: at risk, overdue, in time, late, refused, ended. None: nobody has it.
_SHARED: dict[str, float] = {"received": 9, "assess": 4, "asked": 4}
_OTHERS: tuple[tuple[str | None, dict[str, float], dict[str, str]], ...] = (
    ("angharad", {"received": 1}, {}),
    (None, {"received": 2}, {}),
    ("angharad", {"received": 5.5}, {}),
    ("marcus", {"received": 8}, {}),
    ("angharad", {"received": 14, "assess": 9, "asked": 8.5, "advice": 3}, {}),
    ("marcus", {"received": 15.5, "assess": 10, "asked": 10, "advice": 3}, {}),
    ("angharad", {"received": 18, "assess": 13, "asked": 12, "advice": 7, "issue": 3, "draft": 1}, {}),
    ("marcus", {"received": 23, "assess": 18, "asked": 18, "advice": 11, "issue": 8, "draft": 5}, {}),
    ("angharad", {"received": 30, "assess": 25, "advice": 18, "issue": 15, "draft": 13, "final": 10}, {}),
    ("marcus", {"received": 40, "assess": 35, "advice": 28, "issue": 25, "draft": 22, "final": 18}, {}),
    ("angharad", {"received": 12, "assess": 6.5}, {"assess": "no"}),
    ("marcus", {"received": 20, "assess": 15, "advice": 9, "issue": 5}, {"issue": "no"}),
)


@transaction.atomic
def run_processes(cast: Cast, *, now: datetime) -> None:
    """Begin the processes, with an appeal, a mediation, an exception and a child who moved."""
    today = timezone.localdate(now)
    owners = {"angharad": cast.staff["angharad"], "marcus": cast.staff["marcus"]}
    shared = Involvement.objects.select_related("child").order_by("pk").first()
    children = list(Child.objects.filter(removed_at=None).order_by("-pk")[: len(_OTHERS) + 1])
    if shared:
        _begin(shared.child, _facts(_SHARED, {}, owners["angharad"], today), by=owners["angharad"], now=now)
    made = [
        _begin(
            child,
            _facts(weeks, said, owners[who] if who else None, today),
            by=owners["angharad"],
            now=now,
        )
        for child, (who, weeks, said) in zip(children, _OTHERS, strict=False)
    ]
    _dispute(made[10], "assess", ("mediation",), by=owners["angharad"], now=now)
    _dispute(made[11], "issue", ("certificate", "tribunal"), by=owners["marcus"], now=now)
    _excuse(made[7], by=owners["marcus"], now=now)
    moved = _facts({"received": 11, "assess": 6}, {}, None, today)
    ended = Facts(moved.dates, moved.decisions, ended_on=today - timedelta(days=20), ended="moved")
    _begin(children[-1], ended, by=owners["angharad"], now=now)


def _facts(weeks: dict[str, float], said: dict[str, str], owner: User | None, today: date) -> Facts:
    dates = {name: today - timedelta(days=round(7 * many)) for name, many in weeks.items()}
    decisions = {stage: said.get(stage, "yes") for stage in DECISIONS if stage in dates}
    return Facts(dates=dates, decisions=decisions, owner=owner.pk if owner else None)


def _begin(child: Child, facts: Facts, *, by: User, now: datetime) -> Process:
    key = uuid5(NAMESPACE_URL, f"process-{child.pk}")
    return services.start_process(child, facts, key=key, by=by, now=now)


def _dispute(process: Process, stage: str, kinds: tuple[str, ...], *, by: User, now: datetime) -> None:
    on = process.facts.dates[stage]
    for number, kind in enumerate(kinds, 1):
        marker = Marker(on + timedelta(days=7 * number), stage, kind)
        services.add_marker(process, marker, by=by, now=now)


def _excuse(process: Process, *, by: User, now: datetime) -> None:
    first_on = process.received_on + timedelta(weeks=12)
    told = services.Told(
        kind="absent",
        evidence="The family wrote that they would be abroad with the grandmother, who was ill.",
        decided_by=str(by),
        decided_on=first_on,
        first_on=first_on,
        last_on=first_on + timedelta(days=34),
    )
    key = uuid5(NAMESPACE_URL, f"exception-{process.pk}")
    services.record_excuse(process, told, key=key, by=by, now=now)

"""A child with a process that began on the first of December 2025; it is noon on 1 June 2026."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from guildhall.foundation.access.holder import Holder
from guildhall.people.membership.queries import holder_for
from guildhall.records.children.models import Child
from guildhall.work.ehcprocess import services
from guildhall.work.ehcprocess.facts import Facts, Marker
from guildhall.work.ehcprocess.models import Process
from tests.records.some import a_child
from tests.standing import NOON, an_officer

TODAY = date(2026, 6, 1)
RECEIVED = date(2025, 12, 1)


def facts(
    *, decisions: dict[str, str] | None = None, ended: tuple[str, date] | None = None, **days: date
) -> Facts:
    """The dates of a process; those of decisions that are not given are yes."""
    dates = {"received": RECEIVED} | days
    said = {stage: "yes" for stage in ("assess", "issue") if stage in dates} | (decisions or {})
    why, on = ended or ("", None)
    return Facts(dates=dates, decisions=said, ended=why, ended_on=on)


def a_process(child: Child | None = None, told: Facts | None = None, *, now: datetime = NOON) -> Process:
    return services.start_process(child or a_child(), told or facts(), key=uuid4(), by=an_officer(), now=now)


def keep(process: Process, told: Facts, *, seen: int | None = None, now: datetime = NOON) -> Process:
    seen = process.version if seen is None else seen
    return services.keep_facts(process, told, seen=seen, by=an_officer(), now=now)


def mark(process: Process, kind: str, stage: str, on: date, what: str = "") -> Process:
    return services.add_marker(process, Marker(on, stage, kind, what), by=an_officer(), now=NOON)


def told(**changes: Any) -> services.Told:
    """An exemption: the family was away for six weeks."""
    given: dict[str, Any] = {
        "kind": "absent",
        "evidence": "Letter of 3 January",
        "decided_by": "SEND panel",
        "decided_on": date(2026, 1, 20),
        "first_on": date(2025, 12, 20),
        "last_on": date(2026, 1, 31),
    }
    return services.Told(**(given | changes))


def excuse(process: Process, **changes: Any) -> Any:
    return services.record_excuse(process, told(**changes), key=uuid4(), by=an_officer(), now=NOON)


def officer() -> Holder:
    return holder_for(an_officer(), verified=True)


def weeks(count: int, *, since: date = RECEIVED) -> date:
    return since + timedelta(weeks=count)

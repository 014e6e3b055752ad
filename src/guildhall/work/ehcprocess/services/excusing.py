"""Exemptions from limits: recorded with evidence and who decided, and withdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed, again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.calendars import queries as calendars
from guildhall.people.organisations.models import Establishment

from .. import queries, rules
from ..models import Excuse, Process
from ..rules import Excused, Running
from .clocks import wind

LONGEST_EVIDENCE, LONGEST_NAME = 2_000, 150


class WrongExcuse(Refusals):
    """Something of an exemption is missing or cannot be; by field."""


@dataclass(frozen=True)
class Told:
    """What an officer says of an exemption. Of a closed school the calendar says the days."""

    kind: str
    evidence: str
    decided_by: str
    decided_on: date | None
    first_on: date | None = None
    last_on: date | None = None
    school: Establishment | None = None


@again_when_first_or_crossed
def record_excuse(process: Process, told: Told, *, key: UUID, by: User, now: datetime) -> Excuse:
    """Record an exemption. No due date moves; a late step that it covers counts as excused.

    The same ``key`` again gives the first. Raises WrongExcuse.
    """
    process = hold(process)
    if known := Excuse.objects.filter(key=key, process=process).first():
        return known
    ehc, _mediation = queries.packs_of(process)
    steps = queries.running_of(process)
    problems = dict(_missing(told, today=timezone.localdate(now)))
    excused = _days_of(told, steps, process) if not problems else None
    if excused and not problems:
        problems = rules.excuse_faults(excused, ehc, steps)
    if problems or excused is None:
        problems = problems or {"school": "NoClosure"}
        raise WrongExcuse({field: say(f"children.Error_Excuse_{why}") for field, why in problems.items()})
    assert told.decided_on is not None
    excuse = Excuse.objects.create(
        key=key,
        process=process,
        kind=told.kind,
        first_on=excused.first_on,
        last_on=excused.last_on,
        school=told.school,
        evidence=told.evidence,
        decided_by=told.decided_by,
        decided_on=told.decided_on,
        recorded_at=now,
        recorded_by=by,
    )
    wind(process)
    _record("ehcprocess.excused", excuse, by=by, now=now)
    return excuse


@again_when_crossed
def withdraw_excuse(excuse: Excuse, *, by: User, now: datetime) -> Excuse:
    """It counts no longer, and stays in the list. Withdrawing again changes nothing."""
    process = hold(excuse.process)
    excuse = hold(excuse)
    if excuse.withdrawn_at is None:
        excuse.withdrawn_at, excuse.withdrawn_by = now, by
        excuse.save(update_fields=["withdrawn_at", "withdrawn_by"])
        wind(process)
        _record("ehcprocess.excuse_withdrawn", excuse, by=by, now=now)
    return excuse


def _missing(told: Told, *, today: date) -> Iterator[tuple[str, str]]:
    if not told.kind:
        yield "kind", "Required"
    if told.kind == queries.SCHOOL_CLOSED:
        if told.school is None:
            yield "school", "Required"
    else:
        yield from ((name, "DayRequired") for name in ("first_on", "last_on") if getattr(told, name) is None)
    if not told.evidence or len(told.evidence) > LONGEST_EVIDENCE:
        yield "evidence", "EvidenceLong" if told.evidence else "EvidenceRequired"
    if not told.decided_by or len(told.decided_by) > LONGEST_NAME:
        yield "decided_by", "NameRequired"
    if told.decided_on is None:
        yield "decided_on", "DayRequired"
    elif told.decided_on > today:
        yield "decided_on", "Future"


def _days_of(told: Told, steps: list[Running], process: Process) -> Excused | None:
    """The days of an exemption; those of a closed school come from its calendar, None if it has no such."""
    if told.kind != queries.SCHOOL_CLOSED:
        assert told.first_on is not None and told.last_on is not None
        return Excused(told.kind, told.first_on, told.last_on)
    assert told.school is not None
    until = max((one.due_on for one in steps), default=process.received_on)
    closures = calendars.long_closures(told.school.pk, process.received_on, until)
    fits = (Excused(told.kind, one.first_on, one.last_on) for one in closures)
    return next(fits, None)


def _record(verb: str, excuse: Excuse, *, by: User, now: datetime) -> None:
    child = excuse.process.involvement.child_id
    detail = {"kind": excuse.kind, "days": Excused(excuse.kind, excuse.first_on, excuse.last_on).days}
    audit.record(verb, by=by, about=excuse, child=child, now=now, detail=detail)

"""A process starts, its dates and markers are kept, and the last save is taken back."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed, again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.clocks import queries as clocks
from guildhall.work.sharing.services.opening import open_involvement

from .. import queries, rules
from ..facts import MISTAKE, MOST_MARKERS, Facts, Marker, facts_from, plain
from ..models import Change, Process
from .clocks import wind


class WrongDates(Refusals):
    """A date, a decision or a marker cannot be; by field."""


class NothingToUndo(Refusal):
    """The first save of a process cannot be taken back: it is ended as a mistake instead."""


class AlreadyOpen(Refusal):
    """The involvement has a process that goes on."""


@again_when_first_or_crossed
def start_process(child: Child, facts: Facts, *, key: UUID, by: User, now: datetime) -> Process:
    """Begin a process with the dates known so far; the same ``key`` again gives the first.

    Raises WrongDates and AlreadyOpen.
    """
    involvement = hold(open_involvement(child, by=by, now=now))
    if known := Process.objects.filter(key=key, involvement=involvement).first():
        return known
    _check(facts, now)
    process = Process(key=key, involvement=involvement, opened_at=now, opened_by=by)
    _keep(process, facts, by=by, now=now)
    _record("ehcprocess.started", process, by=by, now=now)
    return process


@again_when_first_or_crossed
def keep_facts(process: Process, facts: Facts, *, seen: int, by: User, now: datetime) -> Process:
    """Keep what an officer entered who opened the page at version ``seen``. The markers stay as they are.

    Raises WrongDates, ChangedMeanwhile and AlreadyOpen. What is as it was writes nothing.
    """
    process = _held(process, seen)
    facts = facts_from(plain(facts) | {"markers": process.told["markers"]})
    _check(facts, now)
    return _changed(process, facts, by=by, now=now)


@again_when_crossed
def add_marker(process: Process, marker: Marker, *, by: User, now: datetime) -> Process:
    """Put mediation or tribunal beside a stage; one that is there already changes nothing.

    Raises WrongDates.
    """
    process = hold(process)
    facts, today = process.facts, timezone.localdate(now)
    fault = rules.marker_fault(facts, marker, today=today)
    if len(facts.markers) >= MOST_MARKERS:
        fault = "kind", "TooMany"
    if fault:
        raise WrongDates({fault[0]: say(f"children.Error_Process_Marker_{fault[1]}")})
    return _changed(process, facts.with_marker(marker), by=by, now=now)


@again_when_crossed
def remove_marker(process: Process, marker: Marker, *, by: User, now: datetime) -> Process:
    """Take a marker away; one that is not there changes nothing."""
    process = hold(process)
    return _changed(process, process.facts.without_marker(marker), by=by, now=now)


@again_when_first_or_crossed
def undo_last(process: Process, *, seen: int, by: User, now: datetime) -> Process:
    """Bring back what the process said before its version ``seen``, which must be the last.

    Raises ChangedMeanwhile, NothingToUndo and AlreadyOpen.
    """
    process = _held(process, seen)
    before = queries.before(process)
    if before is None:
        raise NothingToUndo(say("children.Error_Process_NothingToUndo"))
    _keep(process, before.facts, by=by, now=now, undoes=before.version + 1)
    _record("ehcprocess.undone", process, by=by, now=now)
    return process


def _held(process: Process, seen: int) -> Process:
    process = hold(process)
    if process.version != seen:
        raise ChangedMeanwhile(say("children.Error_Process_Changed"))
    return process


def _check(facts: Facts, now: datetime) -> None:
    found = rules.faults_of(facts, today=timezone.localdate(now))
    if found:
        raise WrongDates({field: say(f"children.Error_Process_{why}") for field, why in found.items()})


def _changed(process: Process, facts: Facts, *, by: User, now: datetime) -> Process:
    if facts == process.facts:
        return process
    _keep(process, facts, by=by, now=now)
    _record("ehcprocess.changed", process, by=by, now=now)
    return process


def _keep(process: Process, facts: Facts, *, by: User, now: datetime, undoes: int | None = None) -> None:
    others = Process.objects.filter(involvement=process.involvement, open=True).exclude(pk=process.pk)
    if not facts.closed and others.exists():
        raise AlreadyOpen(say("children.Error_Process_AlreadyOpen"))
    process.told = plain(facts)
    process.received_on, process.open = facts.received_on, not facts.closed
    process.mistaken, process.owner_id = facts.ended == MISTAKE, facts.owner
    process.packs = {
        key: clocks.in_force(key, facts.received_on).version for key in (clocks.EHC, clocks.MEDIATION)
    }
    process.version += 1
    process.save()
    Change.objects.create(
        process=process, version=process.version, told=process.told, undoes=undoes, by=by, at=now
    )
    wind(process)


def _record(verb: str, process: Process, *, by: User, now: datetime) -> None:
    child = process.involvement.child_id
    detail = {"version": process.version, "reached": process.facts.reached}
    audit.record(verb, by=by, about=process, child=child, now=now, detail=detail)

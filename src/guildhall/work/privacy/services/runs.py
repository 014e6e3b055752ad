"""A run: listing what is due, a second person's signature, and deleting in steps."""

from collections.abc import Collection, Container
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox import services as outbox
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from ..models import RetentionClass, RightsRequest, Run, RunLine
from ..queries import active_holds, class_of, erasable, is_held, verdict_on
from ..retention import CLASSES, Kind
from ..rules import Verdict, months_after
from . import erasing
from .schedule import LOCK

ROWS_A_STEP = 200
LINES_A_STEP = 20


class AskedByYou(Refusal):
    """Whoever asked for a list does not sign it."""


class NothingChosen(Refusal):
    """Nothing of what can go was chosen."""


class NotYours(Refusal):
    """Only whoever asked for a list says what of the reviewed goes: somebody else signs it."""


class NotListed(Refusal):
    """The run is not at the place where this can be done to it."""


@transaction.atomic
def begin_run(*, by: User, now: datetime) -> Run:
    """Have everything listed that is due today."""
    run = Run.objects.create(on=timezone.localdate(now), asked_at=now, asked_by=by)
    audit.record("privacy.run_begun", by=by, about=run, now=now)
    _put(run, now=now)
    return run


def _put(run: Run, *, now: datetime) -> None:
    """Put the next step; its key says how far the run is, so that one is put once."""
    waiting = run.lines.filter(outcome=RunLine.Outcome.WAITING).count()
    key = f"privacy-run:{run.pk}:{run.state}:{run.at_class}:{run.after}:{waiting}"
    outbox.put("privacy-run", {"run": run.pk}, key=key, now=now)


@transaction.atomic
def begin_erasure(request: RightsRequest, *, chosen: Container[str], by: User, now: datetime) -> Run:
    """List what the person of ``request`` asked to have erased; another person signs the list.

    ``chosen``: ``class:mark`` of what goes. A thing whose time is not over goes early, because somebody
    decided that nothing obliges the authority to keep it. A thing under a hold is kept whatever is chosen.
    Raises NothingChosen.
    """
    run = Run.objects.create(
        on=timezone.localdate(now), state=Run.State.LISTED, request=request, asked_at=now, asked_by=by
    )
    lines = [
        RunLine(
            run=run,
            key=each.key,
            mark=each.mark,
            started_on=each.started_on,
            due_on=each.verdict.due_on,
            early=not each.verdict.goes,
            outcome=RunLine.Outcome.HELD if each.verdict.why == "held" else RunLine.Outcome.WAITING,
        )
        for each in erasable(request, today=timezone.localdate(now))
        if each.verdict.why == "held" or f"{each.key}:{each.mark}" in chosen
    ]
    if not any(line.outcome == RunLine.Outcome.WAITING for line in lines):
        raise NothingChosen(say("administration.Error_Rights_NothingChosen"), field="chosen")
    RunLine.objects.bulk_create(lines)
    audit.record("privacy.erasure_listed", by=by, about=run, now=now, detail={"lines": len(lines)})
    return run


def step(run: Run, *, now: datetime) -> bool:
    """Do the next bounded piece of work of ``run`` and put the one after it; whether there is one."""
    if run.state == Run.State.LISTING:
        more = _list(run, now=now)
    else:
        more = run.state == Run.State.SIGNED and _carry_out(run, now=now)
    if more:
        run.refresh_from_db()
        _put(run, now=now)
    return more


@transaction.atomic
def _list(run: Run, *, now: datetime) -> bool:
    run = hold(run)
    keys = sorted(key for key in CLASSES if key >= run.at_class)
    if not keys or run.state != Run.State.LISTING:
        _listed(run, now=now)
        return False
    kind, kept = CLASSES[keys[0]], class_of(keys[0])
    rows = _due_rows(kind, kept, run.on, run.after if run.at_class == kind.key else "")
    holds = active_holds()
    for row in rows:
        _note(run, kind, kept, row, holds)
    whole = len(rows) < ROWS_A_STEP
    run.at_class, run.after = (f"{kind.key}!", "") if whole else (kind.key, str(rows[-1].pk))
    run.save(update_fields=["at_class", "after"])
    return True


def _listed(run: Run, *, now: datetime) -> None:
    if run.state == Run.State.LISTING:
        run.state = Run.State.LISTED
        run.save(update_fields=["state"])
        audit.record("privacy.run_listed", by=None, about=run, now=now, detail={"lines": run.lines.count()})


def _due_rows(kind: Kind, kept: RetentionClass, on: date, after: str) -> list[Any]:
    """Rows whose period may be over; which of them are due is said by ``verdict``."""
    if kept.months is None:
        return []
    lookup = kind.starts[kept.start]
    # A few days more than the period, because months differ in length.
    newest = date.fromordinal(months_after(on, -kept.months).toordinal() + 4)
    if kind.listed is not None:
        return list(islice(kind.listed(newest, after), ROWS_A_STEP))
    day = f"{lookup}__date" if lookup.endswith("_at") else lookup
    found = kind.rows().filter(**{f"{day}__lt": newest})
    return list((found.filter(pk__gt=after) if after else found).order_by("pk")[:ROWS_A_STEP])


def _note(run: Run, kind: Kind, kept: RetentionClass, row: Any, holds: set[tuple[str, str]]) -> None:
    found = verdict_on(kind, kept, row, on=run.on, holds=holds)
    started = kind.started(row, kept.start)
    if found.due_on is None or started is None or found.why == "not yet":
        return
    outcome = RunLine.Outcome.HELD if not found.goes else RunLine.Outcome.WAITING
    if found.goes and kept.action == RetentionClass.Action.REVIEW:
        outcome = RunLine.Outcome.REVIEW
    RunLine.objects.get_or_create(
        run=run,
        key=kind.key,
        mark=kind.mark(row),
        defaults={"started_on": started, "due_on": found.due_on, "outcome": outcome},
    )


@transaction.atomic
def choose_reviewed(
    run: Run, *, shown: Collection[int], chosen: Collection[int], by: User, now: datetime
) -> Run:
    """Say which of the lines ``shown`` that are listed for review go; the others stay to be reviewed.

    Nothing goes before another person signs the list. Raises NotListed, NotYours.
    """
    run = hold(run)
    if run.state != Run.State.LISTED:
        raise NotListed(say("administration.Error_Run_NotListed"))
    if run.asked_by_id != by.pk:
        raise NotYours(say("administration.Error_Run_ReviewNotYours"))
    looked_at = run.lines.filter(pk__in=shown)
    looked_at.filter(chosen=True).exclude(pk__in=chosen).update(chosen=False, outcome=RunLine.Outcome.REVIEW)
    looked_at.filter(outcome=RunLine.Outcome.REVIEW, pk__in=chosen).update(
        chosen=True, outcome=RunLine.Outcome.WAITING
    )
    go = run.lines.filter(chosen=True).count()
    audit.record("privacy.run_reviewed", by=by, about=run, now=now, detail={"go": go})
    return run


@transaction.atomic
def sign_run(run: Run, *, by: User, now: datetime) -> Run:
    """Agree to the list; what it says goes is deleted. Raises AskedByYou, NotListed."""
    run = hold(run)
    if run.state != Run.State.LISTED:
        raise NotListed(say("administration.Error_Run_NotListed"))
    if run.asked_by_id == by.pk:
        raise AskedByYou(say("administration.Error_Run_SamePerson"))
    run.state, run.signed_at, run.signed_by = Run.State.SIGNED, now, by
    run.save(update_fields=["state", "signed_at", "signed_by"])
    audit.record("privacy.run_signed", by=by, about=run, now=now)
    _put(run, now=now)
    return run


@transaction.atomic
def drop_run(run: Run, *, by: User, now: datetime) -> Run:
    """Give the list up; nothing of it goes. Raises NotListed once it was signed."""
    run = hold(run)
    if run.state not in {Run.State.LISTING, Run.State.LISTED}:
        raise NotListed(say("administration.Error_Run_NotListed"))
    run.state = Run.State.DROPPED
    run.save(update_fields=["state"])
    audit.record("privacy.run_dropped", by=by, about=run, now=now)
    return run


def _carry_out(run: Run, *, now: datetime) -> bool:
    lines = list(run.lines.filter(outcome=RunLine.Outcome.WAITING).order_by("pk")[:LINES_A_STEP])
    for line in lines:
        try:
            _carry_out_line(line, now=now)
        except ProtectedError:
            _kept(line)
    if not lines:
        _done(run, now=now)
    return bool(lines)


@transaction.atomic
def _carry_out_line(line: RunLine, *, now: datetime) -> None:
    """Delete it, if it is still due and nothing holds it."""
    hold_name(LOCK)
    line = hold(line)
    if line.outcome != RunLine.Outcome.WAITING:
        return
    kind, kept, row = CLASSES[line.key], class_of(line.key), CLASSES[line.key].find(line.mark)
    line.outcome = RunLine.Outcome.KEPT
    if row is not None and (line.early or line.chosen or kept.action == RetentionClass.Action.DELETE):
        found = verdict_on(kind, kept, row, on=timezone.localdate(now), holds=active_holds())
        if line.early:
            found = Verdict(False, "held") if is_held(kind, row, active_holds()) else Verdict(True)
        if found.goes:
            erasing.erase(line.key, row, by=line.run.signed_by, run=line.run, now=now)
        line.outcome = {"": RunLine.Outcome.GONE, "held": RunLine.Outcome.HELD}.get(
            found.why, RunLine.Outcome.KEPT
        )
    line.save(update_fields=["outcome"])


@transaction.atomic
def _kept(line: RunLine) -> None:
    line = hold(line)
    line.outcome = RunLine.Outcome.KEPT
    line.save(update_fields=["outcome"])


@transaction.atomic
def _done(run: Run, *, now: datetime) -> None:
    run = hold(run)
    if run.state == Run.State.SIGNED:
        run.state, run.done_at = Run.State.DONE, now
        run.save(update_fields=["state", "done_at"])
        gone = run.lines.filter(outcome=RunLine.Outcome.GONE).count()
        audit.record("privacy.run_done", by=None, about=run, now=now, detail={"gone": gone})

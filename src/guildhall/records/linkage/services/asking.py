"""A person asks for weights to be learnt; the worker learns them, and the person may stop it."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox import services as outbox
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..bulk.engine import EngineMissing
from ..bulk.learning import Learnt
from ..bulk.models import TrainingRun
from .training import TooFewRecords, demand_enough, keep_learnt, learn_from_records

TASK = "linkage-training"
_State = TrainingRun.State
_UNFINISHED = (_State.WAITING, _State.RUNNING)


class TrainingGoesOn(Refusal):
    """Weights are being learnt already."""


class TrainingEnded(Refusal):
    """It was stopped, or it is ready."""


@transaction.atomic
def begin_training(*, by: User, now: datetime) -> TrainingRun:
    """Have the worker learn weights. Nothing uses them before a person says so.

    Raises EngineMissing, TooFewRecords, TrainingGoesOn.
    """
    demand_enough()
    hold_name(TASK)
    if TrainingRun.objects.filter(state__in=_UNFINISHED).exists():
        raise TrainingGoesOn(texts.say("administration.Training_GoesOn"))
    run = TrainingRun.objects.create(made_at=now, made_by=by)
    outbox.put(TASK, {"run": run.pk}, key=f"{TASK}:{run.pk}", now=now)
    audit.record("linkage.training_begun", by=by, about=run, now=now)
    return run


@transaction.atomic
def stop_training(run: TrainingRun, *, by: User, now: datetime) -> TrainingRun:
    """Learn no further; nothing is kept of it but that it was stopped. Raises TrainingEnded."""
    run = _unfinished(run)
    run.stopped_by = by
    audit.record("linkage.training_stopped", by=by, about=run, now=now)
    return _end(run, _State.STOPPED, now=now)


def train_for(run: TrainingRun, *, now: datetime) -> None:
    """Learn what ``run`` asks for, unless it has ended. Again after a crash: from the beginning."""
    try:
        _keep(run, learn_from_records(lambda at: _tell(run, at)), now=now)
    except EngineMissing:
        _fail(run, "engine", now=now)
    except TooFewRecords:
        _fail(run, "few", now=now)
    except TrainingEnded:
        return


def _tell(run: TrainingRun, at: int) -> None:
    """Write down how far ``run`` is. Raises TrainingEnded when somebody has stopped it."""
    going_on = TrainingRun.objects.filter(pk=run.pk, state__in=_UNFINISHED)
    if not going_on.update(state=_State.RUNNING, at=at):
        raise TrainingEnded(texts.say("administration.Training_Ended"))


@transaction.atomic
def _keep(run: TrainingRun, learnt: Learnt, *, now: datetime) -> None:
    run = _unfinished(run)
    run.model, run.at = keep_learnt(learnt, by=run.made_by, now=now), 100
    _end(run, _State.READY, now=now)


@transaction.atomic
def _fail(run: TrainingRun, problem: str, *, now: datetime) -> None:
    run = _unfinished(run)
    run.problem = problem
    _end(run, _State.FAILED, now=now)


def _unfinished(run: TrainingRun) -> TrainingRun:
    held = hold(run)
    if not held.unfinished:
        raise TrainingEnded(texts.say("administration.Training_Ended"))
    return held


def _end(run: TrainingRun, state: TrainingRun.State, *, now: datetime) -> TrainingRun:
    run.state, run.ended_at = state, now
    run.save(update_fields=["state", "at", "problem", "model", "ended_at", "stopped_by"])
    return run

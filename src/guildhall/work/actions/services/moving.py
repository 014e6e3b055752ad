"""How an action goes on: begun, done, cancelled, opened again, and given to somebody else."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from .. import queries, rules
from ..models import Action, Step
from ..moves import MOVES, Move
from . import telling
from .holding import CannotOwn, demand_fresh, held, keep, owner_of

Act, Status = Step.Act, Action.Status
SEVERAL = 100
_ACTS = {
    Move.START: Act.STARTED,
    Move.STOP: Act.STOPPED,
    Move.FINISH: Act.DONE,
    Move.CANCEL: Act.CANCELLED,
    Move.REOPEN: Act.REOPENED,
    Move.RESUME: Act.REOPENED,
}


class NotNow(Refusal):
    """The action is not where this can be done."""


class NoReason(Refusal):
    """To cancel takes a reason."""


def start_action(action: Action, *, place: SchoolPlace, now: datetime) -> Action:
    """Say that it is in progress. Raises NotYours, NotNow."""
    return _move(action, Move.START, place, now)


def stop_action(action: Action, *, place: SchoolPlace, now: datetime) -> Action:
    """Say that it is not in progress after all. Raises NotYours, NotNow."""
    return _move(action, Move.STOP, place, now)


def finish_action(action: Action, *, place: SchoolPlace, now: datetime) -> Action:
    """Mark it as done. Raises NotYours, NotNow."""
    return _move(action, Move.FINISH, place, now)


@transaction.atomic
def cancel_action(action: Action, *, reason: str, revision: int, place: SchoolPlace, now: datetime) -> Action:
    """Cancel it for a reason. Raises NotYours, NotNow, NoReason, Overtaken."""
    if not 0 < len(reason) <= rules.LONGEST_REASON:
        raise NoReason(texts.say("schools.Error_Action_Reason", most=rules.LONGEST_REASON), field="reason")
    demand_fresh(held(action, place), revision)
    return _move(action, Move.CANCEL, place, now, reason=reason)


@transaction.atomic
def reopen_action(action: Action, *, place: SchoolPlace, now: datetime) -> Action:
    """Undo that it was done or cancelled: it is again as it was before. Raises NotYours, NotNow."""
    ended = action.steps.filter(act__in=[Act.DONE, Act.CANCELLED]).order_by("at", "pk").last()
    before = ended.changes["status"][0] if ended else Status.OPEN
    move = Move.RESUME if before == Status.IN_PROGRESS else Move.REOPEN
    return _move(action, move, place, now)


@transaction.atomic
def _move(action: Action, move: Move, place: SchoolPlace, now: datetime, *, reason: str = "") -> Action:
    action = held(action, place)
    if not rules.can(action, move):
        raise NotNow(texts.say("schools.Error_Action_NotNow"))
    move_held(action, move, by=place.user, now=now, reason=reason)
    return action


def move_held(action: Action, move: Move, *, by: User, now: datetime, reason: str = "") -> None:
    """Move an action that is held and may go there."""
    before, action.status = action.status, MOVES[action.status][move]
    action.closed_at, action.closed_by = (None, None) if action.to_do else (now, by)
    action.reason = reason
    action.revision += 1
    action.save()
    keep(action, _ACTS[move], by=by, now=now, changes={"status": [before, action.status]}, words=reason)


@transaction.atomic
def finish_some(pks: list[int], *, place: SchoolPlace, now: datetime) -> list[int]:
    """Mark several as done; those that were. What cannot be done now, or not by this person, is left out."""
    return _move_some(pks, finish_action, place, now)


@transaction.atomic
def reopen_some(pks: list[int], *, place: SchoolPlace, now: datetime) -> list[int]:
    """Take back that several were done; those that are open again."""
    return _move_some(pks, reopen_action, place, now)


def _move_some(
    pks: list[int], service: Callable[..., Action], place: SchoolPlace, now: datetime
) -> list[int]:
    moved = []
    for one in queries.some(place, pks[:SEVERAL]):
        try:
            service(one, place=place, now=now)
        except NotNow:
            continue
        moved.append(one.pk)
    return moved


@transaction.atomic
def give_action(action: Action, owner: int, *, place: SchoolPlace, now: datetime) -> Action:
    """Let somebody else of the school (a person's id) own it; to give it to its owner does nothing.

    Raises NotYours, NotNow, CannotOwn.
    """
    action = held(action, place)
    if not action.to_do:
        raise NotNow(texts.say("schools.Error_Action_NotNow"))
    if action.owner_id == owner:
        return action
    new, old = owner_of(action, owner), action.owner
    action.owner = new.user
    action.revision += 1
    action.save(update_fields=["owner", "revision"])
    changes = {"owner": [str(old) if old else None, str(new)]}
    keep(action, Act.GIVEN, by=place.user, now=now, changes=changes)
    telling.tell_given(action, by=place.user, now=now)
    return action


@transaction.atomic
def give_some(pks: list[int], owner: int, *, place: SchoolPlace, now: datetime) -> tuple[list[int], int]:
    """Give several to one person: those that were given, and how many could not be."""
    given, left = [], 0
    for one in queries.some(place, pks[:SEVERAL]):
        try:
            give_action(one, owner, place=place, now=now)
        except (NotNow, CannotOwn):
            left += 1
        else:
            given.append(one.pk)
    return given, left

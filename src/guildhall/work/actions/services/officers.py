"""What officers give schools to do after a visit."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import rules
from ..models import Action, Step
from ..moves import MOVES, Move
from ..told import Told
from . import telling
from .holding import NotYours, keep
from .moving import NoReason, NotNow, move_held


@transaction.atomic
def give_to_school(
    school: Establishment, told: Told, *, key: UUID, holder: Holder, by: User, now: datetime
) -> Action:
    """Give a school an action from a visit, for its supervisors to hand on; once for one ``key``.

    Raises NotYours for who is no such officer, Refusals by field.
    """
    _demand_officer(holder)
    hold_name(f"actions:{key}")
    if known := Action.objects.filter(key=key, made_by=by).first():
        return known
    if problems := told.problems(today=timezone.localdate(now)):
        raise Refusals(problems)
    assert told.due_on is not None
    action = Action.objects.create(
        key=key,
        school=school,
        title=told.title,
        sought=fold_name(told.title)[:300],
        source=told.source,
        visited_on=told.visited_on,
        due_on=told.due_on,
        from_council=True,
        made_at=now,
        made_by=by,
    )
    keep(action, Step.Act.MADE, by=by, now=now)
    telling.tell_school(action, now=now)
    return action


@transaction.atomic
def cancel_given(action: Action, *, reason: str, holder: Holder, by: User, now: datetime) -> Action:
    """Cancel what officers gave a school. Raises NotYours, NotNow, NoReason."""
    _demand_officer(holder)
    if not 0 < len(reason) <= rules.LONGEST_REASON:
        raise NoReason(texts.say("schools.Error_Action_Reason", most=rules.LONGEST_REASON), field="reason")
    action = hold(action)
    if not action.from_council or Move.CANCEL not in MOVES[action.status]:
        raise NotNow(texts.say("schools.Error_Action_NotNow"))
    move_held(action, Move.CANCEL, by=by, now=now, reason=reason)
    return action


def _demand_officer(holder: Holder) -> None:
    if not rules.gives_actions(holder):
        raise NotYours(texts.say("schools.Error_Action_NotYours"))

"""What every verb does first and last: hold the action for whoever may read it, and keep what was done."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from .. import queries
from ..models import Action, Step
from ..sources import people_of


class NotYours(Refusal):
    """The action is of another school, or comes from post that the person may not see."""


class Overtaken(Refusal):
    """Somebody else changed the action since the page was opened."""


class CannotOwn(Refusal):
    """The person does not work at the school, or may not see where the action comes from."""


def held(action: Action, place: SchoolPlace) -> Action:
    """The action as it is now, locked. Raises NotYours."""
    if queries.action(place, action.pk) is None:
        raise NotYours(texts.say("schools.Error_Action_NotYours"))
    return hold(action)


def demand_fresh(action: Action, revision: int) -> None:
    """Raises Overtaken unless the action is as the page knew it."""
    if action.revision != revision:
        raise Overtaken(texts.say("schools.Error_Action_Overtaken"))


def owner_of(action: Action, user_id: int | None) -> SchoolPlace:
    """The place of whoever is to own the action. Raises CannotOwn."""
    people = people_of(action.school, posting=action.posting)
    found = people.filter(user=user_id).first() if user_id else None
    if found is None:
        word = "OwnerPost" if action.posting_id else "Owner"
        raise CannotOwn(texts.say(f"schools.Error_Action_{word}"), field="owner")
    return found


def keep(
    action: Action,
    act: Step.Act,
    *,
    by: User,
    now: datetime,
    changes: dict[str, Any] | None = None,
    words: str = "",
    key: UUID | None = None,
) -> Step:
    """Write a line of the history, and the audit, which gets no words of anybody."""
    step = Step.objects.create(
        action=action, act=act, changes=changes or {}, words=words, by=by, at=now, key=key or uuid4()
    )
    audit.record(f"actions.{act}", by=by, about=action, now=now, detail={"fields": sorted(changes or {})})
    return step

"""Making an action, and saying otherwise what is to be done."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.mail.post import queries as post
from guildhall.people.membership.models import SchoolPlace

from .. import rules
from ..models import Action, Step
from ..told import Told
from . import telling
from .holding import NotYours, demand_fresh, held, keep, owner_of
from .moving import NotNow

Source = Action.Source
DESCRIBED = ("title", "due_on", "source", "visited_on")


@transaction.atomic
def make_action(place: SchoolPlace, told: Told, *, key: UUID, now: datetime) -> Action:
    """Make an action for the school of ``place``; sent twice with one ``key`` it is made once.

    Raises Refusals by field, and NotYours for a source that the person may not see.
    """
    place = hold(place)
    if known := Action.objects.filter(key=key, school=place.school_id, made_by=place.user_id).first():
        return known
    _demand_right(told, today=timezone.localdate(now))
    if not _sees(place, told):
        raise NotYours(texts.say("schools.Error_Action_NotYours"))
    action = Action(key=key, school=place.school, made_at=now, made_by=place.user)
    action.posting, action.case = told.posting, told.case
    _describe(action, told)
    owner = owner_of(action, told.owner)
    action.owner = owner.user
    action.save(force_insert=True)
    keep(action, Step.Act.MADE, by=place.user, now=now, changes={"owner": [None, str(owner)]})
    telling.tell_given(action, by=place.user, now=now)
    return action


@transaction.atomic
def change_action(action: Action, told: Told, *, revision: int, place: SchoolPlace, now: datetime) -> Action:
    """Say otherwise what is to be done, by when and by whom, on a page that showed ``revision``.

    What it comes from stays, if that is post or a case. Nothing is kept when nothing changed. Raises
    NotYours, NotNow, Overtaken, Refusals.
    """
    action = held(action, place)
    demand_fresh(action, revision)
    if not rules.may_change(action):
        raise NotNow(texts.say("schools.Error_Action_NotNow"))
    _demand_right(told, today=timezone.localdate(now), due_before=action.due_on)
    before = {name: getattr(action, name) for name in DESCRIBED}
    _describe(action, told)
    changes = {name: [_plain(old), _plain(getattr(action, name))] for name, old in before.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    passed = told.owner != action.owner_id
    if passed:
        new, old_owner = owner_of(action, told.owner), action.owner
        action.owner = new.user
        given = {"owner": [str(old_owner) if old_owner else None, str(new)]}
    if not (changes or passed):
        return action
    action.revision += 1
    action.save()
    if changes:
        keep(action, Step.Act.CHANGED, by=place.user, now=now, changes=changes)
    if passed:
        keep(action, Step.Act.GIVEN, by=place.user, now=now, changes=given)
        telling.tell_given(action, by=place.user, now=now)
    return action


def _demand_right(told: Told, *, today: date, due_before: date | None = None) -> None:
    if problems := told.problems(today=today, due_before=due_before):
        raise Refusals(problems)


def _sees(place: SchoolPlace, told: Told) -> bool:
    if told.posting is not None:
        return post.item(place, told.posting.pk) is not None
    return told.case is None or told.case.school_id == place.school_id


def _describe(action: Action, told: Told) -> None:
    assert told.due_on is not None
    action.title, action.due_on = told.title, told.due_on
    action.source = told.source
    action.visited_on = told.visited_on if told.source == Source.VISIT else None
    reference = action.case.reference if action.case else ""
    action.sought = fold_name(f"{told.title} {reference}")[:300]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

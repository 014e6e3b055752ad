"""What tests of actions stand on."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from guildhall.mail.post.models import Posting
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.actions import services
from guildhall.work.actions.models import Action
from guildhall.work.actions.told import Told

from ...mail.post.scene import fresh
from ...people.membership.schools import a_place
from ...standing import NOON

TODAY = NOON.date()
DAY = timedelta(days=1)


def elen() -> SchoolPlace:
    return fresh(a_place("elen@ysgol.example.org"))


def mari() -> SchoolPlace:
    return fresh(a_place("mari@ysgol.example.org"))


def told(**more: Any) -> Told:
    plain = Told(title="Count the herons", due_on=TODAY + 7 * DAY, owner=elen().user_id)
    return replace(plain, **more)


def from_post(posting: Posting, **more: Any) -> Told:
    return told(source="post", posting=posting, **more)


def made(place: SchoolPlace | None = None, *, now: datetime = NOON, **more: Any) -> Action:
    return services.make_action(place or elen(), told(**more), key=uuid4(), now=now)


def due(day: date, **more: Any) -> Action:
    """An action whose due date is ``day``, whatever today is."""
    action = made(**more)
    Action.objects.filter(pk=action.pk).update(due_on=day)
    action.refresh_from_db()
    return action

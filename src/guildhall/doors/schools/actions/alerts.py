"""The alerts about actions: what is overdue, what somebody was given, and what nobody has taken yet."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.kit.speech import day
from guildhall.foundation.texts.queries import say
from guildhall.work.actions import queries

from ..alerting import MOST, Alert, Asking
from .shown import owner_words, title_of

RECENTLY = timedelta(days=30)


def own_late(asking: Asking) -> list[Alert]:
    """This person's actions whose day is over."""
    found = queries.late_of(asking.place, today=timezone.localdate(asking.now))[:MOST]
    return [
        Alert(say("schools.Alert_ActionLate", title=title_of(one)), _at(one), _since(one)) for one in found
    ]


def given(asking: Asking) -> list[Alert]:
    """What somebody else gave this person to do of late, until they say that they have seen it."""
    return [
        Alert(
            say("schools.Alert_ActionGiven", title=one.action.title, name=str(one.by)),
            reverse("schools:action", args=[one.action_id]),
            one.at,
            key=f"action-{one.pk}",
            more=say("schools.Alert_ActionDue", day=day(one.action.due_on)),
        )
        for one in queries.given_to(asking.place, since=asking.now - RECENTLY)[:MOST]
    ]


def staff_late(asking: Asking) -> list[Alert]:
    """For supervisors: actions of others, or of nobody, whose day is over."""
    if not asking.supervises:
        return []
    today = timezone.localdate(asking.now)
    found = queries.late_of(asking.place, today=today, others=True).exclude(owner=None)[:MOST]
    return [
        Alert(
            say("schools.Alert_ActionOfStaff", title=title_of(one), name=owner_words(one)),
            _at(one),
            _since(one),
        )
        for one in found
    ]


def unowned(asking: Asking) -> list[Alert]:
    """For supervisors: what the council gave the school and nobody has taken."""
    if not asking.supervises:
        return []
    return [
        Alert(say("schools.Alert_ActionUnowned", title=title_of(one)), _at(one), one.made_at)
        for one in queries.unowned(asking.place)[:MOST]
    ]


def _at(one: Any) -> str:
    """Where it is; one that they may not read is in the list."""
    if one.readable:
        return reverse("schools:action", args=[one.pk])
    return f"{reverse('schools:actions')}?overdue=yes&whose=all"


def _since(one: Any) -> datetime:
    """The first moment of the day after it was due."""
    return timezone.make_aware(datetime.combine(one.due_on + timedelta(days=1), datetime.min.time()))

"""What waits for a supervisor, and what became of what somebody asked. An alert names no pupil."""

from datetime import datetime
from typing import cast

from django.urls import reverse

from guildhall.foundation.texts.queries import say
from guildhall.work.meals import queries
from guildhall.work.meals.models import Amendment

from ..alerting import MOST, Alert, Asking


def waiting(asking: Asking) -> list[Alert]:
    """For supervisors: amendments to authorise."""
    found = queries.waiting_for(asking.holder, asking.place.school_id)[:MOST]
    return [Alert(say("schools.Alert_Amendment"), _address(one), one.asked_at) for one in found]


def answers(asking: Asking) -> list[Alert]:
    """What was decided about the amendments that this person asked."""
    return [
        Alert(
            say(f"schools.Alert_Amendment_{one.state.title()}"),
            _address(one),
            cast(datetime, one.closed_at),
            key=f"amendment-{one.pk}",
            more=one.answer,
        )
        for one in queries.answers_to(asking.place.user, asking.place.school_id)
    ]


def _address(one: Amendment) -> str:
    return reverse("schools:meals-amendment", args=[one.pk])

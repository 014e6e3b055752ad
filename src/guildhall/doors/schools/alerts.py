"""The alerts of somebody at a school: what waits for them, and what happened that they should know.

A room adds its alerts by a function in SOURCES.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.membership import school_queries
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries
from guildhall.people.responsibilities.models import Change

from .actions import alerts as actions
from .alerting import MOST, Alert, Asking
from .emergency import alerts as emergency
from .finance import alerts as finance
from .invoices import alerts as invoices
from .meals import alerts as meals
from .post import alerts as post
from .returns import alerts as returns
from .reviews import alerts as reviews
from .transfers import alerts as transfers
from .wording import level_name

RECENTLY = timedelta(days=30)


def alerts_of(request: HttpRequest, place: SchoolPlace) -> list[Alert]:
    """The alerts of the person who works at ``place``, the newest first."""
    asking = Asking(place, holder_of(request), timezone.now())
    found = [alert for source in SOURCES for alert in source(asking)]
    keys = [alert.key for alert in found if alert.key]
    seen = queries.seen_alerts(cast(User, request.user), keys)
    return sorted((one for one in found if one.key not in seen), key=lambda one: one.at, reverse=True)


def _requests(asking: Asking) -> list[Alert]:
    """For supervisors: who asks to change their responsibilities."""
    return [
        Alert(
            say("schools.Alert_Request", name=str(one.place)),
            reverse("schools:responsibility-request", args=[one.pk]),
            one.asked_at,
        )
        for one in queries.waiting_for(asking.holder, asking.place.school_id)[:MOST]
    ]


def _people(asking: Asking) -> list[Alert]:
    """For supervisors: users whom somebody else has added or removed of late."""
    if not asking.supervises:
        return []
    rows = school_queries.changes(school_id=asking.place.school_id).exclude(by=asking.place.user_id)
    rows = rows.filter(act__in=("added", "removed"), at__gte=asking.now - RECENTLY)
    here = school_queries.places_kept(asking.holder).filter(school_id=asking.place.school_id)
    places = dict(here.values_list("user_id", "pk"))
    return [
        Alert(
            say(f"schools.Alert_{one.act.title()}", name=str(one.user)),
            _details(places.get(one.user_id)),
            one.at,
            key=f"person-{one.pk}",
        )
        for one in rows.exclude(user=asking.place.user_id)[:MOST]
    ]


def _details(pk: int | None) -> str:
    return reverse("schools:user-details", args=[pk]) if pk else reverse("schools:account-management")


def _own_changes(asking: Asking) -> list[Alert]:
    """What others changed of this person's responsibilities."""
    return [
        Alert(_changed(one), reverse("schools:responsibilities"), one.at, key=f"change-{one.pk}")
        for one in queries.changes_of(asking.place)
    ]


def _changed(change: Change) -> str:
    name = change.responsibility.called
    if not change.after:
        return say("schools.Alert_Ended", name=name)
    return say("schools.Alert_Given", name=name, level=level_name(change.after))


def _answers(asking: Asking) -> list[Alert]:
    """What a supervisor answered to this person's requests; what was approved shows as a change."""
    return [
        Alert(
            say(f"schools.Alert_{one.outcome.title()}"),
            reverse("schools:responsibilities"),
            cast(datetime, one.closed_at),
            key=f"request-{one.pk}",
            more=one.reason,
        )
        for one in queries.closed_requests(asking.place)
        if one.reason
    ]


def _consultations(asking: Asking) -> list[Alert]:
    """For headteachers: new responsibilities that they are asked about."""
    return [
        Alert(
            say("schools.Alert_Consulted", name=one.proposal.name),
            reverse("schools:consultation", args=[one.pk]),
            cast(datetime, one.proposal.consulted_at),
        )
        for one in queries.opinions_asked(asking.place).filter(agrees=None)[:MOST]
    ]


def _proposals(asking: Asking) -> list[Alert]:
    """What became of the responsibilities that this person proposed."""
    rows = queries.proposals(school_id=asking.place.school_id)
    return [
        Alert(
            say(f"schools.Alert_Proposal_{'Added' if one.added else 'Declined'}", name=one.name),
            reverse("schools:new-category"),
            cast(datetime, one.decided_at),
            key=f"proposal-{one.pk}",
            more=one.answer,
        )
        for one in rows.filter(by=asking.place.user_id, decided_at__isnull=False)[:MOST]
    ]


SOURCES: tuple[Callable[[Asking], list[Alert]], ...] = (
    _requests,
    _consultations,
    _people,
    _own_changes,
    _answers,
    _proposals,
    meals.waiting,
    meals.answers,
    invoices.answers,
    returns.waiting,
    reviews.due,
    reviews.decided,
    emergency.old,
    finance.published,
    finance.waiting,
    post.own_unread,
    post.staff_unread,
    post.without_lead,
    actions.own_late,
    actions.given,
    actions.staff_late,
    actions.unowned,
    transfers.waiting,
)

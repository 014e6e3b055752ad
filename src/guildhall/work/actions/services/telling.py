"""Emails about actions. They name no child and say nothing of the action: only where it is."""

from datetime import datetime

from django.urls import reverse

from guildhall.people.accounts.models import User
from guildhall.people.accounts.services import proofs
from guildhall.people.membership import school_queries

from ..models import Action


def tell_given(action: Action, *, by: User, now: datetime) -> None:
    """Its owner has it now; nobody is told of what they gave themselves."""
    if action.owner and action.owner_id != by.pk:
        _tell(action.owner, "Given", action, str(action.revision), now=now)


def tell_late(action: Action, *, now: datetime) -> None:
    """Its day is over."""
    assert action.owner is not None
    link = f"{reverse('schools:actions')}?overdue=yes"
    _tell(action.owner, "Late", action, f"{action.due_on}", now=now, link=link)


def tell_school(action: Action, *, now: datetime) -> None:
    """The council gave the school something to do: for its supervisors."""
    for one in school_queries.supervisors_of(action.school_id):
        _tell(one.user, "FromCouncil", action, "", now=now)


def _tell(user: User, name: str, action: Action, mark: str, *, now: datetime, link: str = "") -> None:
    proofs.tell(
        user,
        f"Actions_{name}",
        key=f"actions-{name.lower()}:{action.pk}:{user.pk}:{mark}",
        now=now,
        link=link or reverse("schools:action", args=[action.pk]),
    )

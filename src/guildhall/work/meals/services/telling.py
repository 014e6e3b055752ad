"""Emails that say that something waits. They name nobody and nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.outbox.email import put_email
from guildhall.people.accounts.models import User
from guildhall.people.accounts.services import proofs
from guildhall.people.membership.addresses import at_school
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.organisations.models import Team

from ..models import Amendment
from ..rules import TEAM


def tell_supervisors(amendment: Amendment, supervisors: Iterable[SchoolPlace], *, now: datetime) -> None:
    """An amendment waits to be authorised."""
    for one in supervisors:
        _tell(one.user, "Waiting", amendment, now)


def tell_asker(amendment: Amendment, *, now: datetime) -> None:
    """It was accepted or refused. Nobody is told who works at the school no more."""
    here = SchoolPlace.objects.filter(
        user=amendment.asked_by_id, school=amendment.school_id, membership__ended_at=None
    )
    if here.exists():
        _tell(amendment.asked_by, "Answered", amendment, now)


def tell_team(amendment: Amendment, *, now: datetime) -> None:
    """It is with the council now."""
    to = Team.objects.filter(key=TEAM).values_list("email", flat=True).first()
    if to and setting("mail.notify"):
        put_email(
            to,
            subject="messaging.EmailSubject_Meals_Sent",
            body="text-blocks.Email_Meals_Sent",
            language="en",
            key=f"meals-sent:{amendment.pk}",
            now=now,
            link=reverse("council:meals"),
        )


def _tell(user: User, name: str, amendment: Amendment, now: datetime) -> None:
    proofs.tell(
        user,
        f"Meals_{name}",
        key=f"meals-{name.lower()}:{amendment.pk}:{user.pk}",
        now=now,
        link=at_school(amendment.school_id, "schools:alerts"),
    )

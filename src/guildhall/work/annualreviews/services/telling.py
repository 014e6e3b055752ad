"""Emails that say that something waits. They name nobody and nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.outbox.email import put_email
from guildhall.people.accounts.services import proofs
from guildhall.people.membership.addresses import at_school
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.organisations.models import Team

from .. import queries
from ..models import Report, Review
from ..rules import TEAM


def tell_due(places: Iterable[SchoolPlace], *, key: str, now: datetime) -> None:
    """Reviews of the school are due; once for ``key`` and person."""
    for one in places:
        link = at_school(one.school_id, "schools:reviews")
        proofs.tell(one.user, "SenReview_Due", key=f"{key}:{one.user_id}", now=now, link=link)


def tell_school(review: Review, *, now: datetime) -> None:
    """The authority has decided, or has taken its decision back."""
    school = review.plan.school_id
    for one in queries.keepers_of([school])[school]:
        proofs.tell(
            one.user,
            "SenReview_Decided",
            key=f"annual-review-decided:{review.pk}:{int(now.timestamp())}:{one.user_id}",
            now=now,
            link=at_school(school, "schools:reviews"),
        )


def tell_team(review: Review, report: Report, *, now: datetime) -> None:
    """A school has sent a report, or a correction of one."""
    to = Team.objects.filter(key=TEAM).values_list("email", flat=True).first()
    if to and setting("mail.notify"):
        put_email(
            to,
            subject="messaging.EmailSubject_SenReview_Sent",
            body="text-blocks.Email_SenReview_Sent",
            language="en",
            key=f"annual-review-sent:{review.pk}:{report.number}",
            now=now,
            link=reverse("council:annual-reviews"),
        )

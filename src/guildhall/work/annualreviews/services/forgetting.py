"""Deleting plans with all that hangs on them: with the child's record, or long after the child grew up."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import services as files
from guildhall.foundation.loading.services import forget_unapplied
from guildhall.people.accounts.models import User
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage.models import Decision, Mention

from .. import queries
from ..models import Loading, Plan, Report, Review
from .sending import DECISION, KIND

KEPT_YEARS = 31  # after the birth, as schools keep what they hold of special educational needs


@transaction.atomic
def forget_plans(plans: list[Plan], *, by: User | None, now: datetime) -> int:
    """Delete ``plans`` with their reviews, reports, documents, events and mentions; how many."""
    for plan in plans:
        reviews = list(Review.objects.filter(plan=plan))
        for review in reviews:
            files.remove_held((queries.HELD_BY, review.pk), by=by, now=now)
        Entry.objects.filter(kind__in=[KIND, DECISION], mention=plan.mention_id).delete()
        Report.objects.filter(review__in=reviews).delete()
        Review.objects.filter(plan=plan).delete()
        mention = plan.mention_id
        audit.record("annualreviews.pupil_forgotten", by=by, about=plan, now=now)
        Plan.objects.filter(pk=plan.pk).delete()
        if not Entry.objects.filter(mention=mention).exists():
            Decision.objects.filter(mention=mention).delete()
            Mention.objects.filter(pk=mention).delete()
    return len(plans)


def forget_old(*, today: date, now: datetime) -> int:
    """Delete the plans, without a record of the authority, of people born long ago; others go with it.

    Rows of a spreadsheet that nobody applied are deleted after a week.
    """
    forget_unapplied(Loading, now=now)
    born = today.replace(year=today.year - KEPT_YEARS, day=1)
    rows = Plan.objects.filter(~Q(ended_at=None), born_on__lt=born, mention__child=None)
    return forget_plans(list(rows.order_by("pk")[:200]), by=None, now=now)

"""Telling schools, once for each due date, that reviews are due within eight weeks."""

from datetime import date, datetime
from itertools import groupby

from django.db import transaction
from django.db.models import F

from guildhall.foundation.audit import services as audit

from .. import queries
from ..models import Plan
from .telling import tell_due

AT_ONCE = 500


@transaction.atomic
def remind_of_due(*, today: date, now: datetime) -> int:
    """Email those who keep the reviews of each school with some that became due, once; how many pupils."""
    due = list(queries.untold(today=today)[:AT_ONCE])
    if not due:
        return 0
    keepers = queries.keepers_of({one.school_id for one in due})
    for school, plans in groupby(due, key=lambda one: one.school_id):
        numbers = [one.pk for one in plans]
        tell_due(keepers[school], key=f"annual-reviews-due:{school}:{today}:{numbers[0]}", now=now)
        Plan.objects.filter(pk__in=numbers).update(told_on=F("due_on"))
        audit.record(
            "annualreviews.due_told",
            by=None,
            about=("organisations.establishment", str(school)),
            now=now,
            detail={"pupils": len(numbers)},
        )
    return len(due)

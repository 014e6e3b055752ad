"""Reminding schools of returns, and forgetting what is long over."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit

from .. import queries, rules
from ..models import Asked, Return, Statement, Upload
from . import telling


@transaction.atomic
def remind_schools(*, now: datetime) -> int:
    """Tell schools once of each return that is due within a week; how many."""
    return _tell("Due", "reminded_at", queries.to_remind(now), now)


@transaction.atomic
def chase_schools(*, now: datetime) -> int:
    """Tell schools once of each return that is late; how many."""
    return _tell("Late", "late_at", queries.to_chase(now), now)


def _tell(what: str, field: str, found: list[Return], now: datetime) -> int:
    if found:
        Return.objects.filter(pk__in=[one.pk for one in found]).update(**{field: now})
        telling.tell_of_returns(what, found, now=now)
        about, detail = ("schoolfinance", "returns"), {"what": what, "returns": [one.pk for one in found]}
        audit.record("schoolfinance.reminded", by=None, about=about, now=now, detail=detail)
    return len(found)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Delete files not published for a week, and statements and returns of more than seven years ago."""
    Upload.objects.filter(read_at__lt=now - rules.UNPUBLISHED_KEPT).delete()
    old = (now - rules.KEPT).date()
    statements, asked = Statement.objects.filter(month__lt=old), Asked.objects.filter(due_on__lt=old)
    count = statements.count() + asked.count()
    statements.delete()
    asked.delete()
    if count:
        about = ("schoolfinance", "old")
        audit.record("schoolfinance.forgotten", by=None, about=about, now=now, detail={"count": count})
    return count

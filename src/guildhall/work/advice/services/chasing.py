"""Reminding people of what they were asked for, 7 days before it is due, on the day, and 7 days after."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold

from .. import queries
from ..models import Chase, Requested
from ..rules import Stage, next_chase, stage_on
from .telling import send_message, tell_officer

AT_ONCE = 500
_MESSAGES = {Stage.BEFORE: "AdviceSoon", Stage.DUE: "AdviceDue", Stage.LATE: "AdviceLate"}


def chase_due(*, now: datetime) -> int:
    """Remind of everything whose day for it has come; how many. Each in a transaction of its own."""
    today = timezone.localdate(now)
    rows = Requested.objects.filter(chase_on__lte=today).order_by("chase_on", "pk")
    return sum(_chase(pk, today, now=now) for pk in rows.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _chase(pk: int, today: date, *, now: datetime) -> bool:
    """Remind of one; False where the answer, or another worker, came first."""
    requested = hold(Requested(pk=pk))
    if requested.chase_on is None or requested.chase_on > today:
        return False
    stage = stage_on(requested.due_on, today)
    requested.chase_on = next_chase(requested.due_on, after=today)
    requested.save(update_fields=["chase_on"])
    known = Chase.objects.filter(requested=requested, due_on=requested.due_on, stage=stage or "")
    if stage is None or known.exists():
        return False
    _remind(requested, stage, now=now)
    return True


def _remind(requested: Requested, stage: Stage, *, now: datetime) -> None:
    """For whoever was not told yet, or has no account that may be, the officer is told instead."""
    user = queries.reachable(requested) if requested.notified_on else None
    key = f"advice-chase:{requested.pk}:{requested.due_on}:{stage}"
    said = send_message(_MESSAGES[stage], requested, user, key=key, by=None, now=now) if user else None
    if user is None or stage == Stage.LATE:
        name = "AdviceNotCome" if user else "AdviceChase" if requested.notified_on else "AdviceUntold"
        tell_officer(name, requested, key=f"{key}:officer", now=now)
    Chase.objects.create(
        requested=requested, due_on=requested.due_on, stage=stage, at=now, communication=said
    )
    detail = {"stage": str(stage), "reached": user is not None}
    child = requested.involvement.child_id
    audit.record("advice.chased", by=None, about=requested, child=child, now=now, detail=detail)

"""Forgetting what was done or cancelled long ago."""

from datetime import datetime, timedelta

from django.db import transaction

from guildhall.foundation.audit import services as audit

from ..models import Action

KEPT = timedelta(days=365 * 6)
AT_ONCE = 500


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Delete actions that ended six years ago, with their notes; how many."""
    old = list(Action.objects.filter(closed_at__lt=now - KEPT).values_list("pk", flat=True)[:AT_ONCE])
    if old:
        Action.objects.filter(pk__in=old).delete()
        detail = {"actions": len(old)}
        audit.record("actions.forgotten", by=None, about=("actions", "old"), now=now, detail=detail)
    return len(old)

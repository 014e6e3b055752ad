"""Forgetting what nobody needs: rows that nobody applied, and who was taken off a list long ago."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from guildhall.foundation.audit import services as audit
from guildhall.foundation.loading.services import forget_unapplied

from ..models import Amendment, Loading, Pupil

KEPT = timedelta(days=365 * 6)


@transaction.atomic
def forget_gone(*, now: datetime) -> int:
    """Delete rows left for a week, and pupils without a record of the authority who left six years ago.

    With a record they go when it goes. Returns how many pupils were deleted.
    """
    forget_unapplied(Loading, now=now)
    gone = Pupil.objects.filter(child=None, removed_at__lt=now - KEPT)
    old = Q(pupil__in=gone) | Q(pupil=None, closed_at__lt=now - KEPT)
    Amendment.objects.filter(old).delete()
    count, _ = gone.delete()
    if count:
        audit.record("meals.forgotten", by=None, about=("meals", "lists"), now=now, detail={"pupils": count})
    return count

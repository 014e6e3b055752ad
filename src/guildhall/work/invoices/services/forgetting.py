"""Forgetting files that nobody sent, and batches whose time is over."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit

from ..models import Batch, Upload
from ..rules import KEPT, UNSENT_KEPT


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Delete files not sent for 30 days, and batches closed seven years ago; how many batches."""
    Upload.objects.filter(batch=None, read_at__lt=now - UNSENT_KEPT).delete()
    gone = Batch.objects.filter(closed_at__lt=now - KEPT)
    count = gone.count()
    gone.delete()
    if count:
        audit.record(
            "invoices.forgotten", by=None, about=("invoices", "batches"), now=now, detail={"batches": count}
        )
    return count

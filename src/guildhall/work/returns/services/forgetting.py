"""Forgetting practice 14 days after census day (SY-061), and live returns after two years."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit

from ..census.days import school_year
from ..collections import of_year
from ..models import Return, Upload
from ..rules import KEPT


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Delete what has had its time; how many returns went."""
    today = timezone.localdate(now)
    over: list[int] = []
    oldest = Return.objects.order_by("year").values_list("year", flat=True).first()
    for year in range(oldest if oldest is not None else school_year(today), school_year(today) + 1):
        for one in of_year(year):
            rows = Return.objects.filter(key=one.key, year=year)
            if one.forgotten_on <= today:
                over += rows.filter(area=Return.Area.PRACTICE).values_list("pk", flat=True)
            if one.census_on + KEPT <= today:
                over += rows.filter(area=Return.Area.LIVE).values_list("pk", flat=True)
    uploads = list(Return.objects.filter(pk__in=over, upload__isnull=False).values_list("upload", flat=True))
    Return.objects.filter(pk__in=over).delete()
    Upload.objects.filter(pk__in=uploads).delete()
    if over:
        count = {"returns": len(over)}
        audit.record("returns.forgotten", by=None, about=("returns", "returns"), now=now, detail=count)
    return len(over)

"""Later work about schools' cases."""

from datetime import datetime

from django.utils import timezone

from . import services


def remind_of_reviews(now: datetime) -> None:
    """Job: remind officers of part-time timetables whose review day has come."""
    services.remind_of_reviews(today=timezone.localdate(now), now=now)

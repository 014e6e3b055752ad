"""Later work about annual reviews."""

from datetime import datetime

from django.utils import timezone

from . import services


def remind_of_due(now: datetime) -> None:
    """Job: tell schools of reviews that became due."""
    services.remind_of_due(today=timezone.localdate(now), now=now)


def forget_old(now: datetime) -> None:
    """Job: forget the plans of people who grew up long ago."""
    services.forget_old(today=timezone.localdate(now), now=now)

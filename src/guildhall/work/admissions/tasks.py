"""Later work about admissions."""

from datetime import datetime

from . import services


def forget_old(now: datetime) -> None:
    """Job: forget rows that nobody applied, and rounds that are long over."""
    services.forget_old(now=now)

"""Later work about free school meals lists."""

from datetime import datetime

from . import services


def forget_gone(now: datetime) -> None:
    """Job: forget rows that nobody applied, and pupils who left long ago."""
    services.forget_gone(now=now)

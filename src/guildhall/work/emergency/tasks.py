"""Later work about emergency contacts."""

from datetime import datetime

from . import services


def look_after(now: datetime) -> None:
    """Job: remind schools of what is old, and forget who was removed."""
    services.remind_schools(now=now)
    services.forget_removed(now=now)

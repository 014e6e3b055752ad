"""Later work about statements and returns."""

from datetime import datetime

from . import services


def look_after(now: datetime) -> None:
    """Job: tell schools of what is due soon and what is late, and forget what is long over."""
    services.remind_schools(now=now)
    services.chase_schools(now=now)
    services.forget_old(now=now)

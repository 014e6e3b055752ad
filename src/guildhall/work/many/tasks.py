"""Later work on forms that somebody entered for others."""

from datetime import datetime

from guildhall.work.keying import services as keying

from . import services


def forget_left(now: datetime) -> None:
    """Job: delete what was written down for forms that were given up before they were sent."""
    keying.forget_left(now=now)
    services.forget_left(now=now)

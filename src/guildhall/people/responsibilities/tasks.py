"""Later work about responsibilities."""

from datetime import datetime

from . import services


def remind_of_requests(now: datetime) -> None:
    """Job: remind supervisors of requests that nobody has decided for seven days."""
    services.remind_of_requests(now=now)

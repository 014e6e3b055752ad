"""Work of the scheduler."""

from datetime import datetime

from . import services


def disable_unused(now: datetime) -> None:
    """Job: warn and disable the accounts of schools and the council that nobody uses."""
    services.disable_unused(now=now)

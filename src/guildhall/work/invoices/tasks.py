"""Work on batches of invoices that nobody asks for."""

from datetime import datetime

from . import services


def forget_old(now: datetime) -> None:
    """Job: forget files that nobody sent, and batches whose time is over."""
    services.forget_old(now=now)

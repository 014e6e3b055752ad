"""Later work about actions."""

from datetime import datetime

from . import services


def tell_late(now: datetime) -> None:
    """Job: tell owners of what fell overdue."""
    services.tell_late(now=now)


def forget_old(now: datetime) -> None:
    """Job: forget actions that ended long ago."""
    services.forget_old(now=now)

"""Later work about information requested."""

from datetime import datetime

from . import services


def chase(now: datetime) -> None:
    """Job: remind people of what they were asked for."""
    services.chase_due(now=now)


def take_forms(now: datetime) -> None:
    """Job: close what a form that came has answered."""
    services.take_forms(now=now)

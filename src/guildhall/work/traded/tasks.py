"""Work of the room that nobody asks for."""

from datetime import datetime

from . import services


def forget_old(now: datetime) -> None:
    """Job: delete what schools asked long ago."""
    services.forget_old(now=now)

"""Work of the folder that nobody asks for."""

from datetime import datetime

from . import services


def forget_removed(now: datetime) -> None:
    """Job: delete documents that were removed 30 days ago."""
    services.forget_removed(now=now)

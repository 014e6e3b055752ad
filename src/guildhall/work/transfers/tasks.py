"""Work on transfers that nobody asks for."""

from datetime import datetime

from . import services


def look_after(now: datetime) -> None:
    """Job: chase what nobody downloads, and delete what is kept no longer."""
    services.chase_files(now=now)
    services.forget_old(now=now)

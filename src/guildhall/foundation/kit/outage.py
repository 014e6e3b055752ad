"""Whether the database takes anything at the moment, as far as this process has seen."""

import time

_SECONDS = 60
_refused_at: float | None = None


def refused() -> None:
    """The database was there, but took nothing."""
    global _refused_at
    _refused_at = time.monotonic()


def taken() -> None:
    """The database took something."""
    global _refused_at
    _refused_at = None


def only_reading() -> bool:
    """Whether the database refused something within the last minute and has taken nothing since."""
    since = _refused_at
    return since is not None and time.monotonic() - since < _SECONDS

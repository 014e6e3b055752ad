"""Whether this process has seen the database refuse something since it last took something."""

_seen = False


def refused() -> None:
    """The database was there, but took nothing."""
    global _seen
    _seen = True


def taken() -> None:
    """The database took something."""
    global _seen
    _seen = False


def was_seen() -> bool:
    return _seen

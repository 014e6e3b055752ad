"""Whether the database takes anything at the moment.

A process that has seen it refuse something asks it again for each page that it draws, so that no page says
"nothing can be saved" for longer than that is true. While all is well nothing is asked.
"""

from django.db import DatabaseError, InterfaceError, transaction

from guildhall.foundation.kit import outage

from . import stamps

_ASKED = "outage"


def only_reading() -> bool:
    """Whether the database, which refused something before, refuses it still."""
    if outage.was_seen() and _takes():
        outage.taken()
    return outage.was_seen()


def _takes() -> bool:
    """Whether the database keeps a stamp that nobody reads. Only a write tells."""
    try:
        with transaction.atomic():
            stamps.touch(_ASKED)
    except (DatabaseError, InterfaceError):
        return False
    return True

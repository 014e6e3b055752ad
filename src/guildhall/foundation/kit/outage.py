"""Whether the database takes anything at the moment.

A process that has seen it refuse something asks it again for each page that it draws, so that no page says
"nothing can be saved" for longer than that is true. While all is well nothing is asked.
"""

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import F

_refuses = False


def refused() -> None:
    """The database was there, but took nothing."""
    global _refuses
    _refuses = True


def taken() -> None:
    """The database took something."""
    global _refuses
    _refuses = False


def only_reading() -> bool:
    """Whether the database, which refused something before, refuses it still."""
    if _refuses and _takes():
        taken()
    return _refuses


def _takes() -> bool:
    """Whether the database keeps a session's life longer by a microsecond: little, but written to disk."""
    sessions = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects
    one = sessions.values("pk")[:1]
    try:
        with transaction.atomic():
            sessions.filter(pk__in=one).update(expire_date=F("expire_date") + timedelta(microseconds=1))
    except (DatabaseError, InterfaceError):
        return False
    return True

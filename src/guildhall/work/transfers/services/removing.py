"""Deleting a file with everything that was read from it."""

from datetime import datetime

from guildhall.foundation.files import services as files
from guildhall.people.accounts.models import User

from ..models import Pupil, Transfer
from ..queries import HELD_BY


def empty(transfer: Transfer, *, by: User | None, now: datetime) -> None:
    """Delete the file and its pupils; what happened to it stays."""
    transfer.file = None
    transfer.save(update_fields=["file"])
    Pupil.objects.filter(transfer=transfer).delete()
    files.remove_held((HELD_BY, transfer.pk), by=by, now=now)


def remove(transfer: Transfer, *, by: User | None, now: datetime) -> None:
    """Delete all of it."""
    key = transfer.pk
    transfer.delete()
    files.remove_held((HELD_BY, key), by=by, now=now)

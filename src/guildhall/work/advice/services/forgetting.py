"""Deleting what the database does not delete with the record of a child."""

from datetime import datetime

from guildhall.foundation.files import services as files
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child

from ..models import Answer
from ..queries import HELD_BY


def forget_files(child: Child, *, by: User | None, now: datetime) -> None:
    """Delete the files of every answer about ``child``, whose record goes."""
    for key in Answer.objects.filter(requested__involvement__child=child).values_list("pk", flat=True):
        files.remove_held((HELD_BY, key), by=by, now=now)

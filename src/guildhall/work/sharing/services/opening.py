"""The involvement of a child, which begins with the first thing that is kept on it."""

from datetime import datetime

from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child

from ..models import Involvement


def open_involvement(child: Child, *, by: User, now: datetime) -> Involvement:
    """The involvement of ``child``, opened now if there was none."""
    opening = {"opened_at": now, "opened_by": by}
    involvement, _ = Involvement.objects.get_or_create(child=child, defaults=opening)
    return involvement

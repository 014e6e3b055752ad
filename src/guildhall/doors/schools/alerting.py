"""What an alert is, and what a room is told when it is asked for its alerts."""

from dataclasses import dataclass
from datetime import datetime

from guildhall.foundation.access.holder import Holder
from guildhall.people.membership.models import SchoolPlace

MOST = 50  # of one source


@dataclass(frozen=True)
class Asking:
    """Whose alerts, at which school, and when."""

    place: SchoolPlace
    holder: Holder
    now: datetime

    @property
    def supervises(self) -> bool:
        return self.place.school_id in self.holder.supervised


@dataclass(frozen=True)
class Alert:
    """What an alert says, where it leads, and since when it stands.

    One with a ``key`` clears when its reader says that they have seen it, the others when what they ask
    for is done.
    """

    words: str
    href: str
    at: datetime
    key: str = ""
    more: str = ""

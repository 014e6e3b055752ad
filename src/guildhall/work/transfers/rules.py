"""Who sends and receives files, how long they are kept, and when one is chased. Pure."""

from datetime import date, timedelta

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.rules import Limit

from .models import Transfer

SERVICE = "file-transfer"
"""The key of the secure service whose users send and receive a school's files."""

TEAM = "admissions"
OLD_ENOUGH = 14
"""Years of age from which a student is given a unique learner number."""

CHASED_AFTER, SENT_WITHIN = 5, 15
"""School days: after which a file that nobody downloads is chased; within which the law wants it sent."""

KEPT = timedelta(days=61)
LOST_KEPT = timedelta(days=2 * 365)
UNSENT_KEPT = timedelta(days=7)
MOST_UNSENT = 50
TOO_YOUNG_PHASES = ("nursery", "infant", "junior", "first", "primary")
REASONS = {
    Transfer.Towards.LEFT: (
        Transfer.Reason.NOT_MAINTAINED,
        Transfer.Reason.OUTSIDE,
        Transfer.Reason.OVERSEAS,
        Transfer.Reason.HOME,
    ),
    Transfer.Towards.LOST: (Transfer.Reason.UNKNOWN,),
}
"""Why a pupil may go where no school receives the file (SY-043, SY-044)."""

WHY_LOOKED = ("admitting", "missing", "asked")
"""Why somebody searches the lost pupils."""

FIND_LIMIT = Limit(10_000, timedelta(), ((20, timedelta(hours=1)), (60, timedelta(days=1))))


def handles(holder: Holder) -> bool:
    """Whether ``holder`` is of the council's team that sends and receives files."""
    return TEAM in holder.services


def teaches_from_fourteen(phase: str) -> bool:
    """Whether a school of that phase may have students who are old enough for a unique learner number."""
    return not phase.lower().startswith(TOO_YOUNG_PHASES)


def old_enough(born_on: date, day: date) -> bool:
    """Whether somebody is 14 or more on a day."""
    return (day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))) >= OLD_ENOUGH

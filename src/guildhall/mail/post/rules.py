"""How long post may wait, and who may be shown what. Pure."""

from datetime import timedelta

from guildhall.people.responsibilities.models import Level
from guildhall.people.responsibilities.rules import Sensitivity, seen_by

# What an Interested Party never sees: which of the two is the stricter is not said, so both are alike.
CONFIDENTIAL = frozenset(Sensitivity) - seen_by(Level.INTERESTED)
OPEN = tuple(sorted(seen_by(Level.INTERESTED)))
OLD_AFTER = timedelta(days=7)
FORWARDS_A_DAY, FORWARD_TIME = 50, timedelta(days=1)


def may_be_mailed_whole(sensitivity: str) -> bool:
    """Whether an email may hold the words of an item; of any other it only leads to where they are."""
    return sensitivity == Sensitivity.UNRESTRICTED

"""What is done with schools' cases, and the only code that writes one."""

from .cases import (
    REASON,
    NoSuchColleague,
    NotYours,
    ReasonMissing,
    abandon_case,
    hand_over,
    raise_case,
    share_case,
)
from .limits import limit_type
from .reminding import note_sent, remind_of_reviews

__all__ = [
    "REASON",
    "NoSuchColleague",
    "NotYours",
    "ReasonMissing",
    "abandon_case",
    "hand_over",
    "limit_type",
    "note_sent",
    "raise_case",
    "remind_of_reviews",
    "share_case",
]

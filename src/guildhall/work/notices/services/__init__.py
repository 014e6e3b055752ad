"""Placing notices, and looking after them."""

from .moderating import (
    MOST_REASON,
    NotYours,
    approve_notice,
    forget_old,
    refuse_notice,
    remove_notice,
    report_notice,
    settle_reports,
)
from .placing import (
    FIELD,
    Moved,
    NotTheirs,
    Told,
    TooMany,
    change_notice,
    place_notice,
    withdraw_notice,
)

__all__ = [
    "FIELD",
    "MOST_REASON",
    "Moved",
    "NotTheirs",
    "NotYours",
    "Told",
    "TooMany",
    "approve_notice",
    "change_notice",
    "forget_old",
    "place_notice",
    "refuse_notice",
    "remove_notice",
    "report_notice",
    "settle_reports",
    "withdraw_notice",
]

"""The verbs of consent: the library and its schedule, what people answer, what the council does about it."""

from .answers import AlreadyClosed, OldStatement, agree, decline, withdraw
from .following import (
    change_notified,
    choose_emails,
    mark_actioned,
    send_test_email,
    take_mark_back,
)
from .library import (
    AlreadyPublished,
    NotActive,
    StillScheduled,
    TooEarly,
    add_question,
    change_question,
    publish_due,
    schedule,
    unschedule,
)

__all__ = [
    "AlreadyClosed",
    "AlreadyPublished",
    "NotActive",
    "OldStatement",
    "StillScheduled",
    "TooEarly",
    "add_question",
    "agree",
    "change_notified",
    "change_question",
    "choose_emails",
    "decline",
    "mark_actioned",
    "publish_due",
    "schedule",
    "send_test_email",
    "take_mark_back",
    "unschedule",
    "withdraw",
]

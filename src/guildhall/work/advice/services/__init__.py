"""Writing requests: ``keeping`` (add, change, remove), ``notifying``, ``answering``, ``asking_more``,
``arriving`` (forms that were asked for), ``chasing`` (reminders) and ``forgetting``."""

from .answering import AnswerClosed, NothingAnswered, answer, decline
from .arriving import take_forms
from .asking_more import More, MoreIncomplete, ask_more
from .chasing import chase_due
from .forgetting import forget_files
from .keeping import (
    EntryIncomplete,
    NotPartOfIt,
    add_request,
    change_request,
    demand_right,
    put_back,
    remove_request,
)
from .notifying import CannotTell, Way, notify

__all__ = [
    "AnswerClosed",
    "CannotTell",
    "EntryIncomplete",
    "More",
    "MoreIncomplete",
    "NotPartOfIt",
    "NothingAnswered",
    "Way",
    "add_request",
    "answer",
    "ask_more",
    "change_request",
    "chase_due",
    "decline",
    "demand_right",
    "forget_files",
    "notify",
    "put_back",
    "remove_request",
    "take_forms",
]

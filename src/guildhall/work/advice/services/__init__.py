"""Writing requests: ``keeping`` (add, change, remove), ``notifying``, ``answering``, ``arriving`` (forms that
were asked for), ``chasing`` (reminders) and ``forgetting``."""

from .answering import AnswerClosed, NothingAnswered, answer
from .arriving import take_forms
from .chasing import chase_due
from .forgetting import forget_files
from .keeping import (
    EntryChanged,
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
    "EntryChanged",
    "EntryIncomplete",
    "NotPartOfIt",
    "NothingAnswered",
    "Way",
    "add_request",
    "answer",
    "change_request",
    "chase_due",
    "demand_right",
    "forget_files",
    "notify",
    "put_back",
    "remove_request",
    "take_forms",
]

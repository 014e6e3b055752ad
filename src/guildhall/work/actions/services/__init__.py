"""Writing actions: ``making`` (make, change), ``moving`` (status, owner), ``noting``, ``officers`` (what the
council gives to schools), ``telling`` (emails), ``reminding`` and ``forgetting`` (jobs)."""

from .forgetting import forget_old
from .holding import NotYours, Overtaken
from .making import change_action, make_action
from .moving import (
    NotNow,
    cancel_action,
    finish_action,
    finish_some,
    give_action,
    give_some,
    reopen_action,
    reopen_some,
    start_action,
    stop_action,
)
from .noting import add_note
from .officers import cancel_given, give_to_school
from .reminding import tell_late

__all__ = [
    "NotNow",
    "NotYours",
    "Overtaken",
    "add_note",
    "cancel_action",
    "cancel_given",
    "change_action",
    "finish_action",
    "finish_some",
    "forget_old",
    "give_action",
    "give_some",
    "give_to_school",
    "make_action",
    "reopen_action",
    "reopen_some",
    "start_action",
    "stop_action",
    "tell_late",
]

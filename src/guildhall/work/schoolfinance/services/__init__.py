from .answering import (
    NotYours,
    Overtaken,
    ask_for_correction,
    kept_of,
    problems_of,
    save_answers,
    send_return,
    stamp_of,
)
from .asking import Told, ask_return, change_due, put_back_asked, withdraw_asked
from .keeping import put_back_statement, withdraw_statement
from .later import chase_schools, forget_old, remind_schools
from .loading import NotHandling, NothingToPublish, NotNow, discard_upload, publish, read_file

__all__ = [
    "NotHandling",
    "NotNow",
    "NotYours",
    "NothingToPublish",
    "Overtaken",
    "Told",
    "ask_for_correction",
    "ask_return",
    "change_due",
    "chase_schools",
    "discard_upload",
    "forget_old",
    "kept_of",
    "problems_of",
    "publish",
    "put_back_asked",
    "put_back_statement",
    "read_file",
    "remind_schools",
    "save_answers",
    "send_return",
    "stamp_of",
    "withdraw_asked",
    "withdraw_statement",
]

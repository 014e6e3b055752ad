from .codes import TooManyCodes, replace_codes
from .deciding import PLAIN, NotHandling, NotNow, decide, mark_line, move_batch
from .forgetting import forget_old
from .sending import Control, NotRight, again, send_batch, withdraw_batch
from .uploading import (
    NotSending,
    SentBefore,
    TooManyUnsent,
    correct_line,
    discard_upload,
    read_file,
    remove_line,
)

__all__ = [
    "PLAIN",
    "Control",
    "NotHandling",
    "NotNow",
    "NotRight",
    "NotSending",
    "SentBefore",
    "TooManyCodes",
    "TooManyUnsent",
    "again",
    "correct_line",
    "decide",
    "discard_upload",
    "forget_old",
    "mark_line",
    "move_batch",
    "read_file",
    "remove_line",
    "replace_codes",
    "send_batch",
    "withdraw_batch",
]

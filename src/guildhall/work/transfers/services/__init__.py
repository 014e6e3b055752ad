from ..checking import NotTaken
from .later import chase_files, forget_old
from .learners import NotAnswered, answer_request, note_list_taken
from .lost import NotClaimed, NotFound, Wanted, claim, search_lost
from .receiving import receive
from .sending import NotNow, discard, send, withdraw
from .uploading import NotUsing, TooManyUnsent, upload

__all__ = [
    "NotAnswered",
    "NotClaimed",
    "NotFound",
    "NotNow",
    "NotTaken",
    "NotUsing",
    "TooManyUnsent",
    "Wanted",
    "answer_request",
    "chase_files",
    "claim",
    "discard",
    "forget_old",
    "note_list_taken",
    "receive",
    "search_lost",
    "send",
    "upload",
    "withdraw",
]

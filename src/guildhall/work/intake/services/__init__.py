"""The counter: where a finished draft becomes something the council must act on.

``sending`` takes it, ``checking`` says what is missing, ``carrying`` brings what was sent to its team,
``telling`` gives the sender a receipt, ``expiring`` warns of drafts that end and deletes them.
"""

from .checking import ChangedSinceChecked, NotAgreed, Unfinished, check
from .expiring import warn_and_expire_drafts
from .sending import NothingToSend, submit

__all__ = [
    "ChangedSinceChecked",
    "NotAgreed",
    "NothingToSend",
    "Unfinished",
    "check",
    "submit",
    "warn_and_expire_drafts",
]

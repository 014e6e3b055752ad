"""Writing drafts and submissions: ``drafting`` (start, save, delete), ``filing``, ``rows``, ``sealing``."""

from .drafting import (
    AlreadyStarted,
    Conflict,
    FormWithdrawn,
    Gone,
    TooManyDrafts,
    delete_draft,
    extend_draft,
    mark_warned,
    save_answers,
    speak_draft,
    start_draft,
    upgrade_draft,
)
from .filing import NoSuchFile, NotAFileQuestion, TooManyFiles, add_file, remove_file
from .rows import move_row, restore_row
from .sealing import reopen, seal

__all__ = [
    "AlreadyStarted",
    "Conflict",
    "FormWithdrawn",
    "Gone",
    "NoSuchFile",
    "NotAFileQuestion",
    "TooManyDrafts",
    "TooManyFiles",
    "add_file",
    "delete_draft",
    "extend_draft",
    "mark_warned",
    "move_row",
    "remove_file",
    "reopen",
    "restore_row",
    "save_answers",
    "seal",
    "speak_draft",
    "start_draft",
    "upgrade_draft",
]

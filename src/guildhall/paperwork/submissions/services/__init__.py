"""Writing drafts and submissions: ``drafting`` (start, save, delete), ``filing`` (files), ``sealing``."""

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
    "remove_file",
    "reopen",
    "save_answers",
    "seal",
    "speak_draft",
    "start_draft",
    "upgrade_draft",
]

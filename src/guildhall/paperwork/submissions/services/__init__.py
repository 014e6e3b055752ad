"""Writing drafts and submissions: ``drafting`` (start, save, delete), ``filing``, ``rows``, ``sealing``,
``sharing``."""

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
    set_aside_late,
    speak_draft,
    start_draft,
    upgrade_draft,
)
from .filing import (
    NoSuchFile,
    NotAFileQuestion,
    TooManyFiles,
    add_arrived,
    add_file,
    begin_file,
    remove_file,
    restore_file,
)
from .rows import move_row, restore_row
from .sealing import reopen, seal
from .sharing import PRESENT, give_school, hand_over_draft, note_presence, share_draft

__all__ = [
    "PRESENT",
    "AlreadyStarted",
    "Conflict",
    "FormWithdrawn",
    "Gone",
    "NoSuchFile",
    "NotAFileQuestion",
    "TooManyDrafts",
    "TooManyFiles",
    "add_arrived",
    "add_file",
    "begin_file",
    "delete_draft",
    "extend_draft",
    "give_school",
    "hand_over_draft",
    "mark_warned",
    "move_row",
    "note_presence",
    "remove_file",
    "reopen",
    "restore_file",
    "restore_row",
    "save_answers",
    "seal",
    "set_aside_late",
    "share_draft",
    "speak_draft",
    "start_draft",
    "upgrade_draft",
]

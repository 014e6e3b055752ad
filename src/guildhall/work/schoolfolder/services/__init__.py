"""Keeping a school's folder, and who may use it."""

from .access import NotTheirSupervisor, choose_access
from .documents import (
    FolderFull,
    Told,
    TooManyVersions,
    add_document,
    change_document,
    forget_removed,
    note_opened,
    put_back,
    remove_document,
    replace_file,
)
from .permitting import NoAccess
from .sections import NameTaken, NotEmpty, TooManySections, add_section, remove_section, rename_section

__all__ = [
    "FolderFull",
    "NameTaken",
    "NoAccess",
    "NotEmpty",
    "NotTheirSupervisor",
    "Told",
    "TooManySections",
    "TooManyVersions",
    "add_document",
    "add_section",
    "change_document",
    "choose_access",
    "forget_removed",
    "note_opened",
    "put_back",
    "remove_document",
    "remove_section",
    "rename_section",
    "replace_file",
]

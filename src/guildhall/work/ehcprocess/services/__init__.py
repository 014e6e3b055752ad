"""Keeping the dates of a process, taking a save back, and recording exemptions."""

from .dates import (
    NothingToUndo,
    WrongDates,
    add_marker,
    keep_facts,
    remove_marker,
    start_process,
    undo_last,
)
from .excusing import Told, WrongExcuse, record_excuse, withdraw_excuse

__all__ = [
    "NothingToUndo",
    "Told",
    "WrongDates",
    "WrongExcuse",
    "add_marker",
    "keep_facts",
    "record_excuse",
    "remove_marker",
    "start_process",
    "undo_last",
    "withdraw_excuse",
]

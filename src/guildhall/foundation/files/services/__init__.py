"""Writing files: ``keeping`` (whole ones, and verdicts), ``arriving`` (those that come in parts)."""

from .arriving import NotWhole, begin_upload, finish_upload, sweep_arriving, take_chunk, whole
from .keeping import (
    ORPHANS_KEPT,
    CannotCheckAgain,
    FileRefused,
    accept_upload,
    check_again,
    copy_held,
    forget_upload,
    hand_over,
    look_into,
    remove_file,
    remove_held,
    rescan_waiting,
    sweep_orphans,
    write_verdict,
)

__all__ = [
    "ORPHANS_KEPT",
    "CannotCheckAgain",
    "FileRefused",
    "NotWhole",
    "accept_upload",
    "begin_upload",
    "check_again",
    "copy_held",
    "finish_upload",
    "forget_upload",
    "hand_over",
    "look_into",
    "remove_file",
    "remove_held",
    "rescan_waiting",
    "sweep_arriving",
    "sweep_orphans",
    "take_chunk",
    "whole",
    "write_verdict",
]

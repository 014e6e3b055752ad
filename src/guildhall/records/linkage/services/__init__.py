"""Reporting a mention of a child, deciding whose record it belongs to, and taking decisions back."""

from .batch import everybody, stage_batch
from .checking import ChoiceMissing
from .deciding import (
    AlreadySettled,
    MustConfirm,
    NotSettled,
    RecordGone,
    add_child_for,
    match_mention,
    reject_mention,
    replace_mention,
    return_mention,
)
from .known import report_known
from .merging import (
    CannotMerge,
    MergeUndone,
    NotConfirmed,
    RecordsChanged,
    merge_children,
    stamps_of,
    unmerge_children,
)
from .queue import queue_user
from .reporting import report_mention
from .training import AlreadyActive, TooFewRecords, activate_model, train_model
from .tuning import WrongThresholds, check_thresholds, put_back_thresholds, set_thresholds
from .undoing import CannotUndo, undo_decision

__all__ = [
    "AlreadyActive",
    "AlreadySettled",
    "CannotMerge",
    "CannotUndo",
    "ChoiceMissing",
    "MergeUndone",
    "MustConfirm",
    "NotConfirmed",
    "NotSettled",
    "RecordGone",
    "RecordsChanged",
    "TooFewRecords",
    "WrongThresholds",
    "activate_model",
    "add_child_for",
    "check_thresholds",
    "everybody",
    "match_mention",
    "merge_children",
    "put_back_thresholds",
    "queue_user",
    "reject_mention",
    "replace_mention",
    "report_known",
    "report_mention",
    "return_mention",
    "set_thresholds",
    "stage_batch",
    "stamps_of",
    "train_model",
    "undo_decision",
    "unmerge_children",
]

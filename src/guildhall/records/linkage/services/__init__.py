"""Reporting a mention of a child, deciding whose record it belongs to, and taking decisions back."""

from .batch import everybody, stage_batch
from .deciding import (
    AlreadySettled,
    ChoiceMissing,
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
from .queue import queue_user
from .reporting import report_mention
from .training import AlreadyActive, TooFewRecords, activate_model, train_model
from .undoing import CannotUndo, undo_decision
from .tuning import WrongThresholds, check_thresholds, put_back_thresholds, set_thresholds

__all__ = [
    "AlreadyActive",
    "AlreadySettled",
    "CannotUndo",
    "ChoiceMissing",
    "MustConfirm",
    "NotSettled",
    "RecordGone",
    "TooFewRecords",
    "activate_model",
    "WrongThresholds",
    "add_child_for",
    "everybody",
    "check_thresholds",
    "match_mention",
    "queue_user",
    "put_back_thresholds",
    "reject_mention",
    "replace_mention",
    "report_known",
    "report_mention",
    "return_mention",
    "stage_batch",
    "train_model",
    "set_thresholds",
    "undo_decision",
]

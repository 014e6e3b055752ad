"""Reporting a mention of a child, deciding whose record it belongs to, and taking decisions back."""

from .accepting import (
    MOST_AT_ONCE,
    PairDecided,
    TiedElsewhere,
    accept_pair,
    decide_pairs,
    reject_pair,
    undo_pair,
)
from .asking import TrainingEnded, TrainingGoesOn, begin_training, stop_training, train_for
from .batch import (
    KEPT_FOR,
    MOST_BYTES,
    TooManyBatches,
    WrongFile,
    begin_batch,
    everybody,
    fail_batch,
    finish_batch,
    remove_batch,
    stage_batch,
    start_batch,
)
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
from .looking import CheckedAlready, keep_decision, look_again
from .merging import (
    CannotMerge,
    MergeUndone,
    NotConfirmed,
    RecordsChanged,
    merge_children,
    stamps_of,
    unmerge_children,
)
from .opinions import OpinionClosed, OpinionIncomplete, ask_opinion, give_opinion, withdraw_opinion
from .queue import queue_user
from .reporting import report_mention
from .training import FEWEST_RECORDS, AlreadyActive, TooFewRecords, activate_model, train_model
from .tuning import WrongThresholds, check_thresholds, put_back_thresholds, set_thresholds
from .undoing import CannotUndo, undo_decision
from .waiting import look_at_waiting

__all__ = [
    "FEWEST_RECORDS",
    "KEPT_FOR",
    "MOST_AT_ONCE",
    "MOST_BYTES",
    "AlreadyActive",
    "AlreadySettled",
    "CannotMerge",
    "CannotUndo",
    "CheckedAlready",
    "ChoiceMissing",
    "MergeUndone",
    "MustConfirm",
    "NotConfirmed",
    "NotSettled",
    "OpinionClosed",
    "OpinionIncomplete",
    "PairDecided",
    "RecordGone",
    "RecordsChanged",
    "TiedElsewhere",
    "TooFewRecords",
    "TooManyBatches",
    "TrainingEnded",
    "TrainingGoesOn",
    "WrongFile",
    "WrongThresholds",
    "accept_pair",
    "activate_model",
    "add_child_for",
    "ask_opinion",
    "begin_batch",
    "begin_training",
    "check_thresholds",
    "decide_pairs",
    "everybody",
    "fail_batch",
    "finish_batch",
    "give_opinion",
    "keep_decision",
    "look_again",
    "look_at_waiting",
    "match_mention",
    "merge_children",
    "put_back_thresholds",
    "queue_user",
    "reject_mention",
    "reject_pair",
    "remove_batch",
    "replace_mention",
    "report_known",
    "report_mention",
    "return_mention",
    "set_thresholds",
    "stage_batch",
    "stamps_of",
    "start_batch",
    "stop_training",
    "train_for",
    "train_model",
    "undo_decision",
    "undo_pair",
    "unmerge_children",
    "withdraw_opinion",
]

"""The verbs of forms: keeping questions, building a form, publishing it."""

from .bank import (
    CodeTaken,
    QuestionInUse,
    keep_question,
    keep_questions_of,
    remove_question,
    restore_question,
)
from .publishing import AlreadyWithdrawn, digest_of, publish, withdraw
from .working import (
    BuiltMeanwhile,
    QuestionChanged,
    change_details,
    change_working,
    discard_edits,
    edit_working,
    remove_working,
    revise_question,
    save_working,
    spread_question,
    start_working,
    undo_edit,
    work_on,
)

__all__ = [
    "AlreadyWithdrawn",
    "BuiltMeanwhile",
    "CodeTaken",
    "QuestionChanged",
    "QuestionInUse",
    "change_details",
    "change_working",
    "digest_of",
    "discard_edits",
    "edit_working",
    "keep_question",
    "keep_questions_of",
    "publish",
    "remove_question",
    "remove_working",
    "restore_question",
    "revise_question",
    "save_working",
    "spread_question",
    "start_working",
    "undo_edit",
    "withdraw",
    "work_on",
]

"""The verbs of a case, and the only code that writes one."""

from .answers import CannotAnswer, receive_answer, receive_correction
from .decisions import (
    answer_sharing,
    approve,
    reject,
    request_information,
    resubmit_to_matching,
    write_message,
)
from .moving import NotAllowed, demand
from .opening import assign_case, move_to_team, open_case, open_first, take_up
from .telling import Letter, MessageIncomplete
from .warning import tell_of_infected_file

__all__ = [
    "CannotAnswer",
    "Letter",
    "MessageIncomplete",
    "NotAllowed",
    "answer_sharing",
    "approve",
    "assign_case",
    "demand",
    "move_to_team",
    "open_case",
    "open_first",
    "receive_answer",
    "receive_correction",
    "reject",
    "request_information",
    "resubmit_to_matching",
    "take_up",
    "tell_of_infected_file",
    "write_message",
]

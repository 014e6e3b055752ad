"""The states of a case and the moves between them, as one table."""

from enum import StrEnum

from .models import Case

Status = Case.Status


class Move(StrEnum):
    """What can happen to a case that changes, or may change, its state."""

    OPEN = "open"
    APPROVE = "approve"
    REJECT = "reject"
    REQUEST = "request-information"
    RESUBMIT = "resubmit"
    ANSWER = "answer"
    CORRECT = "correct"
    TAKE_UP = "take-up"
    MOVE_TEAM = "move-team"


# What happens to a case in any state, and is told in its history.
NOTES = ("received", "assign", "write", "sharing", "infected-file")

MOVES: dict[Status, dict[Move, Status]] = {
    Status.NOT_OPENED: {
        Move.OPEN: Status.OPENED,
        Move.ANSWER: Status.NOT_OPENED,
        Move.CORRECT: Status.NOT_OPENED,
        Move.MOVE_TEAM: Status.NOT_OPENED,
    },
    Status.OPENED: {
        Move.OPEN: Status.OPENED,
        Move.APPROVE: Status.APPROVED,
        Move.REJECT: Status.REJECTED,
        Move.REQUEST: Status.MORE_INFORMATION,
        Move.RESUBMIT: Status.OPENED,
        Move.ANSWER: Status.NOT_OPENED,
        Move.CORRECT: Status.NOT_OPENED,
        Move.MOVE_TEAM: Status.NOT_OPENED,
    },
    Status.MORE_INFORMATION: {
        Move.OPEN: Status.MORE_INFORMATION,
        Move.ANSWER: Status.NOT_OPENED,
        Move.CORRECT: Status.NOT_OPENED,
        Move.TAKE_UP: Status.OPENED,
    },
    Status.REJECTED: {
        Move.OPEN: Status.REJECTED,
        Move.ANSWER: Status.REJECTED,
        Move.TAKE_UP: Status.OPENED,
    },
    Status.APPROVED: {
        Move.OPEN: Status.APPROVED,
        Move.ANSWER: Status.APPROVED,
    },
}

# Those an officer decides by, with a message to the submitter.
DECISIONS = (Move.APPROVE, Move.REJECT, Move.REQUEST, Move.RESUBMIT)
# The list shows these unless another state is asked for (SP-183).
ACTIONABLE = (Status.OPENED, Status.NOT_OPENED)
DECIDED = (Status.APPROVED, Status.REJECTED)

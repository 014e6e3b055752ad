"""How an action goes on: status → move → the status it leads to."""

from enum import StrEnum

from .models import Action

Status = Action.Status


class Move(StrEnum):
    """What somebody of the school does about an action. REOPEN and RESUME undo what ended it."""

    START = "start"
    STOP = "stop"
    FINISH = "finish"
    CANCEL = "cancel"
    REOPEN = "reopen"
    RESUME = "resume"


MOVES: dict[str, dict[Move, Action.Status]] = {
    Status.OPEN: {
        Move.START: Status.IN_PROGRESS,
        Move.FINISH: Status.DONE,
        Move.CANCEL: Status.CANCELLED,
    },
    Status.IN_PROGRESS: {
        Move.STOP: Status.OPEN,
        Move.FINISH: Status.DONE,
        Move.CANCEL: Status.CANCELLED,
    },
    Status.DONE: {Move.REOPEN: Status.OPEN, Move.RESUME: Status.IN_PROGRESS},
    Status.CANCELLED: {Move.REOPEN: Status.OPEN, Move.RESUME: Status.IN_PROGRESS},
}

"""What can be done with a notice: state → the moves that it takes."""

from enum import StrEnum

from .models import Notice

State = Notice.State


class Move(StrEnum):
    """CHANGE and WITHDRAW are its owner's; the others the council's."""

    CHANGE = "change"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REFUSE = "refuse"
    REMOVE = "remove"


MOVES: dict[str, frozenset[Move]] = {
    State.WAITING: frozenset({Move.CHANGE, Move.WITHDRAW, Move.APPROVE, Move.REFUSE}),
    State.SHOWN: frozenset({Move.CHANGE, Move.WITHDRAW, Move.REMOVE}),
    State.REFUSED: frozenset({Move.CHANGE}),
    State.WITHDRAWN: frozenset({Move.CHANGE}),
    State.REMOVED: frozenset({Move.CHANGE}),
}

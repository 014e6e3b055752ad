"""How a batch goes on: state → move → the state it leads to."""

from enum import StrEnum

from .models import Batch

State = Batch.State
SENT = "send"


class Move(StrEnum):
    """What is done about a batch, by the council's finance team or by the school."""

    TAKE_UP = "take-up"
    PUT_BACK = "put-back"
    ACCEPT = "accept"
    RETURN = "return"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


MOVES: dict[str, dict[Move, Batch.State]] = {
    State.SENT: {Move.TAKE_UP: State.TAKEN, Move.WITHDRAW: State.WITHDRAWN},
    State.TAKEN: {
        Move.PUT_BACK: State.SENT,
        Move.ACCEPT: State.ACCEPTED,
        Move.RETURN: State.RETURNED,
    },
    State.ACCEPTED: {Move.REOPEN: State.TAKEN},
    State.RETURNED: {},
    State.WITHDRAWN: {},
}

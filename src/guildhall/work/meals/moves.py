"""How an amendment goes on: state → move → the state it leads to."""

from enum import StrEnum

from .models import Amendment

State = Amendment.State


class Move(StrEnum):
    """What is done about an amendment: by a supervisor, the council's team, or whoever asked."""

    AUTHORISE = "authorise"
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


MOVES: dict[str, dict[Move, Amendment.State]] = {
    State.WAITING: {
        Move.AUTHORISE: State.SENT,
        Move.REFUSE: State.REFUSED,
        Move.WITHDRAW: State.WITHDRAWN,
    },
    State.SENT: {
        Move.ACCEPT: State.ACCEPTED,
        Move.REFUSE: State.REFUSED,
        Move.WITHDRAW: State.WITHDRAWN,
    },
    State.ACCEPTED: {},
    State.REFUSED: {},
    State.WITHDRAWN: {},
}

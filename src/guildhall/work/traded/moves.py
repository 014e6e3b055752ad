"""How an enquiry goes on: state → move → the state it leads to."""

from enum import StrEnum

from .models import Enquiry

State = Enquiry.State


class Move(StrEnum):
    """What the council (ANSWER, BUY, CLOSE) or the school that asked (ASK, WITHDRAW) does."""

    ANSWER = "answer"
    BUY = "buy"
    CLOSE = "close"
    ASK = "ask"
    WITHDRAW = "withdraw"


COUNCIL = (Move.ANSWER, Move.BUY, Move.CLOSE)
SCHOOL = (Move.ASK, Move.WITHDRAW)
WITH_WORDS = frozenset({Move.ANSWER, Move.ASK})
"""The moves that say nothing without words."""

_OPEN = {
    Move.ANSWER: State.ANSWERED,
    Move.BUY: State.BOUGHT,
    Move.CLOSE: State.CLOSED,
    Move.ASK: State.SENT,
    Move.WITHDRAW: State.CLOSED,
}
MOVES: dict[str, dict[Move, Enquiry.State]] = {
    State.SENT: _OPEN,
    State.ANSWERED: _OPEN,
    State.BOUGHT: {Move.ANSWER: State.BOUGHT, Move.CLOSE: State.CLOSED},
    State.CLOSED: {Move.ANSWER: State.ANSWERED},
}

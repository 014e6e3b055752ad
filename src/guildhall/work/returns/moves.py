"""How a return goes on: state → move → the state it leads to (SY-062)."""

from enum import StrEnum

from .models import Return

State = Return.State


class Move(StrEnum):
    """What is done about a return, by the school, its headteacher or the council."""

    FIND_ERRORS = "errors"
    FIND_QUERIES = "queries"
    SUBMIT = "submit"
    TAKE_BACK = "take-back"
    APPROVE = "approve"
    AUTHORISE = "authorise"
    RETURN = "return"


_LOADED = {Move.FIND_ERRORS: State.ERRORS, Move.FIND_QUERIES: State.QUERIES}
MOVES: dict[str, dict[Move, Return.State]] = {
    State.NONE: _LOADED,
    State.ERRORS: _LOADED,
    State.QUERIES: {**_LOADED, Move.SUBMIT: State.SUBMITTED},
    State.SUBMITTED: {
        Move.TAKE_BACK: State.QUERIES,
        Move.APPROVE: State.APPROVED,
        Move.RETURN: State.RETURNED,
    },
    State.APPROVED: {Move.AUTHORISE: State.AUTHORISED, Move.RETURN: State.RETURNED},
    State.AUTHORISED: {Move.RETURN: State.RETURNED},
    State.RETURNED: {**_LOADED, Move.SUBMIT: State.SUBMITTED},
}
TAKES_FILES = frozenset(state for state, moves in MOVES.items() if Move.FIND_ERRORS in moves)
"""The states in which another file may be loaded."""
SENT = (State.SUBMITTED, State.APPROVED, State.AUTHORISED)

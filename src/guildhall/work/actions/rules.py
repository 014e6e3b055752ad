"""What may be done to an action by whom. Pure."""

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission

from .models import Action
from .moves import MOVES, Move

LONGEST_TITLE, LONGEST_REASON, LONGEST_NOTE = 150, 500, 4_000


def gives_actions(holder: Holder) -> bool:
    """Whether ``holder`` is an officer who may give schools actions: whoever may write to them."""
    return holder.may(Permission.PUBLISH_POST)


def can(action: Action, move: Move) -> bool:
    """Whether the move leads on from where the action is. What an officer gave, only officers cancel."""
    if move not in MOVES[action.status]:
        return False
    if not action.from_council:
        return True
    return move != Move.CANCEL and action.status != Action.Status.CANCELLED


def may_change(action: Action) -> bool:
    """Whether the school may say otherwise what is to be done and by when."""
    return action.to_do and not action.from_council

"""What kinds and states are called."""

from datetime import date

from guildhall.foundation.texts.queries import say

from .models import Notice
from .rules import is_over

COLOURS = {
    "waiting": "yellow",
    "shown": "green",
    "refused": "red",
    "withdrawn": "grey",
    "removed": "red",
    "ended": "grey",
}


def kind_name(kind: str) -> str:
    """For sale, Free, Activity or Event."""
    return say(f"schools.Notice_Kind_{kind.title()}")


def kinds() -> list[tuple[str, str]]:
    """Every kind with what it is called."""
    return [(one, kind_name(one)) for one in Notice.Kind.values]


def standing(notice: Notice, today: date) -> str:
    """Its state; "ended" for one that would be shown if its last day were not over."""
    ended = notice.state == Notice.State.SHOWN and is_over(notice, today)
    return "ended" if ended else notice.state


def state_name(state: str) -> str:
    """What a state, or "ended", is called."""
    return say(f"schools.Notice_State_{state.title()}")

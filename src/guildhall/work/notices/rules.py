"""Who keeps a notice, how long it is shown, and when an officer looks at it first. Pure."""

from datetime import date, timedelta

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.people.membership.models import SchoolPlace

from .models import Notice
from .moves import MOVES, Move

State = Notice.State
USUAL = timedelta(days=30)
LONGEST = timedelta(days=366)


def keeps(place: SchoolPlace, notice: Notice) -> bool:
    """Whether the person of ``place`` may change and withdraw the notice: its owner, or a supervisor."""
    if notice.school_id != place.school_id:
        return False
    return notice.placed_by_id == place.user_id or place.is_supervisor


def moderates(holder: Holder) -> bool:
    """Whether ``holder`` looks after the notices of schools for the council."""
    return holder.may(Permission.MODERATE_NOTICES)


def is_over(notice: Notice, today: date) -> bool:
    """Whether its last day has passed."""
    return notice.ends_on < today


def is_on_show(notice: Notice, today: date) -> bool:
    """Whether every school sees it."""
    return notice.state == State.SHOWN and not is_over(notice, today)


def takes(notice: Notice, move: Move, today: date) -> bool:
    """Whether ``move`` can be made now; a notice that is over is only placed again."""
    over = notice.state == State.SHOWN and is_over(notice, today)
    return move in MOVES[notice.state] and not (over and move != Move.CHANGE)


def is_again(notice: Notice, today: date) -> bool:
    """Whether changing it means placing it again, with another last day."""
    return is_over(notice, today) or notice.state not in {State.WAITING, State.SHOWN}


def state_after(*, moderated: bool, watched: bool) -> Notice.State:
    """Where a notice goes that somebody placed or changed."""
    return State.WAITING if moderated or watched else State.SHOWN

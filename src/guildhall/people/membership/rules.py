"""Who may keep the users of which school. Pure: asks the holder alone."""

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission

from .models import SchoolPlace

# At a school these may not ask the helpline themselves: they go to the clerk.
GOVERNING = frozenset({SchoolPlace.Kind.CHAIR, SchoolPlace.Kind.GOVERNOR})


def keeps(holder: Holder, school_id: int) -> bool:
    """Whether ``holder`` may add, change and remove the users of this school."""
    return holder.may(Permission.MANAGE_USERS) or school_id in holder.administered


def supervises(holder: Holder, school_id: int) -> bool:
    """Whether ``holder`` may also appoint supervisors there, and change their access."""
    return holder.may(Permission.MANAGE_USERS) or school_id in holder.supervised


def helps(holder: Holder) -> bool:
    """Whether ``holder`` is of the council's helpline, which says why it does what it does."""
    return holder.may(Permission.MANAGE_USERS)


def is_governor(place: SchoolPlace) -> bool:
    """Whether the helpline answers this person only through the clerk or the account operator."""
    return place.kind in GOVERNING


def may_ask_for_accounts(place: SchoolPlace) -> bool:
    """Whether this is the recorded account of a head or an office."""
    return bool(place.recorded_as)

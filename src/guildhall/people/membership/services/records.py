"""Keeping what changed at a school, and shutting or opening the account that goes with it."""

from collections.abc import Sequence
from datetime import datetime

from guildhall.foundation.audit import services as audit
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User

from ..models import Membership, SchoolChange, SchoolPlace


def note(
    place: SchoolPlace,
    act: str,
    *,
    by: User | None,
    now: datetime,
    fields: Sequence[str] = (),
    reason: str = "",
) -> None:
    """Put one change where the council's officers see it, and into the audit."""
    SchoolChange.objects.create(
        school_id=place.school_id,
        user_id=place.user_id,
        by=by,
        act=act,
        fields=list(fields),
        reason=reason,
        at=now,
    )
    detail = {"school": place.school_id, "fields": list(fields)}
    audit.record(f"membership.place_{act}", by=by, about=place.user, now=now, detail=detail)


def settle_account(user: User) -> None:
    """Shut the account of somebody whom nothing is left open to, and open it again when something is.

    An account that was locked or disabled for another reason stays as it is.
    """
    held = Membership.objects.filter(user=user, ended_at=None)
    places = SchoolPlace.objects.filter(user=user)
    if held.filter(locked_at=None).exists():
        if user.state in {User.State.LOCKED, User.State.DISABLED} and places.filter(shut=True).exists():
            _become(user, User.State.ACTIVE)
        places.filter(shut=True).update(shut=False)
    elif user.state == User.State.ACTIVE:
        _become(user, User.State.LOCKED if held.exists() else User.State.DISABLED)
        places.update(shut=True)


def end_access(user: User) -> None:
    """Sign ``user`` out everywhere; they come back to what they still may open."""
    accounts.end_sessions(user)


def _become(user: User, state: User.State) -> None:
    user.state = state
    User.objects.filter(pk=user.pk).update(state=state)

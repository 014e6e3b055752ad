"""Who may fill in what, and how long a draft is kept."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from guildhall.foundation.authority import queries as authority
from guildhall.paperwork.forms.models import FormVersion
from guildhall.people.accounts.models import User
from guildhall.people.accounts.rules import age_on

from .models import Draft

WARN_DAYS = (7, 1)

YOUNG = range(16, 26)
"""The ages of whom the law calls a young person, in years."""

_AUDIENCES = {
    "parent": frozenset({"young-person", "parent", "public"}),
    "young-person": frozenset({"young-person", "parent", "public"}),
    "professional": frozenset({"professional", "public"}),
}
_PORTALS = {"parent": "citizen", "young-person": "citizen", "professional": "professional"}


def is_young(born_on: date | None, today: date) -> bool:
    """From the sixteenth birthday to the day before the twenty-sixth (SP-071); unknown is not young."""
    return born_on is not None and age_on(born_on, today) in YOUNG


def may_fill_in(version: FormVersion, roles: frozenset[str], *, born_on: date | None, today: date) -> bool:
    """Whether a person with ``roles``, born then, is one of those ``version`` is for (SP-074, SP-075).

    Age alone tells who may start a form for young people; whoever started one in time may finish it.
    """
    if version.audience == "young-person" and not is_young(born_on, today):
        return False
    return any(
        version.audience in _AUDIENCES[role] and version.portal == _PORTALS[role]
        for role in roles & _AUDIENCES.keys()
    )


def opens_to(draft: Draft, user: User, schools: Collection[int] | None) -> bool:
    """Whether ``user``, who may use the forms of ``schools`` now, may go on with the draft.

    Who left a school opens none of its drafts, their own included. With None nobody asks where the owner
    works.
    """
    own = draft.owner_id == user.pk
    if draft.school_id is None or schools is None:
        return own
    return draft.school_id in schools and (own or draft.shared)


def expiry_of(now: datetime) -> datetime:
    """When a draft saved at ``now`` is deleted, unless it is saved again (setting ``drafts.days``)."""
    return now + timedelta(days=int(authority.setting("drafts.days")))


def days_left(expires_at: datetime, now: datetime) -> int:
    """Whole days until ``expires_at``, a day that has begun counting as one; 0 when it is past."""
    return max(0, -((now - expires_at) // timedelta(days=1)))

"""Who may fill in what, and how long a draft is kept."""

from datetime import datetime, timedelta

from guildhall.foundation.authority import queries as authority
from guildhall.paperwork.forms.models import FormVersion

WARN_DAYS = (7, 1)

_AUDIENCES = {
    "parent": frozenset({"parent", "public"}),
    "young-person": frozenset({"young-person", "parent", "public"}),
    "professional": frozenset({"professional", "public"}),
}
_PORTALS = {"parent": "citizen", "young-person": "citizen", "professional": "professional"}


def may_fill_in(version: FormVersion, roles: frozenset[str]) -> bool:
    """Whether a person with ``roles`` is one of those ``version`` is for (SP-074, SP-075)."""
    return any(
        version.audience in _AUDIENCES[role] and version.portal == _PORTALS[role]
        for role in roles & _AUDIENCES.keys()
    )


def expiry_of(now: datetime) -> datetime:
    """When a draft saved at ``now`` is deleted, unless it is saved again (setting ``drafts.days``)."""
    return now + timedelta(days=int(authority.setting("drafts.days")))


def days_left(expires_at: datetime, now: datetime) -> int:
    """Whole days until ``expires_at``, a day that has begun counting as one; 0 when it is past."""
    return max(0, -((now - expires_at) // timedelta(days=1)))

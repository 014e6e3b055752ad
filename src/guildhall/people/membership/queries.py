"""Which roles a person holds now."""

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.models import User

from .models import Membership


def holder_for(user: User, *, verified: bool) -> Holder:
    """Who ``user`` is to the doors: open memberships only."""
    rows = Membership.objects.filter(user=user, ended_at=None).values_list("role", "team")
    return Holder(
        user_id=user.pk,
        roles=frozenset(role for role, _ in rows),
        teams=frozenset(team for _, team in rows if team),
        verified=verified,
    )

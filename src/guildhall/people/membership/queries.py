"""Which roles a person holds now."""

from collections.abc import Iterable

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.models import User

from .models import Membership


def holder_for(user: User, *, verified: bool) -> Holder:
    """Who ``user`` is to the doors: open memberships only."""
    rows = Membership.objects.filter(user=user, ended_at=None).values_list("role", "team")
    return holder_from(user, rows, verified=verified)


def holder_from(user: User, rows: Iterable[tuple[str, str]], *, verified: bool) -> Holder:
    """Who ``user`` is to the doors with these open roles, as pairs of role and team."""
    held = list(rows)
    return Holder(
        user_id=user.pk,
        roles=frozenset(role for role, _ in held),
        teams=frozenset(team for _, team in held if team),
        verified=verified,
    )

"""Which roles a person holds now."""

from collections.abc import Iterable
from datetime import datetime

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.models import User
from guildhall.people.groups import queries as groups

from .models import Membership

# A role with its team (or "") and its school (or None).
Held = tuple[str, str, int | None]
ADMINISTERING_SCHOOL = frozenset({"school-administrator", "school-supervisor"})


def holder_for(user: User, *, verified: bool, held_until: datetime | None = None) -> Holder:
    """Who ``user`` is to the doors: open memberships only."""
    rows = Membership.objects.filter(user=user, ended_at=None, locked_at=None)
    held = rows.values_list("role", "team", "establishment_id")
    return holder_from(user, held, verified=verified, held_until=held_until)


def holder_from(
    user: User, rows: Iterable[Held], *, verified: bool, held_until: datetime | None = None
) -> Holder:
    """Who ``user`` is to the doors with these open roles."""
    held = list(rows)
    roles = frozenset(role for role, *_ in held)
    at_schools = [(role, school) for role, _, school in held if school is not None]
    return Holder(
        user_id=user.pk,
        roles=roles,
        teams=frozenset(team for _, team, _ in held if team),
        verified=verified,
        held_until=held_until,
        powers=groups.powers_of(roles),
        schools=frozenset(school for _, school in at_schools),
        administered=frozenset(school for role, school in at_schools if role in ADMINISTERING_SCHOOL),
        supervised=frozenset(school for role, school in at_schools if role == "school-supervisor"),
    )

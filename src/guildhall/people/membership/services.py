"""Giving and ending roles."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.permissions import ROLES
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.people.accounts.models import User

from .models import Membership


class NoSuchRole(Refusal):
    """The role is not one of access.permissions.ROLES."""


@transaction.atomic
def give_role(user: User, *, role: str, by: User | None, now: datetime, team: str = "") -> Membership:
    """Let ``user`` hold ``role`` from now on. Giving a role that is held changes nothing."""
    if role not in ROLES:
        raise NoSuchRole(f"There is no role called {role}.")
    membership, made = Membership.objects.get_or_create(
        user=user, role=role, team=team, establishment=None, ended_at=None, defaults={"began_at": now}
    )
    if made:
        audit.record("membership.given", by=by, about=user, now=now, detail={"role": role, "team": team})
    return membership


@transaction.atomic
def end_role(membership: Membership, *, by: User | None, now: datetime) -> None:
    """End ``membership``; it counts from the person's next request."""
    Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=now)
    audit.record("membership.ended", by=by, about=membership.user, now=now, detail={"role": membership.role})

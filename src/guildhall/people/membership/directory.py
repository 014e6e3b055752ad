"""The list of every account, for administrators: found by name, state, group and door."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from rapidfuzz.distance import JaroWinkler

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import ROLES, Permission
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.people.accounts.models import User
from guildhall.people.groups import queries as groups

from .models import Membership

DOORS = ("council", "schools", "professionals", "families")
NO_DOOR = "none"
SORTS = ("name", "email", "user-name", "state", "last")
MOST_WORDS, MOST_NEAR, MOST_COMPARED = 5, 20, 5_000
ALIKE_ENOUGH = 0.86


def people_seen_by(holder: Holder) -> QuerySet[User]:
    """Every account with its open roles, for people who manage users."""
    if not holder.may(Permission.MANAGE_USERS):
        return User.objects.none()
    held = Membership.objects.filter(ended_at=None).select_related("establishment").order_by("role", "team")
    return User.objects.prefetch_related(Prefetch("memberships", queryset=held, to_attr="held"))


def narrowed(
    rows: QuerySet[User], *, words: str = "", state: str = "", group: str = "", door: str = ""
) -> QuerySet[User]:
    """Those of ``rows`` whose names or addresses have every word, in this state, group and door ("": any)."""
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(forename__icontains=word)
            | Q(surname__icontains=word)
            | Q(email__icontains=word)
            | Q(user_name__icontains=word)
        )
    if state in User.State.values:
        rows = rows.filter(state=state)
    if group:
        rows = rows.filter(pk__in=_in({group}))
    if door == NO_DOOR:
        rows = rows.exclude(pk__in=Membership.objects.filter(ended_at=None).values("user"))
    elif door in DOORS:
        rows = rows.filter(pk__in=_in(roles_of_door(door)))
    return rows


def _in(roles: Iterable[str]) -> "QuerySet[Membership, Any]":
    return Membership.objects.filter(role__in=list(roles), ended_at=None).values("user")


def roles_of_door(door: str) -> list[str]:
    """The roles that open a door, the authority's own groups among them."""
    supplied = [key for key, role in ROLES.items() if role.door == door]
    own = [group.key for group in groups.groups()] if door == groups.DOOR else []
    return list(dict.fromkeys([*supplied, *own]))


def ordered(rows: QuerySet[User], sort: str) -> QuerySet[User]:
    """``rows`` by one of SORTS, or the other way round with "-" before it; always in one order."""
    key, down = sort.removeprefix("-"), sort.startswith("-")
    names = {
        "name": ("surname", "forename"),
        "email": ("email",),
        "user-name": ("user_name",),
        "state": ("state", "surname", "forename"),
        "last": ("last_login",),
    }[key]
    first, *rest = (F(name) for name in names)
    order = first.desc(nulls_last=True) if down else first.asc(nulls_last=True)
    return rows.order_by(order, *rest, "pk")


def near(rows: QuerySet[User], words: str) -> list[User]:
    """People whose names are spelled nearly like ``words``, the likeliest first."""
    sought = fold_name(words[:100])
    starts = {part[:1] for part in sought.split()}
    if not sought or not starts:
        return []
    begins = Q()
    for start in starts:
        begins |= Q(surname__istartswith=start) | Q(forename__istartswith=start)
    found = rows.filter(begins).values_list("pk", "forename", "surname")[:MOST_COMPARED]
    alike = {pk: _likeness(sought, f"{forename} {surname}") for pk, forename, surname in found}
    best = sorted((pk for pk in alike if alike[pk] >= ALIKE_ENOUGH), key=lambda pk: (-alike[pk], pk))
    known = {user.pk: user for user in rows.filter(pk__in=best[:MOST_NEAR])}
    return [known[pk] for pk in best[:MOST_NEAR] if pk in known]


def _likeness(sought: str, name: str) -> float:
    """How like the whole name, or the part of it that is nearest, is to what is sought."""
    parts = fold_name(name).split()
    wholes = [" ".join(parts), " ".join(reversed(parts))]
    if " " not in sought:
        wholes += parts
    return max((JaroWinkler.similarity(sought, one) for one in wholes), default=0.0)

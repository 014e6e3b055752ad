"""The council's staff: making accounts, and changing groups and teams. Somebody is always left to do it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.meanwhile import refuse_stale
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User
from guildhall.people.accounts.services import administration, proofs
from guildhall.people.groups import queries as groups
from guildhall.people.groups import services as grants
from guildhall.people.groups.processes import READS_CHILD
from guildhall.people.organisations.models import Team

from ..models import Membership
from . import seats
from .roles import end_role, give_role, make_staff

KEEPERS = ("groups", "users")
SHUTTING = frozenset({"lock", "disable"})  # of administration.ACTS: those that keep somebody out


class GroupNeeded(Refusal):
    """Staff are in a group."""


class NobodyLeft(Refusal):
    """Nobody who can sign in would be left to manage users and groups."""


class TooHigh(Refusal):
    """Only people who manage groups act on those who do, or put somebody among them."""


Pairs = frozenset[tuple[str, str]]


def places_of(user: User) -> Pairs:
    """The council groups of ``user``, each with a team or ""."""
    known = groups.as_kept()
    rows = Membership.objects.filter(user=user, ended_at=None).values_list("role", "team")
    return frozenset((role, team) for role, team in rows if role in known)


def stamp_of(places: Pairs) -> str:
    """What a page sends back, so that a change by somebody else meanwhile is noticed."""
    return " ".join(sorted(f"{role}:{team}" for role, team in places))


@transaction.atomic
def invite_staff(
    details: dict[str, str],
    *,
    in_groups: Iterable[str],
    in_teams: Iterable[str],
    confirmed: bool = False,
    by: User,
    now: datetime,
) -> User:
    """An account for a member of staff, who gets a link to set a password. ``details`` are make_staff's.

    Raises GroupNeeded, grants.MixesDuties, NameTaken.
    """
    wanted, teams = _known(in_groups, in_teams)
    _refuse_above(wanted, by)
    mixed = grants.refuse_mixing(wanted, confirmed=confirmed)
    roles = sorted(_paired(frozenset(), wanted, teams))
    user, _link = make_staff(
        details["user_name"],
        email=details["email"],
        forename=details["forename"],
        surname=details["surname"],
        job_role=details.get("job_role", ""),
        roles=roles,
        by=by,
        now=now,
    )
    _record(user, by=by, now=now, detail={"groups": sorted(wanted), "teams": sorted(teams), "mixes": mixed})
    return user


@transaction.atomic
def change_places(
    user: User,
    *,
    in_groups: Iterable[str],
    in_teams: Iterable[str],
    seen: str,
    reason: str,
    confirmed: bool = False,
    by: User,
    now: datetime,
) -> None:
    """Put ``user`` into just these groups and teams; it counts from their next request.

    Raises administration.NotOneself, ReasonNeeded, GroupNeeded, ChangedMeanwhile, NobodyLeft, MixesDuties.
    """
    if by.pk == user.pk:
        raise administration.NotOneself(say("administration.Error_User_Oneself"))
    if reason not in administration.REASONS:
        raise administration.ReasonNeeded(say("administration.Error_User_Reason"), field="reason")
    hold_name(groups.STAMP)
    user = hold(user)
    wanted, teams = _known(in_groups, in_teams)
    before = places_of(user)
    refuse_stale(seen, stamp_of(before), say("administration.Error_User_Changed"))
    after = _paired(before, wanted, teams)
    if after == before:
        return
    _refuse_above(wanted | {group for group, _ in before}, by)
    mixed = grants.refuse_mixing(wanted, confirmed=confirmed)
    _move(user, before, after, by=by, now=now)
    _refuse_nobody_left(before)
    proofs.tell(user, "Groups_Changed", key=f"places-{user.pk}-{now.timestamp()}", now=now)
    detail = {"groups": sorted(wanted), "teams": sorted(teams), "mixes": mixed, "reason": reason}
    _record(user, by=by, now=now, detail=detail)


@transaction.atomic
def act_on(user: User, *, act: str, reason: str, by: User, now: datetime) -> None:
    """Do one of administration.ACTS, unless nobody would be left to manage users and groups, or a school.

    Raises NobodyLeft, seats.LastSupervisor, and what the act does.
    """
    hold_name(groups.STAMP)
    _refuse_above(groups.groups_of(user), by)
    if act in SHUTTING:
        seats.refuse_last_anywhere(user)
    administration.ACTS[act](user, reason=reason, by=by, now=now)
    _refuse_nobody_left(places_of(user))


@transaction.atomic
def change_email(user: User, *, email: str, reason: str, by: User, now: datetime) -> None:
    """Have ``user`` confirm another address; nobody signs in with the account meanwhile."""
    hold_name(groups.STAMP)
    _refuse_above(groups.groups_of(user), by)
    administration.change_email(user, email=email, reason=reason, by=by, now=now)
    _refuse_nobody_left(places_of(user))


def disable_unused(*, now: datetime) -> dict[str, int]:
    """Warn and disable whom accounts.disable_unused finds, but not the last who manages users or groups."""
    return accounts.disable_unused(stays=_is_last_keeper, now=now)


def _is_last_keeper(user: User) -> bool:
    """Whether nobody else who can sign in manages users, or groups. In the transaction that disables."""
    hold_name(groups.STAMP)
    theirs = groups.groups_of(user)
    return any(keys & theirs and groups.people_in(keys) == 1 for keys in _keeping())


def _keeping() -> list[frozenset[str]]:
    """The groups that may manage users, and those that may manage groups."""
    kept = [group for group in groups.as_kept().values() if not group.ended]
    return [frozenset(group.key for group in kept if process in group.processes) for process in KEEPERS]


def _known(in_groups: Iterable[str], in_teams: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    open_groups = {key for key, group in groups.as_kept().items() if not group.ended}
    wanted = frozenset(in_groups) & open_groups
    if not wanted:
        raise GroupNeeded(say("administration.Error_User_Group"), field="groups")
    return wanted, frozenset(Team.objects.filter(key__in=set(in_teams)).values_list("key", flat=True))


def _paired(before: Pairs, wanted: frozenset[str], teams: frozenset[str]) -> Pairs:
    """Groups with teams: what was there stays as far as it is wanted, and as few new pairs as possible."""
    kept = {(group, team) for group, team in before if group in wanted and (not team or team in teams)}
    reading = _reading_first(wanted)
    first = reading[0]
    without = [group for group in reading if group not in {known for known, _ in kept}]
    for group in without:
        own = group.removesuffix("-officer")
        kept.add((group, own if own in teams else ""))
    kept |= {(first, team) for team in teams - {team for _, team in kept}}
    with_team = {group for group, team in kept if team}
    return frozenset((group, team) for group, team in kept if team or group not in with_team)


def _reading_first(keys: frozenset[str]) -> list[str]:
    """Teams belong to groups that read children's forms rather than to others."""
    kept = groups.as_kept()
    return sorted(keys, key=lambda key: (not kept[key].processes & READS_CHILD, key))


def _move(user: User, before: Pairs, after: Pairs, *, by: User, now: datetime) -> None:
    for held in Membership.objects.filter(user=user, ended_at=None, establishment=None):
        if (held.role, held.team) in before - after:
            end_role(held, by=by, now=now)
    for role, team in sorted(after - before):
        give_role(user, role=role, team=team, by=by, now=now)


def _refuse_above(keys: frozenset[str], by: User) -> None:
    """Whoever could take over an account that manages groups could give themselves anything."""
    kept = groups.as_kept()

    def managing(roles: frozenset[str]) -> bool:
        return any(grants.MANAGES in kept[key].processes for key in roles if key in kept)

    if managing(keys) and not managing(groups.groups_of(by)):
        raise TooHigh(say("administration.Error_User_TooHigh"))


def _refuse_nobody_left(places: Pairs) -> None:
    """``places``: where the person was, whose account or groups have just been changed."""
    for keys in _keeping():
        if keys & {group for group, _ in places} and not groups.people_in(keys):
            raise NobodyLeft(say("administration.Error_User_NobodyLeft"))


def _record(user: User, *, by: User, now: datetime, detail: dict[str, Any]) -> None:
    if not detail["mixes"]:
        del detail["mixes"]
    audit.record("membership.placed", by=by, about=user, now=now, detail=detail)

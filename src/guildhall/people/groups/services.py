"""Changing what groups may do. A change counts from the next request of everybody, in every process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from guildhall.foundation.access.permissions import ROLES
from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import stamps
from guildhall.foundation.kit.locks import hold_name
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from . import queries
from .models import Change, Grant, Group
from .processes import PROCESSES, mixes
from .queries import STAMP, Standing

MANAGES = "groups"
MOST_GROUPS = 40
Processes = frozenset[str]


class GroupsChanged(ChangedMeanwhile):
    """Somebody else changed one of these groups meanwhile; ``keys`` are theirs."""

    def __init__(self, message: str, *, keys: list[str]) -> None:
        super().__init__(message)
        self.keys = keys


class LiftsOneself(Refusal):
    """Nobody gives their own group more than it has."""


class NobodyManagesGroups(Refusal):
    """Nobody would be left who can change the groups."""


class MixesDuties(Refusal):
    """A group would run the portal and read children's information besides, and nobody confirmed that."""


class GroupInUse(Refusal):
    """There are people in the group, or it is a supplied one."""


class NameNeeded(Refusal):
    """The group has no name, or one that another group has."""


@dataclass(frozen=True)
class Difference:
    """What a change gives to one group and takes from it, and how many people are in it."""

    group: Standing
    given: tuple[str, ...]
    taken: tuple[str, ...]
    people: int
    mixes: bool


def differences(wanted: Mapping[str, Processes], *, now_kept: Mapping[str, Standing]) -> list[Difference]:
    """What ``wanted`` (group → processes) changes; a group that is not named stays as it is."""
    people = queries.counts()
    return [
        _difference(now_kept[key], processes, people.get(key, 0))
        for key, processes in wanted.items()
        if key in now_kept and not now_kept[key].ended and now_kept[key].processes != processes
    ]


def _difference(group: Standing, wanted: Processes, people: int) -> Difference:
    return Difference(
        group,
        tuple(key for key in PROCESSES if key in wanted - group.processes),
        tuple(key for key in PROCESSES if key in group.processes - wanted),
        people,
        mixes(wanted) and not mixes(group.processes),
    )


@transaction.atomic
def change_groups(
    wanted: Mapping[str, Processes],
    *,
    seen: Mapping[str, int],
    by: User | None,
    now: datetime,
    confirmed: bool = False,
    undoes: Change | None = None,
) -> Change | None:
    """Let each group of ``wanted`` do just these processes; None when that changes nothing.

    ``seen`` are the revisions that whoever asks has read, ``confirmed`` says that a group may both run the
    portal and read children's information. Raises GroupsChanged, LiftsOneself, NobodyManagesGroups,
    MixesDuties, and changes nothing then.
    """
    hold_name(STAMP)
    kept = queries.as_kept()
    found = differences(_known(wanted), now_kept=kept)
    if not found:
        return None
    _refuse_stale(found, seen)
    _refuse_lift(found, by)
    _refuse_nobody(kept, found, wanted)
    if not confirmed and any(one.mixes for one in found):
        raise MixesDuties(say("administration.Error_Groups_Mixes", name=_names(found, mixing=True)))
    for one in found:
        _write(one, now=now)
        about = ("groups.group", one.group.key)
        audit.record("groups.changed", by=by, about=about, now=now, detail=_told(one))
    stamps.touch(STAMP)
    return Change.objects.create(
        at=now,
        by=by,
        before={one.group.key: sorted(one.group.processes) for one in found},
        after={one.group.key: sorted(wanted[one.group.key]) for one in found},
        undoes=undoes,
    )


def _known(wanted: Mapping[str, Processes]) -> dict[str, Processes]:
    return {key: frozenset(processes & PROCESSES.keys()) for key, processes in wanted.items()}


def _refuse_stale(found: list[Difference], seen: Mapping[str, int]) -> None:
    stale = [one for one in found if seen.get(one.group.key) != one.group.revision]
    if stale:
        keys = [one.group.key for one in stale]
        raise GroupsChanged(say("administration.Error_Groups_Changed", name=_names(stale)), keys=keys)


def _refuse_lift(found: list[Difference], by: User | None) -> None:
    own = queries.groups_of(by) if by else frozenset()
    if lifted := [one for one in found if one.given and one.group.key in own]:
        raise LiftsOneself(say("administration.Error_Groups_Lifts", name=_names(lifted)))


def _refuse_nobody(
    kept: Mapping[str, Standing], found: list[Difference], wanted: Mapping[str, Processes]
) -> None:
    """Somebody who can sign in has to be left who manages groups."""
    if not any(MANAGES in one.taken for one in found):
        return
    after = {key: group.processes for key, group in kept.items() if not group.ended}
    after |= {one.group.key: wanted[one.group.key] for one in found}
    left = frozenset(key for key, processes in after.items() if MANAGES in processes)
    if not queries.people_in(left):
        raise NobodyManagesGroups(say("administration.Error_Groups_Nobody"))


def _names(found: list[Difference], *, mixing: bool = False) -> str:
    return ", ".join(one.group.name() for one in found if one.mixes or not mixing)


def _told(one: Difference) -> dict[str, Any]:
    told: dict[str, Any] = {"given": list(one.given), "taken": list(one.taken), "people": one.people}
    return told | ({"mixes": True} if one.mixes else {})


def _write(one: Difference, *, now: datetime) -> None:
    row, _ = Group.objects.get_or_create(key=one.group.key, defaults={"made_at": now})
    for process in (*one.given, *one.taken):
        allowed = process in one.given
        Grant.objects.update_or_create(group=row, process=process, defaults={"allowed": allowed})
    Group.objects.filter(pk=row.pk).update(revision=row.revision + 1)


def undo_change(change: Change, *, by: User, now: datetime) -> Change | None:
    """Bring back what the groups of ``change`` had before it, unless somebody changed them since.

    Raises GroupsChanged and what change_groups raises.
    """
    kept = queries.as_kept()
    later = [key for key, after in change.after.items() if kept[key].processes != frozenset(after)]
    if later or Change.objects.filter(undoes=change).exists():
        names = ", ".join(kept[key].name() for key in later or change.after)
        raise GroupsChanged(say("administration.Error_Groups_Changed", name=names), keys=later)
    wanted = {key: frozenset(before) for key, before in change.before.items()}
    seen = {key: kept[key].revision for key in wanted}
    return change_groups(wanted, seen=seen, by=by, now=now, confirmed=True, undoes=change)


@transaction.atomic
def make_group(name: Mapping[str, str], *, why: Mapping[str, str], by: User, now: datetime) -> Group:
    """A group of the authority's own, which may do nothing yet. ``name`` and ``why`` in en and cy.

    Raises NameNeeded.
    """
    hold_name(STAMP)
    key = slugify(name.get("en", ""))[:40].strip("-")
    kept = queries.as_kept()
    if not key:
        raise NameNeeded(say("administration.Error_Group_Name"), field="name_en")
    if key in kept or key in ROLES or _taken(name, kept):
        raise NameNeeded(say("administration.Error_Group_NameTaken"), field="name_en")
    if len([one for one in kept.values() if not one.ended]) >= MOST_GROUPS:
        raise NameNeeded(say("administration.Error_Group_TooMany", most=MOST_GROUPS))
    group = Group.objects.create(key=key, name=dict(name), why=dict(why), made_at=now)
    stamps.touch(STAMP)
    audit.record("groups.made", by=by, about=group, now=now)
    return group


def _taken(name: Mapping[str, str], kept: Mapping[str, Standing], *, but: str = "") -> bool:
    mine = {word.casefold() for word in name.values() if word}
    others = [one for one in kept.values() if one.key != but and not one.ended]
    return any(one.name(language).casefold() in mine for one in others for language in ("en", "cy"))


@transaction.atomic
def change_words(
    key: str, *, name: Mapping[str, str], why: Mapping[str, str], seen: int, by: User, now: datetime
) -> None:
    """Give a group of the authority's own other words. Raises NameNeeded, GroupsChanged, GroupInUse."""
    hold_name(STAMP)
    kept = queries.as_kept()
    group = _own(kept, key)
    if not name.get("en"):
        raise NameNeeded(say("administration.Error_Group_Name"), field="name_en")
    if _taken(name, kept, but=key):
        raise NameNeeded(say("administration.Error_Group_NameTaken"), field="name_en")
    if group.revision != seen:
        raise GroupsChanged(say("administration.Error_Groups_Changed", name=group.name()), keys=[key])
    Group.objects.filter(pk=key).update(name=dict(name), why=dict(why), revision=seen + 1)
    stamps.touch(STAMP)
    audit.record("groups.renamed", by=by, about=("groups.group", key), now=now)


@transaction.atomic
def end_group(key: str, *, by: User, now: datetime) -> None:
    """End a group of the authority's own that nobody is in. Raises GroupInUse."""
    hold_name(STAMP)
    group = _own(queries.as_kept(), key)
    if queries.members(key):
        raise GroupInUse(say("administration.Error_Group_InUse", name=group.name()))
    Group.objects.filter(pk=key).update(ended_at=now, revision=group.revision + 1)
    stamps.touch(STAMP)
    audit.record("groups.ended", by=by, about=("groups.group", key), now=now)


def _own(kept: Mapping[str, Standing], key: str) -> Standing:
    group = kept.get(key)
    if group is None or group.supplied or group.ended:
        raise GroupInUse(say("administration.Error_Group_Supplied"))
    return group


def refuse_mixing(keys: frozenset[str], *, confirmed: bool) -> bool:
    """Whether somebody in all these groups runs the portal and reads children's information besides.

    Raises MixesDuties unless somebody ``confirmed`` that.
    """
    kept = queries.as_kept()
    held = frozenset[str]().union(*(kept[key].processes for key in keys if key in kept))
    if mixes(held) and not confirmed:
        raise MixesDuties(say("administration.Error_User_Mixes"), field="confirmed")
    return mixes(held)

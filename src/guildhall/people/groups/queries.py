"""What each group may do, as the authority has it now. Costs no query while nothing has changed."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import get_language

from guildhall.foundation.access.permissions import ROLES, Permission, Powers
from guildhall.foundation.authority.stamps import Kept
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .models import Change, Grant, Group
from .processes import GIVEN, allows, carried

DOOR = "council"
STAMP = "groups"
EVERYBODY = frozenset({Permission.HOLD_ACCOUNT, Permission.READ_OWN_MESSAGES})
SUPPLIED = tuple(key for key, role in ROLES.items() if role.door == DOOR)


@dataclass(frozen=True)
class Standing:
    """A group as it stands: its words, the processes it has, and the revision of its last change."""

    key: str
    processes: frozenset[str]
    revision: int = 0
    names: tuple[tuple[str, str], ...] = ()
    whys: tuple[tuple[str, str], ...] = ()
    ended: bool = False

    @property
    def supplied(self) -> bool:
        return self.key in ROLES

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What whoever is in the group may do."""
        always = ROLES[self.key].permissions if self.supplied else EVERYBODY
        return (always - GIVEN) | allows(self.processes)

    def name(self, language: str | None = None) -> str:
        return _words(self, "Name", self.names, language)

    def why(self, language: str | None = None) -> str:
        return _words(self, "Why", self.whys, language)


def standing(key: str) -> Standing | None:
    """The group called ``key``, if there is one, ended ones included."""
    return _groups.get().get(key)


def groups() -> list[Standing]:
    """Every group that people can be in: the supplied ones first, then the authority's own by key."""
    return [group for group in _groups.get().values() if not group.ended]


def powers_of(roles: frozenset[str]) -> Powers:
    """What ``roles`` may do together: groups as the authority has them, other people's roles as supplied."""
    known = _groups.get()
    permissions: frozenset[Permission] = frozenset()
    doors = set()
    for key in roles:
        if group := known.get(key):
            permissions |= group.permissions if not group.ended else EVERYBODY
            doors.add(DOOR)
        elif role := ROLES.get(key):
            permissions |= role.permissions
            doors.add(role.door)
    return Powers(permissions, frozenset(doors))


def changes(*, most: int = 20) -> list[Change]:
    """The last saves of the table, newest first."""
    return list(Change.objects.select_related("by", "undone_by").order_by("-pk")[:most])


def change(pk: int) -> Change | None:
    """One save of the table."""
    return Change.objects.select_related("by").filter(pk=pk).first()


def as_kept() -> dict[str, Standing]:
    """Every group as the database has it at this moment, for whoever is about to change one."""
    return _load()


def groups_of(user: User) -> frozenset[str]:
    """The roles that ``user`` holds at any door."""
    return frozenset(_held(user=user).values_list("role", flat=True))


def people_in(keys: frozenset[str]) -> int:
    """How many active people are in any of these groups."""
    found = _held(role__in=keys, user__state=User.State.ACTIVE)
    return found.values("user").distinct().count()


def members(key: str) -> int:
    """How many people are in the group, whatever the state of their account."""
    return _held(role=key).count()


def counts() -> dict[str, int]:
    """Group → how many active people are in it."""
    found = _held(user__state=User.State.ACTIVE).values_list("role")
    return dict(found.annotate(people=Count("user", distinct=True)))


def _held(**where: Any) -> "QuerySet[Any]":
    # Who is in a group is kept by the room above this one; its rows are reached through the person.
    memberships = User._meta.get_field("memberships").related_model
    return memberships._default_manager.filter(ended_at=None, **where)


def _load() -> dict[str, Standing]:
    found = {key: Standing(key, carried(ROLES[key].permissions)) for key in SUPPLIED}
    given: dict[str, dict[str, bool]] = {}
    for key, process, allowed in Grant.objects.values_list("group_id", "process", "allowed"):
        given.setdefault(key, {})[process] = allowed
    for row in Group.objects.order_by("key"):
        first = found[row.key].processes if row.key in found else frozenset()
        found[row.key] = Standing(
            row.key,
            _after(first, given.get(row.key, {})),
            row.revision,
            tuple(row.name.items()),
            tuple(row.why.items()),
            row.ended_at is not None,
        )
    return found


_groups: Kept[dict[str, Standing]] = Kept(STAMP, _load)


def _after(first: frozenset[str], given: dict[str, bool]) -> frozenset[str]:
    more = {process for process, allowed in given.items() if allowed}
    fewer = {process for process, allowed in given.items() if not allowed}
    return (first | more) - fewer


def _words(group: Standing, what: str, own: tuple[tuple[str, str], ...], language: str | None) -> str:
    if group.supplied:
        return texts.say(f"administration.Group_{what}_{group.key.replace('-', '_')}", language)
    words = dict(own)
    return words.get((language or get_language() or "en")[:2]) or words["en"]

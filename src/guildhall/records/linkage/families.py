"""Who belongs to a child, as far as forms and records say: parents, others who wrote, siblings, homes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from uuid import UUID

from django.db.models import Q

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.records.children import queries as children
from guildhall.records.children.folding import key, postcode_key
from guildhall.records.children.models import Child
from guildhall.records.children.rules import may_see_address

from .identity import Identity
from .models import Mention

MOST, MOST_SAID = 12, 50


@dataclass(frozen=True)
class Adult:
    """Somebody who wrote about the child. ``relationship`` as they said it in My Family, or empty."""

    user: User
    relationship: str
    responsible: bool | None


@dataclass
class Sibling:
    """Another record that belongs with the child. ``ways``: home, adult, twin; ``adults``: whose accounts."""

    child: Child
    ways: list[str] = field(default_factory=list)
    adults: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Family:
    """``homes``: where the child lives and lived, each on one line, now first; empty when ``hidden``."""

    adults: tuple[Adult, ...]
    siblings: tuple[Sibling, ...]
    homes: tuple[str, ...]
    hidden: bool

    @property
    def anybody(self) -> bool:
        return bool(self.adults or self.siblings)


def family_of(holder: Holder, child: Child) -> Family:
    """The family of a record. Who may not see where the child lives learns of no home, nor who shares it."""
    adults = _adults(child.mentions.values_list("said_by_id", "family_child"))
    hidden = not may_see_address(child, holder)
    found = _through_adults(holder, [adult.user.pk for adult in adults], child.pk)
    if not hidden:
        _at_home(found, holder, child.postcode_key, child.surname_key, child.born_on, without=child.pk)
    homes = () if hidden else _homes(child)
    return Family(tuple(adults), _sorted(found), homes, hidden)


def family_written(holder: Holder, mention: Mention, who: Identity) -> Family:
    """The family of a child who waits, by what was written; without records that are likely the child."""
    adults = _adults([(mention.said_by_id, mention.family_child)])
    found = _through_adults(holder, [adult.user.pk for adult in adults], mention.child_id)
    postcode, surname = postcode_key(who.postcode), key(who.surname)
    _at_home(found, holder, postcode, surname, who.born_on, without=mention.child_id)
    others = {pk: each for pk, each in found.items() if not _is(each.child, who)}
    homes = ", ".join(part for part in (*who.address_lines, who.postcode) if part)
    return Family(tuple(adults), _sorted(others), (homes,) if homes else (), hidden=False)


def _is(child: Child, who: Identity) -> bool:
    """Has the record the same first name and birthday, so that it is hardly a brother or sister?"""
    return child.forename_key == key(who.forename) and child.born_on == who.born_on


def _adults(said: Iterable[tuple[int | None, UUID | None]]) -> list[Adult]:
    """Those who wrote, each with what they are to the child. Two queries, however many."""
    pairs = [(user, family_child) for user, family_child in islice(said, MOST_SAID) if user]
    users = User.objects.filter(pk__in={user for user, _ in pairs}).order_by("pk")[:MOST]
    kin = FamilyChild.objects.filter(pk__in={family_child for _, family_child in pairs if family_child})
    by_user = {each.added_by_id: each for each in kin}
    found = []
    for user in users:
        said_of = by_user.get(user.pk)
        relationship = said_of.relationship if said_of else ""
        found.append(Adult(user, relationship, said_of.parental_responsibility if said_of else None))
    return found


def _through_adults(holder: Holder, users: list[int], without: int | None) -> dict[int, Sibling]:
    """Other records that the same people have in My Family."""
    tied = Mention.objects.filter(said_by__in=users, family_child__isnull=False, child__isnull=False)
    tied = tied.exclude(child=without).order_by("child")
    through: dict[int, set[int]] = defaultdict(set)
    for child_id, user_id in tied.values_list("child", "said_by").distinct()[:MOST_SAID]:
        through[child_id].add(user_id)
    rows = children.children_seen_by(holder).filter(pk__in=list(through)[:MOST])
    return {child.pk: Sibling(child, ["adult"], frozenset(through[child.pk])) for child in rows}


def _at_home(
    found: dict[int, Sibling],
    holder: Holder,
    postcode: str,
    surname: str,
    born_on: date | None,
    *,
    without: int | None,
) -> None:
    """Add records at the same postcode that share the surname or the birthday."""
    if not postcode:
        return
    alike = Q(pk__in=list(found))
    if surname:
        alike |= Q(surname_key=surname)
    if born_on:
        alike |= Q(born_on=born_on)
    rows = children.children_seen_by(holder).filter(alike, postcode_key=postcode).exclude(pk=without or 0)
    for child in rows.order_by("born_on", "pk")[:MOST]:
        if may_see_address(child, holder):
            sibling = found.setdefault(child.pk, Sibling(child))
            sibling.ways.append("twin" if born_on and child.born_on == born_on else "home")


def _sorted(found: dict[int, Sibling]) -> tuple[Sibling, ...]:
    return tuple(sorted(found.values(), key=lambda each: (str(each.child.born_on), each.child.pk))[:MOST])


def _homes(child: Child) -> tuple[str, ...]:
    places = [child.address | {"postcode": child.postcode}, *child.other_addresses]
    parts = [(*(each.get("lines") or []), each.get("town"), each.get("postcode")) for each in places]
    lines = [", ".join(part for part in each if part) for each in parts]
    return tuple(dict.fromkeys(line for line in lines if line))[:MOST]

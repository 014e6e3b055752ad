"""Readings that may need a reason, found by rule in the audit of one day. Nobody is accused."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority.queries import setting
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.people.groups import queries as groups
from guildhall.people.membership.models import Membership
from guildhall.records.children import folding
from guildhall.records.children.models import Child
from guildhall.records.linkage.models import Mention

from .caseload import Pair, at_work, teams_of
from .models import OddReading

Rule = OddReading.Rule
# How many children a finding lists, and how many rows are asked for at a time.
MOST_LISTED, AT_A_TIME = 100, 500


@dataclass(frozen=True)
class Found:
    """What one rule found of one reader: of one child, or of several."""

    rule: str
    reader: int
    count: int
    entry: int
    child: int | None = None
    children: list[int] = field(default_factory=list)


@dataclass
class Day:
    """The readings of children's records by the authority's staff on one day."""

    on: date
    moments: dict[int, list[tuple[datetime, int, int]]]
    pairs: dict[Pair, list[int]]

    @property
    def readings(self) -> int:
        return sum(len(each) for each in self.moments.values())

    @cached_property
    def readers(self) -> dict[int, User]:
        return User.objects.in_bulk(list(self.moments))

    @cached_property
    def children(self) -> dict[int, Child]:
        wanted = sorted({child for _, child in self.pairs})
        return {child.pk: child for part in _parts(wanted) for child in Child.objects.filter(pk__in=part)}

    @cached_property
    def at_work(self) -> set[Pair]:
        """Reader and child where a case of the reader's team, or a decision of theirs, is the reason."""
        teams = teams_of(self.moments)
        wanted = sorted({child for _, child in self.pairs})
        return {pair for part in _parts(wanted) for pair in at_work(teams, part, on=self.on)}


def day_of(on: date) -> Day:
    """What the audit says of ``on``. Only whoever came in at the council's door counts."""
    moments: dict[int, list[tuple[datetime, int, int]]] = defaultdict(list)
    pairs: dict[Pair, list[int]] = defaultdict(list)
    begins = timezone.make_aware(datetime.combine(on, time()))
    ends = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    found = Entry.objects.filter(
        verb="child.viewed", at__gte=begins, at__lt=ends, child_id__isnull=False, by_id__isnull=False
    )
    staff: dict[str, bool] = {}
    rows = found.order_by("at", "pk").values_list("pk", "at", "by_id", "child_id", "by_roles")
    for entry, at, reader, child, roles in rows.iterator(chunk_size=2_000):
        assert reader is not None and child is not None
        if roles not in staff:
            staff[roles] = "council" in groups.powers_of(frozenset(roles.split(","))).doors
        if staff[roles]:
            moments[reader].append((timezone.localtime(at), child, entry))
            pairs[reader, child].append(entry)
    return Day(on, moments, pairs)


def findings(day: Day) -> Iterator[Found]:
    """Everything that the rules find, the gravest first."""
    yield from _of_pairs(Rule.FAMILY, day, _own_family(day))
    yield from _of_pairs(Rule.ADDRESS, day, _own_address(day))
    yield from _of_pairs(Rule.NAMESAKE, day, _namesakes(day))
    yield from _of_pairs(Rule.COLLEAGUE, day, _of_colleagues(day))
    yield from _at_night(day)
    yield from _many(day)
    yield from _without_case(day)


def _of_pairs(rule: str, day: Day, pairs: Iterable[Pair]) -> Iterator[Found]:
    for reader, child in sorted(set(pairs)):
        entries = day.pairs[reader, child]
        yield Found(rule, reader, len(entries), entries[0], child)


def _own_family(day: Day) -> Iterator[Pair]:
    """A child of the reader's own family, or whom the reader sent a form about as a parent."""
    own = FamilyChild.objects.filter(added_by__in=list(day.moments)).values_list("pk", "added_by")
    parents = dict(own)
    for part in _parts(sorted({child for _, child in day.pairs})):
        told = Mention.objects.filter(child__in=part)
        mine = Q(family_child__in=list(parents)) | Q(
            family_child__isnull=False, said_by__in=list(day.moments)
        )
        for child, family_child, said_by in told.filter(mine).values_list("child", "family_child", "said_by"):
            parent = parents.get(family_child, said_by) if family_child else said_by
            if parent and child and (parent, child) in day.pairs:
                yield parent, child


def _own_address(day: Day) -> Iterator[Pair]:
    for reader, child in day.pairs:
        person, record = day.readers.get(reader), day.children.get(child)
        at_home = folding.postcode_key(str(person.address.get("postcode", ""))) if person else ""
        if at_home and record and at_home == record.postcode_key:
            yield reader, child


def _namesakes(day: Day) -> Iterator[Pair]:
    """The same surname, and no work with the child."""
    for pair in day.pairs:
        person, record = day.readers.get(pair[0]), day.children.get(pair[1])
        same = person and record and folding.key(person.surname) == record.surname_key != ""
        if same and pair not in day.at_work:
            yield pair


def _of_colleagues(day: Day) -> Iterator[Pair]:
    """A child whose parent works for the authority too, and no work with the child."""
    staff = set(_staff().values_list("user", flat=True))
    parents: dict[int, set[int]] = defaultdict(set)
    for part in _parts(sorted({child for _, child in day.pairs})):
        told = Mention.objects.filter(child__in=part, family_child__isnull=False, said_by__in=staff)
        for child, parent in told.values_list("child", "said_by"):
            parents[child].add(parent)
    for pair in day.pairs:
        if parents[pair[1]] - {pair[0]} and pair not in day.at_work:
            yield pair


def _at_night(day: Day) -> Iterator[Found]:
    first, last, most = setting("odd.from_hour"), setting("odd.to_hour"), setting("odd.night_readings")
    for reader, moments in sorted(day.moments.items()):
        late = [each for each in moments if not first <= each[0].hour < last or each[0].weekday() > 4]
        if len(late) >= most:
            yield Found(Rule.HOURS, reader, len(late), late[0][2], children=_listed(late))


def _many(day: Day) -> Iterator[Found]:
    window, most = timedelta(minutes=setting("odd.many_minutes")), setting("odd.many_children")
    for reader, moments in sorted(day.moments.items()):
        start = 0
        seen: dict[int, int] = defaultdict(int)
        for at, child, _entry in moments:
            seen[child] += 1
            while at - moments[start][0] > window:
                seen[moments[start][1]] -= 1
                start += 1
            if sum(count > 0 for count in seen.values()) > most:
                yield Found(Rule.MANY, reader, len(moments), moments[start][2], children=_listed(moments))
                break


def _without_case(day: Day) -> Iterator[Found]:
    most = setting("odd.without_case")
    for reader, moments in sorted(day.moments.items()):
        idle = [each for each in moments if (reader, each[1]) not in day.at_work]
        children = _listed(idle)
        if len(children) >= most:
            yield Found(Rule.NO_CASE, reader, len(idle), idle[0][2], children=children)


def _listed(moments: list[tuple[datetime, int, int]]) -> list[int]:
    return sorted({child for _, child, _ in moments})[:MOST_LISTED]


def _staff() -> QuerySet[Membership]:
    council = [group.key for group in groups.groups()]
    return Membership.objects.filter(role__in=council, ended_at=None)


def _parts(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), AT_A_TIME):
        yield numbers[start : start + AT_A_TIME]

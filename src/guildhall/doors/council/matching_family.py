"""The map of a family: a table of who belongs to a child and why, and a small drawing of it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.urls import reverse

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.speech import day
from guildhall.foundation.texts.queries import say
from guildhall.records.children.models import Child
from guildhall.records.linkage.families import Adult, Family, Sibling, family_of, family_written
from guildhall.records.linkage.models import Mention
from guildhall.records.linkage.queries import identity_in

from .waterfall import say_or

_WIDTH, _HEIGHT, _GAP, _DOWN = 190, 54, 14, 96
_IN_A_ROW, _LETTERS = 4, 23


@dataclass(frozen=True)
class Person:
    """A line of the table. ``href`` leads to the record, where there is one."""

    name: str
    what: str
    why: str
    href: str = ""


@dataclass(frozen=True)
class Box:
    """Somebody or some home in the drawing: corner, middle and bottom as text, and two short lines."""

    x: str
    y: str
    middle: str
    bottom: str
    first: str
    second: str
    kind: str


@dataclass(frozen=True)
class _Shown:
    """Somebody or some home to be drawn; ``joined`` are the keys of those that a line leads to."""

    first: str
    second: str
    kind: str
    key: str
    joined: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Drawing:
    """Boxes in rows, and lines between them as (x1, y1, x2, y2)."""

    boxes: list[Box]
    lines: list[tuple[str, str, str, str]]
    width: str
    height: str


def map_of(holder: Holder, child: Child) -> dict[str, Any]:
    """The map around a record."""
    return _map(family_of(holder, child), child.name, child.born_on)


def map_written(holder: Holder, mention: Mention) -> dict[str, Any]:
    """The map around a child who waits, by what was written."""
    who = identity_in(mention)
    return _map(family_written(holder, mention, who), who.name or say("matching.NoName"), who.born_on)


def _map(family: Family, name: str, born_on: Any) -> dict[str, Any]:
    people = [*map(_adult, family.adults), *map(_sibling, family.siblings)]
    return {
        "people": people,
        "homes": family.homes,
        "hidden": family.hidden,
        "drawing": _drawn(family, name, born_on) if people else None,
        "words": "; ".join(f"{each.name}: {each.what}" for each in people),
        "name": name,
    }


def _adult(adult: Adult) -> Person:
    why = say("matching.Family_Why_wrote")
    if adult.responsible:
        why = f"{why} {say('matching.Family_Responsible')}"
    return Person(str(adult.user), _kin(adult), why)


def _kin(adult: Adult) -> str:
    if not adult.relationship:
        return say("matching.Family_Wrote")
    return say_or(f"account.Relationship_{adult.relationship}", adult.relationship)


def _sibling(sibling: Sibling) -> Person:
    born = day(sibling.child.born_on) if sibling.child.born_on else say("matching.Born_NotSaid")
    what = say("matching.Family_Twin" if "twin" in sibling.ways else "matching.Family_Sibling")
    why = " ".join(say(f"matching.Family_Why_{way}") for way in sibling.ways)
    href = reverse("council:child", args=[sibling.child.pk])
    return Person(f"{sibling.child.name}, {born}", what, why, href)


def _drawn(family: Family, name: str, born_on: Any) -> Drawing:
    adults = [_Shown(str(each.user), _kin(each), "adult", f"adult {each.user.pk}") for each in family.adults]
    homes = [_home(place, home) for place, home in enumerate(family.homes)]
    everybody = frozenset(each.key for each in (*adults, *homes))
    here = _Shown(name, day(born_on) if born_on else "", "here", "here", everybody)
    siblings = [_beside(each) for each in family.siblings]
    rows = [
        row
        for row in (
            _fitting(adults, _IN_A_ROW),
            [here, *_fitting(siblings, _IN_A_ROW - 1)],
            _fitting(homes, 2),
        )
        if row
    ]
    width = max(len(row) for row in rows) * (_WIDTH + _GAP) - _GAP + 4
    drawn = [list(zip(row, _row(row, number, width), strict=True)) for number, row in enumerate(rows)]
    lines = [
        (upper.middle, upper.bottom, lower.middle, lower.y)
        for above, below in pairwise(drawn)
        for one, upper in above
        for other, lower in below
        if one.key in other.joined or other.key in one.joined
    ]
    boxes = [box for row in drawn for _, box in row]
    return Drawing(boxes, lines, str(width), str((len(rows) - 1) * _DOWN + _HEIGHT + 4))


def _home(place: int, home: str) -> _Shown:
    first, _, rest = home.partition(", ")
    return _Shown(first, rest.rpartition(", ")[2], "home", f"home {place}")


def _beside(sibling: Sibling) -> _Shown:
    """A brother or sister, joined to the adults who have both, and to the home that both live in now."""
    child = sibling.child
    joined = {f"adult {number}" for number in sibling.adults}
    joined |= {"home 0"} if {"home", "twin"} & set(sibling.ways) else set()
    born = day(child.born_on) if child.born_on else ""
    return _Shown(child.name, born, "child", f"child {child.pk}", frozenset(joined))


def _fitting(shown: list[_Shown], most: int) -> list[_Shown]:
    """At most ``most``; the last of them says how many others the table has."""
    if len(shown) <= most:
        return shown
    rest = shown[most - 1 :]
    words = say("matching.Family_More", count=len(rest))
    joined = frozenset().union(*(each.joined for each in rest))
    return [*shown[: most - 1], _Shown(words, "", rest[0].kind, "more", joined)]


def _row(row: list[_Shown], number: int, width: int) -> list[Box]:
    left = (width - len(row) * (_WIDTH + _GAP) + _GAP) // 2
    top = number * _DOWN + 2
    return [
        Box(
            x=str(left + place * (_WIDTH + _GAP)),
            y=str(top),
            middle=str(left + place * (_WIDTH + _GAP) + _WIDTH // 2),
            bottom=str(top + _HEIGHT),
            first=_short(each.first),
            second=_short(each.second),
            kind=each.kind,
        )
        for place, each in enumerate(row)
    ]


def _short(words: str) -> str:
    return words if len(words) <= _LETTERS else f"{words[: _LETTERS - 1]}…"

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
    adults = [(str(each.user), _kin(each), "adult") for each in family.adults]
    others = [
        (each.child.name, day(each.child.born_on) if each.child.born_on else "", "child")
        for each in family.siblings
    ]
    here = (name, day(born_on) if born_on else "", "here")
    homes = [(home.partition(", ")[0], home.rpartition(", ")[2], "home") for home in family.homes[:2]]
    rows = [row for row in (adults[:_IN_A_ROW], [here, *others[: _IN_A_ROW - 1]], homes) if row]
    width = max(len(row) for row in rows) * (_WIDTH + _GAP) - _GAP + 4
    drawn = [_row(row, number, width) for number, row in enumerate(rows)]
    lines = [
        (upper.middle, upper.bottom, lower.middle, lower.y)
        for above, below in pairwise(drawn)
        for upper in above
        for lower in below
        if "here" in (upper.kind, lower.kind)
    ]
    boxes = [box for row in drawn for box in row]
    return Drawing(boxes, lines, str(width), str((len(rows) - 1) * _DOWN + _HEIGHT + 4))


def _row(row: list[tuple[str, str, str]], number: int, width: int) -> list[Box]:
    left = (width - len(row) * (_WIDTH + _GAP) + _GAP) // 2
    top = number * _DOWN + 2
    return [
        Box(
            x=str(left + place * (_WIDTH + _GAP)),
            y=str(top),
            middle=str(left + place * (_WIDTH + _GAP) + _WIDTH // 2),
            bottom=str(top + _HEIGHT),
            first=_short(first),
            second=_short(second),
            kind=kind,
        )
        for place, (first, second, kind) in enumerate(row)
    ]


def _short(words: str) -> str:
    return words if len(words) <= _LETTERS else f"{words[: _LETTERS - 1]}…"

"""How a save from an older page joins what was saved since. Pure: touches no database.

Answers are compared by *unit*: ``CODE`` for a question, ``group/row`` for whether a row of a repeating
group is there, ``group/row/CODE`` for a question of that row. Question codes are in capitals and group
keys are not, which is how the two are told apart.

A *patch* is what a page sends: code → value, and group key → {row id → {code → value}, or None to take
the row away}. A plain list of rows stands for the whole group. An empty value takes the answer away.
"""

import copy
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Answers = dict[str, Any]


@dataclass(frozen=True)
class Merged:
    """``changed`` units are in ``answers``; ``overlapping`` ones are not: somebody saved them meanwhile."""

    answers: Answers
    touched: dict[str, int]
    changed: tuple[str, ...]
    overlapping: tuple[str, ...]


def merge(
    answers: Answers,
    touched: Mapping[str, int],
    *,
    revision: int,
    patch: Mapping[str, Any],
    seen: int,
    base: Mapping[str, str],
) -> Merged:
    """Put ``patch`` into ``answers``, which are at ``revision``.

    ``base``: unit → ``digest`` of what the page showed. What it sends back unchanged is left alone; what
    it changed is written if the answer still is what it showed, else it overlaps. A unit that ``base``
    does not know overlaps if it moved after ``seen``, the revision that the page knew.
    """
    before = flatten(answers)
    wanted = flatten_patch(patch, answers)
    gone = _rows_gone(wanted, before, base)
    changed: list[str] = []
    overlapping: list[str] = []
    for unit, value in wanted.items():
        row = _row_of(unit)
        if row in gone:
            if gone[row]:
                overlapping.append(unit)
        elif not _is_moved_on_page(unit, value, before, base):
            continue
        elif _is_moved_elsewhere(unit, value, before, base, touched, seen, revision):
            overlapping.append(unit)
        else:
            changed.append(unit)
    after = copy.deepcopy(answers)
    for unit in changed:
        _apply(after, unit, wanted[unit])
    marks = dict(touched) | dict.fromkeys(changed, revision + 1)
    return Merged(after, marks, tuple(changed), tuple(overlapping))


def flatten(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers by unit. A row that is there has the value True."""
    flat: dict[str, Any] = {}
    for key, value in answers.items():
        if not is_group(key):
            flat[key] = value
            continue
        for row in value:
            flat[f"{key}/{row['_id']}"] = True
            flat |= {f"{key}/{row['_id']}/{code}": held for code, held in row.items() if code != "_id"}
    return flat


def flatten_patch(patch: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """A patch by unit, rows before what is in them. A row to take away has the value None."""
    flat: dict[str, Any] = {}
    for key, value in patch.items():
        if not is_group(key):
            flat[key] = value
            continue
        for row_id, row in _rows(value, answers.get(key, [])).items():
            flat[f"{key}/{row_id}"] = None if row is None else True
            flat |= {f"{key}/{row_id}/{code}": held for code, held in (row or {}).items() if code != "_id"}
    return flat


def rows_gone(before: Answers, after: Answers) -> dict[str, Any]:
    """Of each repeating group that lost a row, that row (the last of several) and its place."""
    gone: dict[str, Any] = {}
    for key, rows in before.items():
        if is_group(key):
            left = {row["_id"] for row in after.get(key, [])}
            lost = [(place, row) for place, row in enumerate(rows) if row["_id"] not in left]
            if lost:
                gone[key] = {"row": lost[-1][1], "place": lost[-1][0]}
    return gone


def is_group(key: str) -> bool:
    """Whether ``key`` names a repeating group, not a question."""
    return key != key.upper()


def digest(value: Any) -> str:
    """A short mark of one answer; every empty answer has the mark ``""``."""
    if is_empty(value):
        return ""
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:12]


_plain = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def is_empty(value: Any) -> bool:
    """Nothing was answered: None, an empty text, list or mapping. Zero and False are answers."""
    return value is None or value in ("", [], {})


def _rows(value: Any, held: list[dict[str, Any]]) -> dict[str, dict[str, Any] | None]:
    if isinstance(value, Mapping):
        return dict(value)
    kept = {row["_id"]: row for row in value}
    return {row["_id"]: None for row in held if row["_id"] not in kept} | kept


def _rows_gone(
    wanted: Mapping[str, Any], before: Mapping[str, Any], base: Mapping[str, str]
) -> dict[str, bool]:
    """Rows the page showed that were taken away since → whether the page changed anything in them."""
    there = digest(True)
    gone = {unit for unit, value in wanted.items() if value is True and unit not in before}
    gone = {unit for unit in gone if _row_of(unit) == unit and base.get(unit) == there}
    within = {unit: value for unit, value in wanted.items() if value is not True and _row_of(unit) in gone}
    edited = {_row_of(unit) for unit, value in within.items() if _edited(unit, value, base)}
    return {row: row in edited for row in gone}


def _edited(unit: str, value: Any, base: Mapping[str, str]) -> bool:
    return digest(value) != base.get(unit, "")


def _is_moved_on_page(unit: str, value: Any, before: Mapping[str, Any], base: Mapping[str, str]) -> bool:
    """Whether the page says something new: neither what is saved, nor what it had shown."""
    mark, row = digest(value), _row_of(unit)
    return mark != digest(before.get(unit)) and (base.get(unit) != mark or (row != "" and row not in before))


def _is_moved_elsewhere(
    unit: str,
    value: Any,
    before: Mapping[str, Any],
    base: Mapping[str, str],
    touched: Mapping[str, int],
    seen: int,
    revision: int,
) -> bool:
    """Whether the answer was saved elsewhere since the page showed it."""
    if unit in base:
        return base[unit] != digest(before.get(unit))
    if seen == revision:
        return False
    related = {unit, _row_of(unit)}
    if not value and _row_of(unit) == unit:
        related |= {other for other in touched if other.startswith(f"{unit}/")}
    return any(touched.get(other, 0) > seen for other in related)


def _row_of(unit: str) -> str:
    """The unit of the row that a unit is, or is in; "" for a question outside repeating groups."""
    return "/".join(unit.split("/")[:2]) if "/" in unit else ""


def _apply(answers: Answers, unit: str, value: Any) -> None:
    group, *rest = unit.split("/")
    if not rest:
        _put(answers, group, value)
        return
    rows = answers.setdefault(group, [])
    row = next((row for row in rows if row["_id"] == rest[0]), None)
    if len(rest) == 1 and not value:
        answers[group] = [row for row in rows if row["_id"] != rest[0]]
        return
    if row is None:
        row = {"_id": rest[0]}
        rows.append(row)
    if len(rest) == 2:
        _put(row, rest[1], value)


def _put(holder: Answers, code: str, value: Any) -> None:
    if is_empty(value):
        holder.pop(code, None)
    else:
        holder[code] = value

"""The days of the collections of a school year, worked out from the rules that they follow (SY-054, SY-056).

A school year is named by the calendar year in which it begins. Pure.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

THURSDAY, FRIDAY = 3, 4
LIVE_FROM, PRACTICE_UNTIL = time(7, 30), time(16, 0)
PRACTICE_OPENS = timedelta(weeks=4)
PRACTICE_KEPT = timedelta(days=14)
TERMS = ("AUT", "SPR", "SUM")


@dataclass(frozen=True)
class Falls:
    """The rule of a census day: the ``nth`` Thursday of a month; ``later``: in the year's second half."""

    month: int
    nth: int
    later: int


FALLS = {"AUT": Falls(10, 1, 0), "SPR": Falls(1, 3, 1), "SUM": Falls(5, 3, 1), "SWF": Falls(11, 1, 0)}
"""The collections: three school censuses, and the school workforce census."""


def census_day(key: str, year: int) -> date:
    """The census day of the collection ``key`` in the school year ``year``."""
    rule = FALLS[key]
    first = date(year + rule.later, rule.month, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7, weeks=rule.nth - 1)


def practice_closes(day: date) -> date:
    """The Friday before a census day, on which the familiarisation area closes."""
    return day - timedelta(days=(day.weekday() - FRIDAY - 1) % 7 + 1)


def practice_opens(day: date) -> date:
    return day - PRACTICE_OPENS


def before(key: str, year: int) -> tuple[str, int]:
    """The collection of the same family that came last before this one."""
    if key not in TERMS:
        return key, year - 1
    place = TERMS.index(key)
    return (TERMS[place - 1], year) if place else (TERMS[-1], year - 1)


def windows(key: str, year: int, day: date, last: date) -> dict[str, Any]:
    """The days that rules speak of. ``last``: the census day of the collection before.

    ``august``: the 31 August on which a pupil's age tells the year group. Terms begin as rule
    1925Q had them in 2024/25.
    """
    begins = {"AUT": date(year, 8, 1), "SPR": date(year + 1, 1, 1), "SUM": date(year + 1, 4, 21)}
    back = {"AUT": date(year, 4, 10), "SPR": date(year, 8, 1), "SUM": date(year + 1, 1, 1)}
    return {
        "census_day": day,
        "last_census_day": last,
        "august": date(year, 8, 31),
        "term_from": begins.get(key, begins["AUT"]),
        "last_term_from": back.get(key, back["AUT"]),
        "census_year": str(day.year),
        "furthest": day.replace(year=day.year + 5, day=min(day.day, 28)),
    }


def school_year(day: date) -> int:
    """The school year that a day lies in; it begins on 1 September."""
    return day.year if day.month >= 9 else day.year - 1

"""A date as somebody's program or hand wrote it."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache

_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_NUMBERS = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})\.?")
_DIGITS = re.compile(r"\d{8}")
_SERIAL = re.compile(r"([1-6]\d{4})(?:\.0+)?")
_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|af|ail|ydd|fed|eg|ain)?[-/. ]*([a-z]+)[-/., ]*(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([a-z]+)[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4}|\d{2})")
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+")
_MONTHS = (
    *("january ionawr", "february chwefror", "march mawrth", "april ebrill", "may mai", "june mehefin"),
    *("july gorffennaf", "august awst", "september medi", "october hydref", "november tachwedd"),
    "december rhagfyr",
)
# Days are numbered in spreadsheets from here.
_FIRST_DAY = date(1899, 12, 30)
# A year in two figures is of the century that has it in the past of a file of people: as strptime reads it.
_LAST_SHORT_YEAR = 68
# What is older is a slip: 0215 for 2015.
_FIRST_YEAR = 1800


@lru_cache(maxsize=50_000)
def day_in(written: str, *, month_first: bool = False) -> date | None:
    """The date in ``written``, in any usual form; None when it is none.

    Day before month, or with ``month_first`` the other way round; where that is no date, as it can be read.
    """
    told = _TIME.sub("", written.strip()).strip().lower()
    with suppress(ValueError, OverflowError):
        found = _read(told, month_first=month_first)
        return found if found and found.year >= _FIRST_YEAR else None
    return None


def _read(told: str, *, month_first: bool) -> date | None:
    """Raises ValueError where it looks like a date and is none."""
    if found := _NUMBERS.fullmatch(told):
        return _of_numbers(*found.groups(), month_first=month_first)
    if _DIGITS.fullmatch(told):
        return _of_digits(told)
    if found := _SERIAL.fullmatch(told):
        return _FIRST_DAY + timedelta(days=int(found[1]))
    return _of_words(_WEEKDAY.sub("", told))


def month_comes_first(written: Iterable[str]) -> bool:
    """Do dates that can be read in one way only have their month first, and none its day?"""
    firsts, seconds = set(), set()
    for each in written:
        found = _NUMBERS.fullmatch(_TIME.sub("", each.strip()))
        if found and len(found[1]) <= 2:
            firsts.add(int(found[1]) > 12)
            seconds.add(int(found[2]) > 12)
    return True in seconds and True not in firsts


def _of_numbers(first: str, second: str, third: str, *, month_first: bool) -> date:
    if len(first) > 2:
        return date(int(first), int(second), int(third))
    day, month = (second, first) if month_first or int(second) > 12 else (first, second)
    if int(month) > 12:
        day, month = month, day
    return date(_year(third), int(month), int(day))


def _of_digits(told: str) -> date:
    """YYYYMMDD, or DDMMYYYY where that is no date."""
    with suppress(ValueError):
        return date(int(told[:4]), int(told[4:6]), int(told[6:]))
    return date(int(told[4:]), int(told[2:4]), int(told[:2]))


def _of_words(told: str) -> date | None:
    if found := _WORDED.fullmatch(told):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(told):
        month, day, year = found.groups()
    else:
        return None
    return date(_year(year), _month(month), int(day))


def _year(written: str) -> int:
    year = int(written)
    if len(written) > 2:
        return year
    return year + (2000 if year <= _LAST_SHORT_YEAR else 1900)


def _month(written: str) -> int:
    """The number of a month by its name or at least three letters of it, English or Welsh."""
    for number, names in enumerate(_MONTHS, start=1):
        if len(written) >= 3 and any(name.startswith(written) for name in names.split()):
            return number
    if written == "sept":
        return 9
    raise ValueError(written)

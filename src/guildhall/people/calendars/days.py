"""The arithmetic of school days. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

DAY = timedelta(days=1)
SATURDAY = 5


class Unpublished(LookupError):
    """The answer depends on days of a school year whose dates nobody has published."""


def school_year_of(day: date) -> int:
    """The school year that ``day`` is in, by the year in which it begins: 2026 is 2026 to 2027.

    It begins with the first term that starts after July (Education Act 1996, section 579).
    """
    return day.year if day.month >= 8 else day.year - 1


def bounds_of(year: int) -> tuple[date, date]:
    """The first and the last day that may belong to a school year."""
    return date(year, 8, 1), date(year + 1, 7, 31)


@dataclass(frozen=True, order=True)
class Span:
    """The days from ``first_on`` to ``last_on``, both counted."""

    first_on: date
    last_on: date

    def __contains__(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on

    def __iter__(self) -> Iterator[date]:
        return (self.first_on + count * DAY for count in range(self.length))

    @property
    def length(self) -> int:
        return (self.last_on - self.first_on).days + 1

    def meets(self, other: "Span") -> bool:
        """Whether the two have a day in common."""
        return self.first_on <= other.last_on and other.first_on <= self.last_on


@dataclass(frozen=True)
class TermDates:
    """A term and its half term, if it has one."""

    name: str
    span: Span
    half: Span | None = None

    def __iter__(self) -> Iterator[date]:
        return (day for day in self.span if self.half is None or day not in self.half)


def open_days(terms: Iterable[TermDates], *, off: Iterable[date]) -> tuple[date, ...]:
    """The weekdays of ``terms`` in order, without the half terms and the days ``off``."""
    closed = frozenset(off)
    days = {day for term in terms for day in term if day.weekday() < SATURDAY and day not in closed}
    return tuple(sorted(days))


@dataclass(frozen=True)
class SchoolDays:
    """The days on which a school has a session, in order, of the ``years`` whose dates are published."""

    open: tuple[date, ...]
    years: frozenset[int]

    def knows(self, first_on: date, last_on: date) -> bool:
        """Whether every school year between the two days is published."""
        return self.years.issuperset(range(school_year_of(first_on), school_year_of(last_on) + 1))

    def __contains__(self, day: date) -> bool:
        """Whether the school has a session on ``day``. Raises Unpublished."""
        return self.count(day, day) == 1

    def count(self, first_on: date, last_on: date) -> int:
        """How many school days there are between the two, both counted. Raises Unpublished."""
        self._need(first_on, last_on)
        return max(0, bisect_right(self.open, last_on) - bisect_left(self.open, first_on))

    def after(self, day: date, *, count: int = 1) -> date:
        """The school day that comes ``count`` (1 or more) school days after ``day``. Raises Unpublished."""
        place = bisect_right(self.open, day) + count - 1
        if place >= len(self.open):
            raise Unpublished
        self._need(day, self.open[place])
        return self.open[place]

    def breaks(self, *, weeks: int) -> list[Span]:
        """The stretches of at least ``weeks`` weeks without a school day, in order.

        One counts only when the days before and after it are known.
        """
        neighbours = pairwise(self.open)
        gaps = [Span(last + DAY, after - DAY) for last, after in neighbours if last + DAY < after]
        return [gap for gap in gaps if gap.length >= 7 * weeks and self.knows(gap.first_on, gap.last_on)]

    def _need(self, first_on: date, last_on: date) -> None:
        if not self.knows(first_on, last_on):
            raise Unpublished

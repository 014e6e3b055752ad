"""How long the law gives for something, and the day on which that is over. Pure."""

from calendar import monthrange
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from guildhall.people.calendars.days import DAY, SATURDAY, SchoolDays, Unpublished


class Unit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKING_DAYS = "working-days"
    SCHOOL_DAYS = "school-days"
    # Working days of the tribunal: none in August, and none from 25 December to 1 January.
    TRIBUNAL_DAYS = "tribunal-days"
    # A day of the calendar year that the start is in: count is the day, month its month.
    DAY_OF_YEAR = "day-of-year"


@dataclass(frozen=True)
class Limit:
    """``count`` units after ``start`` (the name of an event), or with ``before`` so long before it.

    The day of the event is not counted, but where the law says "beginning with" it (``first_day``).
    """

    start: str
    count: int
    unit: Unit
    before: bool = False
    first_day: bool = False
    month: int = 0

    @property
    def weeks(self) -> int:
        """The limit in weeks. Raises ValueError for one that the law gives otherwise."""
        if self.unit != Unit.WEEKS:
            raise ValueError(f"{self.count} {self.unit} are no weeks")
        return self.count


@dataclass(frozen=True)
class Calendar:
    """What the days that are counted depend on: the bank holidays, and a school's days (None: no school)."""

    holidays: Collection[date] = field(default_factory=frozenset)
    school: SchoolDays | None = None


NO_CALENDAR = Calendar()


def last_day(limit: Limit, start: date, calendar: Calendar = NO_CALENDAR) -> date:
    """The last day on which it is still in time, with the event on ``start``.

    Raises Unpublished for school days of a year whose dates nobody published, or of no school.
    """
    if limit.unit == Unit.DAY_OF_YEAR:
        return date(start.year, limit.month, limit.count)
    count = limit.count - 1 if limit.first_day else limit.count
    if limit.unit == Unit.SCHOOL_DAYS:
        return _after_school_days(start, count, calendar.school)
    if limit.unit == Unit.WORKING_DAYS:
        return _after_days(start, count, lambda day: is_working_day(day, calendar.holidays))
    if limit.unit == Unit.TRIBUNAL_DAYS:
        return _after_days(start, count, lambda day: is_tribunal_day(day, calendar.holidays))
    if limit.unit == Unit.MONTHS:
        return after_months(start, -count if limit.before else count)
    passed = timedelta(days=7 * count if limit.unit == Unit.WEEKS else count)
    return start - passed if limit.before else start + passed


def after_months(day: date, months: int) -> date:
    """The same day of the month so many months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Whether ``day`` is neither at a weekend nor a bank holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def is_tribunal_day(day: date, holidays: Collection[date]) -> bool:
    """Whether ``day`` counts for the SEND Tribunal: a working day outside its summer and winter breaks."""
    winter = (day.month, day.day) == (1, 1) or (day.month == 12 and day.day >= 25)
    return is_working_day(day, holidays) and day.month != 8 and not winter


def _after_days(start: date, count: int, counts: Callable[[date], bool]) -> date:
    """The day on which so many days that count have passed after ``start``."""
    day = start
    while count > 0:
        day += DAY
        count -= counts(day)
    return day


def _after_school_days(start: date, count: int, school: SchoolDays | None) -> date:
    if school is None:
        raise Unpublished
    return school.after(start, count=count)

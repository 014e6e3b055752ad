"""Dates stated relative to the day they are read, ``today``, ``-26y``, ``+6m``; or plain, ``2019-09-01``."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_RELATIVE = re.compile(r"([+-])(\d{1,4})([dwmy])", re.ASCII)
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MONTHS = {"m": 1, "y": 12}
_DAYS = {"d": 1, "w": 7}
_ANY_DAY = date(2026, 1, 15)


@dataclass(frozen=True)
class DateBound:
    """A fixed date, or a distance in months and days from today."""

    fixed: date | None = None
    months: int = 0
    days: int = 0

    def on(self, today: date) -> date:
        """The date meant on the day ``today``; the last day of the month stands for days it lacks."""
        if self.fixed:
            return self.fixed
        whole = today.year * 12 + today.month - 1 + self.months
        year, month = min(max(whole // 12, 1), 9998), whole % 12 + 1
        day = min(today.day, calendar.monthrange(year, month)[1])
        return date(year, month, day) + timedelta(days=self.days)


TODAY = DateBound()


def crossed(low: DateBound, high: DateBound) -> bool:
    """Whether no day is ever from ``low`` to ``high``.

    A fixed day and one that moves with today may be apart on another day, so they never count as crossed.
    """
    moving = low.fixed is None
    return moving == (high.fixed is None) and low.on(_ANY_DAY) > high.on(_ANY_DAY)


def read_bound(written: str) -> DateBound:
    """The bound written in a definition. Raises ValueError."""
    if written == "today":
        return TODAY
    if match := _RELATIVE.fullmatch(written):
        count = int(match[1] + match[2])
        unit = match[3]
        return DateBound(months=count * _MONTHS.get(unit, 0), days=count * _DAYS.get(unit, 0))
    if not _PLAIN.fullmatch(written):
        raise ValueError(written)
    return DateBound(fixed=date.fromisoformat(written))

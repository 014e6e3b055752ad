"""What alerts wait for, when they are due next, and when an answer fires one. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime, make_aware

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.records.clocks.limits import after_months
from guildhall.work.advice.rules import ALERT_FIELDS as ADVICE_FIELDS
from guildhall.work.sharing.rules import ALERT_FIELDS as SHARING_FIELDS

MOST_EVERY = 999


@dataclass(frozen=True)
class Context:
    """What a trigger alert can be based on: trigger, table, and fields with the texts of their names."""

    key: str
    trigger: str
    table: str
    fields: Mapping[str, str]


CONTEXTS: dict[str, Context] = {
    one.key: one
    for one in (
        Context("portal_sharing", "involvement.changed.portal_sharing", "sharing_portaluser", SHARING_FIELDS),
        Context("info_requested", "involvement.changed.info_requested", "advice_requested", ADVICE_FIELDS),
    )
}
_LONG = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1)}
_DAYS = {"days": 1, "weeks": 7}


def may_manage(holder: Holder) -> bool:
    """Whether ``holder`` sets up alerts."""
    return holder.may(Permission.MANAGE_ALERTS)


def turn(first: datetime, *, every: int, unit: str, number: int) -> datetime:
    """The time ``number`` turns after ``first``. Days, weeks and months keep the time that clocks show.

    A month that is too short gives its last day, and the next one the day of ``first`` again.
    """
    if unit in _LONG:
        return first + number * every * _LONG[unit]
    here = localtime(first)
    if unit in _DAYS:
        day = here.date() + timedelta(days=number * every * _DAYS[unit])
    else:
        day = after_months(here.date(), number * every)
    return make_aware(datetime.combine(day, here.time()))


def next_after(first: datetime, *, every: int | None, unit: str, now: datetime) -> datetime | None:
    """The first turn after ``now``; None where ``first`` is over and is not repeated."""
    if first > now or every is None:
        return first if first > now else None
    number = max(0, int((now - first) / _longest(every, unit)))
    while (moment := turn(first, every=every, unit=unit, number=number)) <= now:
        number += 1
    return moment


def is_turn(moment: datetime, *, first: datetime, every: int | None, unit: str) -> bool:
    """Whether ``moment`` is one of the times that are counted from ``first``."""
    return next_after(first, every=every, unit=unit, now=moment - timedelta(microseconds=1)) == moment


def _longest(every: int, unit: str) -> timedelta:
    """No turn takes longer, so that counting from here misses none."""
    return _LONG[unit] * every if unit in _LONG else timedelta(days=every * _DAYS.get(unit, 31), hours=1)


def fires(rows: Sequence[Sequence[object]], *, on_row: bool) -> bool:
    """Whether an answer fires its alert (SP-262, SP-263)."""
    if not rows or on_row:
        return bool(rows)
    first = rows[0][0]
    return str(first).strip().lower() not in {"", "0", "0.0", "false", "f"} if first is not None else False

"""Days of requests, and when a thing may go. Pure: touches no database."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

# The law gives one month; the 28 days leave time to send it.
ANSWER_WITHIN = timedelta(days=28)
# The law gives so long to acknowledge a complaint about the use of information. No pause makes it longer.
ACKNOWLEDGE_WITHIN = timedelta(days=30)
RELEASED_FOR = timedelta(days=14)
# The law gives the authority so long to tell the Information Commissioner of a breach.
TELL_WITHIN = timedelta(hours=72)


def answer_by(received_on: date, *, paused_days: int, paused_on: date | None, today: date) -> date:
    """The day by which a request is answered; while the clock stands still it moves on with every day."""
    standing = max((today - paused_on).days, 0) if paused_on else 0
    return received_on + ANSWER_WITHIN + timedelta(days=paused_days + standing)


def months_after(start: date, months: int) -> date:
    """The same day ``months`` later, or the last of that month where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


@dataclass(frozen=True)
class Verdict:
    """Whether a thing may go, and if not, why: "kept for ever", "not yet" or "held"."""

    goes: bool
    why: str = ""
    due_on: date | None = None


def erasing_verdict(start: date | None, *, months: int | None, held: bool, today: date) -> Verdict:
    """The same for a thing that somebody asked to have erased: a hold is the first thing to say."""
    if held:
        return Verdict(False, "held")
    return verdict(start, months=months, held=False, today=today)


def verdict(start: date | None, *, months: int | None, held: bool, today: date) -> Verdict:
    """What happens to a thing whose period began on ``start``. Nothing goes early, or under a hold."""
    if start is None or months is None:
        return Verdict(False, "for ever")
    due_on = months_after(start, months)
    if today < due_on:
        return Verdict(False, "not yet", due_on)
    return Verdict(not held, "held" if held else "", due_on)

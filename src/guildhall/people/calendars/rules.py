"""What the dates of a school year must be, and when a closure can still change. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from .days import SATURDAY, Span, TermDates, bounds_of, school_year_of
from .models import Closure

# The School Teachers' Pay and Conditions Document asks for 195 days a year, five of them without pupils.
TRAINING_DAYS = 5
YEAR_DAYS = 190
# Wales has given schools a sixth training day in some years.
MOST_TRAINING_DAYS = 6
LONGEST_CLOSURE = timedelta(days=365)
LATE_REPORT = timedelta(days=31)
EARLY_REPORT = timedelta(days=366)
# A closure that ran out on a Friday may still turn out longer on the Monday after a holiday.
STILL_EXTENDED = timedelta(days=21)
NAMES = ("autumn", "spring", "summer")


def faults_of(year: int, terms: Sequence[TermDates]) -> dict[str, str]:
    """Field → what is wrong (the end of a text's name) with the dates of a school year; empty if nothing.

    The fields of a term are ``<name>_first``, ``_last``, ``_half_first`` and ``_half_last``.
    """
    return dict(_faults(year, terms))


def _faults(year: int, terms: Sequence[TermDates]) -> Iterator[tuple[str, str]]:
    bounds = Span(*bounds_of(year))
    for earlier, later in pairwise(terms):
        if later.span.first_on <= earlier.span.last_on:
            yield f"{later.name}_first", "Overlap"
    for term in terms:
        yield from _of_term(term, bounds)


def _of_term(term: TermDates, bounds: Span) -> Iterator[tuple[str, str]]:
    span, half = term.span, term.half
    if span.first_on not in bounds:
        yield f"{term.name}_first", "Year"
    if span.last_on not in bounds:
        yield f"{term.name}_last", "Year"
    elif span.last_on < span.first_on:
        yield f"{term.name}_last", "Order"
    if half and half.last_on < half.first_on:
        yield f"{term.name}_half_last", "Order"
    elif half and not (span.first_on < half.first_on and half.last_on < span.last_on):
        yield f"{term.name}_half_first", "Half"


def is_training_day(day: date, *, year: int, holidays: frozenset[date]) -> bool:
    """Whether staff may be trained on ``day`` of the school year: a weekday that is no bank holiday."""
    return school_year_of(day) == year and day.weekday() < SATURDAY and day not in holidays


def may_extend(closure: Closure, today: date) -> bool:
    """Whether it is neither over for good nor withdrawn, nor ended by the school itself."""
    running = closure.withdrawn_at is None and closure.ended_at is None
    return running and today <= closure.last_on + STILL_EXTENDED


def may_end(closure: Closure, today: date) -> bool:
    """Whether there is something left of it that could be given up."""
    return closure.withdrawn_at is None and today <= closure.last_on


def may_withdraw(closure: Closure, today: date) -> bool:
    """Whether it can still be said that it was reported by mistake."""
    return closure.withdrawn_at is None and today <= closure.last_on + STILL_EXTENDED

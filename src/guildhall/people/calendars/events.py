"""What a calendar shows: what begins, ends, and closes the school, in words and in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from guildhall.foundation.texts.queries import say

from . import queries
from .days import DAY, SATURDAY, SchoolDays, Span, TermDates, school_year_of
from .models import Closure


class Kind(StrEnum):
    """What a day or an event is; of several on one day the first of these counts."""

    CLOSED = "closed"
    PART = "part"
    BANK = "bank"
    TRAINING = "training"
    HALF = "half"
    HOLIDAY = "holiday"
    STARTS = "starts"
    ENDS = "ends"
    OPEN = "open"
    WEEKEND = "weekend"
    UNKNOWN = "unknown"


_RANK = {kind: place for place, kind in enumerate(Kind)}
# During these the school holds a session.
HELD = frozenset({Kind.STARTS, Kind.ENDS, Kind.OPEN, Kind.PART})


@dataclass(frozen=True)
class Event:
    """Something of a calendar. ``uid`` stays the same while it is the same event."""

    kind: Kind
    span: Span
    words: str
    uid: str


@dataclass(frozen=True)
class Day:
    """A day of a calendar with what happens on it."""

    day: date
    kind: Kind
    events: tuple[Event, ...]


def events_of(school_id: int | None, span: Span) -> list[Event]:
    """What happens on some days at a school, or for None at those that follow the authority, in order."""
    around = range(school_year_of(span.first_on) - 1, school_year_of(span.last_on) + 2)
    years = queries.years_of(school_id, around)
    terms = [term for year in years.values() for term in year.terms]
    found = [
        *_of_terms(terms),
        *(
            Event(Kind.BANK, Span(one.day, one.day), one.called, f"bank-{one.day}")
            for one in queries.bank_holidays(span)
        ),
        *(
            Event(Kind.TRAINING, Span(day, day), say("schools.Event_Training"), f"training-{day}")
            for day in queries.training_days(school_id, span)
        ),
    ]
    if school_id is not None:
        closures = queries.closures_between(span).filter(school_id=school_id)
        found.extend(_closed(one) for one in closures)
    return sorted((one for one in found if one.span.meets(span)), key=_order)


def _order(event: Event) -> tuple[date, int]:
    return event.span.first_on, _RANK[event.kind]


def _of_terms(terms: list[TermDates]) -> Iterator[Event]:
    for term in terms:
        first_on, last_on = term.span.first_on, term.span.last_on
        name = say(f"schools.Term_Name_{term.name}")
        starts, ends = say("schools.Event_Starts", term=name), say("schools.Event_Ends", term=name)
        yield Event(Kind.STARTS, Span(first_on, first_on), starts, f"starts-{term.name}-{first_on}")
        if term.half:
            yield Event(Kind.HALF, term.half, say("schools.Event_Half"), f"half-{term.half.first_on}")
        yield Event(Kind.ENDS, Span(last_on, last_on), ends, f"ends-{term.name}-{last_on}")
    for earlier, later in pairwise(terms):
        away = Span(earlier.span.last_on + DAY, later.span.first_on - DAY)
        if away.length >= 1 and _follow(earlier, later):
            words = say(f"schools.Event_Holiday_{earlier.name}")
            yield Event(Kind.HOLIDAY, away, words, f"holiday-{away.first_on}")


def _follow(earlier: TermDates, later: TermDates) -> bool:
    """Whether no year that is not published lies between two terms."""
    return school_year_of(later.span.first_on) - school_year_of(earlier.span.last_on) <= 1


def _closed(closure: Closure) -> Event:
    kind = Kind.CLOSED if closure.whole else Kind.PART
    words = say(f"schools.Event_{kind.title()}", reason=closure.reason.called, part=closure.part)
    return Event(kind, closure.span, words, f"closure-{closure.pk}")


def days_shown(events: list[Event], days: Iterable[date], *, known: SchoolDays) -> list[Day]:
    """Each of ``days`` with what it is, of a calendar with these ``events``."""
    return [_day(day, [one for one in events if day in one.span], known) for day in days]


def _day(day: date, events: list[Event], known: SchoolDays) -> Day:
    kinds = [one.kind for one in events if one.kind not in (Kind.STARTS, Kind.ENDS)]
    plain = _plain(day, known)
    if plain == Kind.WEEKEND:
        kinds = []
    return Day(day, min([*kinds, plain], key=_RANK.__getitem__), tuple(events))


def _plain(day: date, known: SchoolDays) -> Kind:
    """What a day is when nothing happens on it."""
    if day.weekday() >= SATURDAY:
        return Kind.WEEKEND
    if not known.knows(day, day):
        return Kind.UNKNOWN
    return Kind.OPEN if day in known else Kind.HOLIDAY


def today_at(school_id: int, day: date) -> Day:
    """What ``day`` is at a school."""
    span = Span(day, day)
    [found] = days_shown(events_of(school_id, span), span, known=queries.days_of(school_id, span))
    return found

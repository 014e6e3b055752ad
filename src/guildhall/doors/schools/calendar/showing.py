"""How the calendar and closures are laid out."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format

from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.people.calendars import queries
from guildhall.people.calendars.days import Span, bounds_of, school_year_of
from guildhall.people.calendars.events import HELD, Day, Event, Kind, days_shown, events_of
from guildhall.people.calendars.models import Closure
from guildhall.people.calendars.queries import Year
from guildhall.work.closures.wording import dates_of

# In the month these stand in the order of the key below it. The mark is for who cannot tell colours.
MARKS = {
    Kind.CLOSED: "×",
    Kind.PART: "÷",
    Kind.BANK: "B",
    Kind.TRAINING: "T",
    Kind.HALF: "½",
    Kind.HOLIDAY: "–",
}


@dataclass(frozen=True)
class Month:
    """A month as weeks of days from Monday to Sunday; None for what belongs to another month."""

    first_on: date
    weeks: list[list[dict[str, Any] | None]]

    @property
    def name(self) -> str:
        return date_format(self.first_on, "F Y", use_l10n=False)


def month_asked(typed: str, *, today: date) -> date:
    """The first day of the month that an address asks for, of this one where it asks for none."""
    try:
        asked = date.fromisoformat(f"{typed}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if abs(asked.year - today.year) <= queries.MOST_YEARS else today.replace(day=1)


def month_of(school_id: int, first_on: date) -> tuple[Month, list[Event]]:
    """A month of a school's calendar, and what happens in it."""
    span = Span(first_on, _last_of(first_on))
    events = events_of(school_id, span)
    shown = [_cell(day) for day in days_shown(events, span, known=queries.days_of(school_id, span))]
    cells = [*[None] * first_on.weekday(), *shown]
    cells += [None] * (-len(cells) % 7)
    return Month(first_on, [cells[start : start + 7] for start in range(0, len(cells), 7)]), events


def _cell(day: Day) -> dict[str, Any]:
    words = kind_name(day.kind) if day.kind in MARKS else ""
    return {"day": day.day, "kind": day.kind, "mark": MARKS.get(day.kind, ""), "words": words}


def _last_of(first_on: date) -> date:
    return first_on.replace(day=calendar.monthrange(first_on.year, first_on.month)[1])


def months_beside(first_on: date) -> tuple[date, date]:
    """The first days of the month before and of the month after."""
    return (first_on - timedelta(days=1)).replace(day=1), _last_of(first_on) + timedelta(days=1)


def weekdays() -> list[tuple[str, str]]:
    """The days of the week, short and in full."""
    return [(say(f"schools.Weekday_{number}"), say(f"schools.Weekday_{number}_Full")) for number in range(7)]


def key_to_marks() -> list[dict[str, str]]:
    """What the marks of the month mean."""
    return [{"kind": kind, "mark": mark, "words": kind_name(kind)} for kind, mark in MARKS.items()]


def kind_name(kind: str) -> str:
    """What a kind of day is called."""
    return say(f"schools.Day_{kind.title()}")


def events_shown(events: Iterable[Event], today: date) -> list[dict[str, Any]]:
    """Events as rows of a list; ``now`` for what is on today, ``over`` for what is past."""
    return [
        {
            "kind": event.kind,
            "first": event.span.first_on,
            "last": event.span.last_on if event.span.length > 1 else None,
            "words": event.words,
            "now": today in event.span,
            "over": event.span.last_on < today,
        }
        for event in events
    ]


def today_shown(today: Day) -> dict[str, Any]:
    """What today is at the school, in a sentence."""
    happens = [one.words for one in today.events if one.kind == today.kind]
    held = today.kind in HELD
    return {
        "kind": today.kind,
        "held": held,
        "words": say("schools.Today_Open") if held else say(f"schools.Today_{today.kind.title()}"),
        "more": happens[0] if happens and today.kind in (Kind.CLOSED, Kind.PART, Kind.BANK) else "",
    }


def year_name(year: int) -> str:
    """How a school year is called: 2026 to 2027."""
    return say("schools.Year_Name", first=year, last=year + 1)


def year_shown(year: Year, *, training: int | None = None) -> dict[str, Any]:
    """A school year as a table of terms, with its number of days."""
    days = queries.days_in(year) if year.terms else 0
    return {
        "year": year.year,
        "name": year_name(year.year),
        "own": year.own,
        "terms": [{"name": say(f"schools.Term_Name_{one.name}"), "dates": one} for one in year.terms],
        "days": days,
        "left": days - (training or 0),
    }


def year_asked(typed: int, *, today: date) -> int:
    """A school year that an address asks for, this one where it asks for none near."""
    now = school_year_of(today)
    return typed if abs(typed - now) <= queries.MOST_YEARS else now


def year_events(school_id: int | None, year: int) -> list[Event]:
    """What happens in a school year."""
    return events_of(school_id, Span(*bounds_of(year)))


def closure_shown(closure: Closure, today: date) -> dict[str, Any]:
    """A closure as a row of a list, or the head of its page."""
    state = state_of(closure, today)
    return {
        "pk": closure.pk,
        "row": closure,
        "dates": dates_of(closure, active_language()),
        "extent": closure.part or say("schools.Closure_Whole"),
        "reason": closure.reason.called,
        "sessions": closure.sessions,
        "state": say(f"schools.ClosureState_{state}"),
        "colour": COLOURS[state],
    }


COLOURS = {"withdrawn": "grey", "over": "grey", "coming": "blue", "now": "red"}


def state_of(closure: Closure, today: date) -> str:
    """withdrawn, over, coming or now."""
    if closure.withdrawn_at is not None:
        return "withdrawn"
    if closure.last_on < today:
        return "over"
    return "coming" if today < closure.first_on else "now"


def closed_today(today: date) -> list[dict[str, Any]]:
    """Which schools are closed today; a list that is bounded by how many schools there are."""
    return [closure_shown(one, today) for one in queries.closed_on(today)]

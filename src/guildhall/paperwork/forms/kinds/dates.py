"""Dates, times of day and stretches of dates."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts

from ..bounds import DateBound
from ..shape import Question
from ..wording import clock_in, date_in
from .base import Context, Entry, Kind, Problem
from .frames import composed

PARTS = ("day", "month", "year")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_WHOLE = re.compile(r"\s*(\d{1,2})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{2,4})\s*", re.ASCII)
_SMALL = re.compile(r"\d{1,2}", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


def parts_of(raw: Any) -> dict[str, str]:
    """Day, month and year: typed in their boxes or all in the first (31/12/2019), or as an answer is kept."""
    if not isinstance(raw, Mapping):
        if match := _ISO.fullmatch(one_line(raw)):
            return {"day": str(int(match[3])), "month": str(int(match[2])), "year": match[1]}
        raw = {"day": raw}
    parts = {part: one_line(raw.get(part, "")) for part in PARTS}
    if parts["month"] or parts["year"]:
        return parts
    if match := _WHOLE.fullmatch(parts["day"]):
        return dict(zip(PARTS, match.groups(), strict=True))
    return parts


def _drawn(value: Any) -> dict[str, Any]:
    """The boxes filled in."""
    return {} if value is None else {**parts_of(value)}


def read_parts(data: QueryDict, name: str) -> dict[str, str]:
    """The three boxes of the date called ``name``; one input of that name is taken as well."""
    parts = {part: one_line(data.get(f"{name}-{part}", ""))[:40] for part in PARTS}
    return parts_of(parts if any(parts.values()) else {"day": one_line(data.get(name, ""))[:40]})


def check_date(raw: Any, question: Question, *, part: str = "") -> date:
    """The date that ``raw`` names in numbers (SP-141). Raises Problem, naming the box that is wrong."""
    parts = parts_of(raw)
    inner = f"{part}-" if part else ""
    if any(parts[box] and not _SMALL.fullmatch(parts[box]) for box in ("day", "month")):
        raise Problem("NotADate", question, part=part)
    lacking = [box for box in PARTS if not parts[box]]
    if lacking and len(lacking) < 3:
        where = "" if lacking[0] == "day" else lacking[0]
        raise Problem(f"DateWithout{lacking[0].title()}", question, part=(inner + where).rstrip("-"))
    if not _YEAR.fullmatch(parts["year"]):
        raise Problem("YearNotFull", question, part=inner + "year")
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        raise Problem("NotADate", question, part=part) from None


def bounded(day: date, question: Question, context: Context, *, part: str = "") -> date:
    """``day`` if the question's bounds allow it. Raises Problem."""
    if isinstance(question.maximum, DateBound) and day > (latest := question.maximum.on(context.today)):
        past = latest == context.today
        raise Problem("NotPast" if past else "TooLate", question, part=part, latest=latest)
    if isinstance(question.minimum, DateBound) and day < (earliest := question.minimum.on(context.today)):
        future = earliest == context.today
        raise Problem("NotFuture" if future else "TooEarly", question, part=part, earliest=earliest)
    if day.year < 1900 and not question.minimum:
        raise Problem("TooEarly", question, part=part, earliest=date(1900, 1, 1))
    return day


class Date(Kind):
    name = "date"
    takes = frozenset({"minimum", "maximum", "past"})
    nature = "date"

    def read(self, data: QueryDict, question: Question) -> dict[str, str]:
        return read_parts(data, question.field_id)

    def is_blank(self, raw: Any) -> bool:
        return not any(parts_of(raw).values())

    def check(self, raw: Any, question: Question, context: Context) -> str:
        return bounded(check_date(raw, question), question, context).isoformat()

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [date_in(date.fromisoformat(value), language)]

    def render(self, entry: Entry) -> SafeString:
        wrong = (entry.problem_part,) if entry.problem_part else ()
        return components.date_field(entry.field, wrong=wrong, **_drawn(entry.value))


class DateRange(Kind):
    """A first and a last day; both are needed, and the first is not after the last."""

    name = "date_range"
    takes = frozenset({"minimum", "maximum", "past"})
    ends = ("from", "to")
    missing = "MissingDateFrom"
    missing_part = "from"

    def read(self, data: QueryDict, question: Question) -> dict[str, Any]:
        return {end: read_parts(data, f"{question.field_id}-{end}") for end in self.ends}

    def is_blank(self, raw: Any) -> bool:
        return not isinstance(raw, Mapping) or not any(
            any(parts_of(raw.get(end)).values()) for end in self.ends
        )

    def check(self, raw: Any, question: Question, context: Context) -> dict[str, str]:
        given = raw if isinstance(raw, Mapping) else {}
        days = {}
        for end in self.ends:
            if not any(parts_of(given.get(end)).values()):
                raise Problem(f"MissingDate{end.title()}", question, part=end)
            day = check_date(given.get(end), question, part=end)
            days[end] = bounded(day, question, context, part=end)
        if days["from"] > days["to"]:
            raise Problem("RangeBackwards", question, part="to")
        return {end: day.isoformat() for end, day in days.items()}

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        days = {end: date_in(date.fromisoformat(value[end]), language) for end in self.ends}
        return [texts.say("shared.Date_Range", language, first=days["from"], last=days["to"])]

    def render(self, entry: Entry) -> SafeString:
        value = entry.value if isinstance(entry.value, Mapping) else {}
        return composed(entry, *(self._end(entry, end, value.get(end)) for end in self.ends))

    def _end(self, entry: Entry, end: str, value: Any) -> SafeString:
        field = Field(
            name=f"{entry.question.field_id}-{end}",
            label=texts.say(f"shared.Date_{end.title()}", entry.language),
            problem=entry.problem if entry.problem_part.split("-")[0] == end else "",
            label_kind="",
        )
        return components.date_field(field, **_drawn(value))


_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|yb|yh)?", re.ASCII)


class Time(Kind):
    """A time of day as people type it: 16:30, 4.30 pm, 4pm. In Welsh yb is am and yh is pm."""

    name = "time"

    def check(self, raw: Any, question: Question, context: Context) -> str:
        match = _CLOCK.fullmatch(one_line(raw).casefold().replace("a.m.", "am").replace("p.m.", "pm"))
        if not match or (not match[2] and not match[3]):
            raise Problem("NotATime", question)
        hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
        if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
            raise Problem("NotATime", question)
        if half:
            hour = hour % 12 + (12 if half in ("pm", "yh") else 0)
        return f"{hour:02}:{minute:02}"

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [clock_in(value, language)]

    def render(self, entry: Entry) -> SafeString:
        return components.text_field(entry.field, value=entry.value, width=10)

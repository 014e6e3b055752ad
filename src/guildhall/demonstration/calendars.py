"""The school years of the demonstration, what its schools keep of them, and two closures."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from guildhall.people.calendars import queries
from guildhall.people.calendars import services as calendars
from guildhall.people.calendars.days import DAY, Span, TermDates, open_days, school_year_of
from guildhall.people.calendars.models import ClosureReason
from guildhall.people.organisations.models import Establishment
from guildhall.work.closures import services as closures

from .cast import Cast
from .responsibilities import place_of

DAYS = 195  # of a school year, training days counted
TIMES = {
    "990001": (time(8, 50), time(12, 0), time(13, 0), time(15, 15)),
    "990007": (time(8, 40), time(12, 30), time(13, 20), time(15, 10)),
    "990009": (time(8, 30), time(12, 45), time(13, 30), time(15, 0)),
}


@transaction.atomic
def keep_calendars(cast: Cast, *, now: datetime) -> None:
    """Publish the school years around today, and let three schools have their days and closures."""
    this, council = school_year_of(cast.today), cast.staff["owen"]
    for year in (this - 1, this, this + 1):
        calendars.set_terms(year, terms=_terms(year), school=None, by=council, now=now - timedelta(days=200))
    for school in Establishment.objects.filter(urn__in=TIMES).order_by("urn"):
        times = dict(zip(_FIELDS, TIMES[school.urn], strict=True))
        calendars.set_times(school, times=times, by=council, now=now - timedelta(days=90))
        for year in (this, this + 1):
            days = _training(_terms(year))
            calendars.set_training_days(school, year=year, days=days, by=council, now=now)
    _ended(now)
    _of_today(now)


_FIELDS = ("morning_from", "morning_until", "afternoon_from", "afternoon_until")


def _terms(year: int) -> list[TermDates]:
    """A school year that has just DAYS days, because its summer term lasts as long as that takes."""
    autumn = Span(_from_monday(date(year, 9, 1)), _friday(date(year, 12, 22)))
    spring = Span(_from_monday(date(year + 1, 1, 4)), _friday(date(year + 1, 4, 1)))
    summer = Span(spring.last_on + 17 * DAY, date(year + 1, 7, 31))
    terms = [
        TermDates("autumn", autumn, _week(date(year, 10, 24))),
        TermDates("spring", spring, _week(date(year + 1, 2, 12))),
        TermDates("summer", summer, _week(date(year + 1, 5, 25))),
    ]
    holidays = [one.day for one in queries.bank_holidays(Span(autumn.first_on, summer.last_on))]
    last_on = open_days(terms, off=holidays)[:DAYS][-1]
    terms[2] = TermDates("summer", Span(summer.first_on, last_on), terms[2].half)
    return terms


def _from_monday(day: date) -> date:
    """``day``, or the Monday after a weekend."""
    return day + (7 - day.weekday()) * DAY if day.weekday() > 4 else day


def _friday(day: date) -> date:
    """The last Friday until ``day``."""
    return day - (day.weekday() - 4) % 7 * DAY


def _week(day: date) -> Span:
    """From the Monday to the Friday of a week that begins on ``day`` or soon after."""
    monday = day + -day.weekday() % 7 * DAY
    return Span(monday, monday + 4 * DAY)


def _training(terms: list[TermDates]) -> list[date]:
    """Five days: when terms begin, when half term is over, and the last of all."""
    halves = [term.half.last_on + 3 * DAY for term in terms[:2] if term.half]
    return [terms[0].span.first_on, *halves, terms[1].span.first_on, terms[2].span.last_on]


def _ended(now: datetime) -> None:
    """Some weeks ago the heating of a school failed; it took longer than thought, but not so long."""
    amira = place_of("amira@school.example.org", 990007)
    first_on = queries.next_school_day(amira.school_id, now.date() - timedelta(days=26))
    if first_on > now.date() - timedelta(days=3):  # only at the end of the summer holidays
        return
    words = "The boiler failed in the night."
    told = calendars.Told(first_on, first_on + DAY, _reason("No heating"), words=words)
    when = datetime.combine(first_on, time(7, 10), tzinfo=now.tzinfo)
    closure = closures.report(amira.school, told=told, key=UUID(int=1), by=amira.user, now=when)
    longer, sooner = closure.first_on + 8 * DAY, closure.first_on + 2 * DAY
    closures.extend(closure, last_on=longer, until_midday=False, by=amira.user, now=when + DAY)
    closures.end(closure, last_on=sooner, until_midday=True, by=amira.user, now=when + 2 * DAY)


def _of_today(now: datetime) -> None:
    """Part of another school is closed on the next day with school, which may be today."""
    elin = place_of("elin@ysgol.example.org", 990001)
    day = queries.next_school_day(elin.school_id, now.date() - DAY)
    told = calendars.Told(day, day, _reason("No water"), part="Infant classes")
    closures.report(elin.school, told=told, key=UUID(int=2), by=elin.user, now=now)


def _reason(name: str) -> ClosureReason:
    return ClosureReason.objects.get(name__en=name)

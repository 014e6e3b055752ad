"""When a school is open, and what its calendar says."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.meanwhile import stamp_of
from guildhall.people.responsibilities import queries as responsibilities

from .days import SchoolDays, Span, TermDates, bounds_of, open_days, school_year_of
from .models import BankHoliday, Closure, ClosureReason, SessionTimes, Term, TrainingDay

SYSTEM = "school-calendar"
TIMES = ("morning_from", "morning_until", "afternoon_from", "afternoon_until")
# Whoever counts school days looks no further ahead than this.
MOST_YEARS = 12


@dataclass(frozen=True)
class Year:
    """The dates of a school year for one school, or for the authority; ``own``: the school's own."""

    year: int
    terms: tuple[TermDates, ...]
    own: bool = False

    @property
    def stamp(self) -> str:
        """A mark of these dates, whoever keeps them."""
        return stamp_of([asdict(term) for term in self.terms])


def may_keep(holder: Holder, school_id: int) -> bool:
    """Whether ``holder`` keeps the school's calendar: its administrators, and who is responsible for it."""
    return school_id in holder.administered or responsibilities.opens(holder, school_id, SYSTEM)


def years_of(school_id: int | None, years: Iterable[int]) -> dict[int, Year]:
    """Those of ``years`` that are published: as the school has them, or for None the authority."""
    kept = Q(school=school_id) | Q(school=None)
    rows = Term.objects.filter(kept, year__in=list(years)).order_by("first_on")
    found: dict[tuple[int, bool], list[TermDates]] = {}
    for row in rows:
        found.setdefault((row.year, row.school_id is not None), []).append(row.dates)
    return {year: Year(year, tuple(terms), own) for (year, own), terms in sorted(found.items())}


def year_of_school(school_id: int | None, year: int) -> Year:
    """A school year; without terms where nobody has published it."""
    return years_of(school_id, [year]).get(year, Year(year, ()))


def published() -> list[int]:
    """The school years whose dates the authority has published, the latest first."""
    return sorted(set(Term.objects.filter(school=None).values_list("year", flat=True)), reverse=True)


def days_of(school_id: int | None, span: Span, *, closures: bool = True) -> SchoolDays:
    """The school days of every school year that ``span`` touches, and of the one before and after it.

    ``closures``: days on which the whole school is closed all day are none. For None the authority's days.
    """
    first = school_year_of(span.first_on) - 1
    last = min(school_year_of(span.last_on) + 1, first + MOST_YEARS)
    known = years_of(school_id, range(first, last + 1))
    within = Span(bounds_of(first)[0], bounds_of(last)[1])
    off = {one.day for one in bank_holidays(within)} | set(training_days(school_id, within))
    if closures:
        off.update(_closed(school_id, within))
    terms = [term for year in known.values() for term in year.terms]
    return SchoolDays(open_days(terms, off=off), frozenset(known))


def _closed(school_id: int | None, within: Span) -> Iterable[date]:
    rows = closures_between(within).filter(school_id=school_id, part="")
    return (day for one in rows for day in one.span if one.lost(day) == 2)


def school_day_after(school_id: int, day: date, *, count: int) -> date:
    """The day by which ``count`` school days have passed since ``day``. Raises days.Unpublished."""
    ahead = day + timedelta(days=2 * count)
    return days_of(school_id, Span(day, ahead)).after(day, count=count)


def next_school_day(school_id: int, day: date) -> date:
    """The first school day after ``day``. Raises days.Unpublished."""
    return school_day_after(school_id, day, count=1)


def long_closures(school_id: int, first_on: date, last_on: date, *, weeks: int = 4) -> list[Span]:
    """The stretches of at least ``weeks`` continuous weeks without a school day that meet those days.

    The summer holidays are one (SEND Regulations 2014, regulation 5(4)). What lasts into a year whose dates
    are not published is left out, because nobody knows how long it is.
    """
    asked = Span(first_on, last_on)
    return [one for one in days_of(school_id, asked).breaks(weeks=weeks) if one.meets(asked)]


def times_of(school_id: int) -> SessionTimes | None:
    """When the sessions of a day begin and end, once the school has said so."""
    return SessionTimes.objects.filter(school_id=school_id).first()


def stamp_of_times(kept: SessionTimes | None) -> str:
    """A mark of the times that a school keeps, or of none."""
    return stamp_of(kept and [getattr(kept, name) for name in TIMES])


def training_days(school_id: int | None, within: Span) -> list[date]:
    """The training days of a school, in order."""
    rows = TrainingDay.objects.filter(school_id=school_id, day__range=(within.first_on, within.last_on))
    return list(rows.order_by("day").values_list("day", flat=True))


def bank_holidays(within: Span) -> list[BankHoliday]:
    """The bank holidays of some days, in order."""
    return list(BankHoliday.objects.filter(day__range=(within.first_on, within.last_on)).order_by("day"))


def reasons() -> list[ClosureReason]:
    """Why a school may close, in the authority's order."""
    return list(ClosureReason.objects.filter(retired_at=None).order_by("position", "pk"))


def all_reasons() -> QuerySet[ClosureReason]:
    """The whole list, retired ones too."""
    return ClosureReason.objects.order_by("position", "pk")


def closures() -> QuerySet[Closure]:
    """Every closure that any school reported, the latest first."""
    return Closure.objects.select_related("school", "reason", "reported_by").order_by("-first_on", "-pk")


def closures_of(school_id: int) -> QuerySet[Closure]:
    """What one school reported, the latest first, withdrawn ones too."""
    return closures().filter(school_id=school_id)


def closures_between(within: Span) -> QuerySet[Closure]:
    """The closures that count on some of those days."""
    return closures().filter(withdrawn_at=None, first_on__lte=within.last_on, last_on__gte=within.first_on)


def closed_on(day: date) -> list[Closure]:
    """Which schools are closed on ``day``, by name; everybody may know."""
    return list(closures_between(Span(day, day)).order_by("school__name", "pk"))


def closed_now(school_id: int, day: date) -> Closure | None:
    """The closure of a school that counts on ``day``."""
    return closures_between(Span(day, day)).filter(school_id=school_id).first()


def days_in(year: Year) -> int:
    """How many weekdays without a bank holiday its terms have, training days counted."""
    off = [one.day for one in bank_holidays(Span(*bounds_of(year.year)))]
    return len(open_days(year.terms, off=off))

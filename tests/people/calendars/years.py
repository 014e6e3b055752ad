"""The school years of the tests."""

from datetime import date

from guildhall.people.calendars import services
from guildhall.people.calendars.days import Span, TermDates
from guildhall.people.organisations.models import Establishment

from ...standing import NOON


def a_year(year: int = 2026) -> list[TermDates]:
    """Three terms with half terms, on the same days of the month every year."""
    return [
        TermDates(
            "autumn",
            Span(date(year, 9, 3), date(year, 12, 18)),
            Span(date(year, 10, 26), date(year, 10, 30)),
        ),
        TermDates(
            "spring",
            Span(date(year + 1, 1, 4), date(year + 1, 3, 25)),
            Span(date(year + 1, 2, 15), date(year + 1, 2, 19)),
        ),
        TermDates(
            "summer",
            Span(date(year + 1, 4, 12), date(year + 1, 7, 21)),
            Span(date(year + 1, 5, 31), date(year + 1, 6, 4)),
        ),
    ]


def publish(*years: int, school: Establishment | None = None) -> None:
    """Publish those school years as the authority's, or as a school's own."""
    for year in years:
        services.set_terms(year, terms=a_year(year), school=school, by=None, now=NOON)

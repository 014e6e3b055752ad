"""The arithmetic of school days against an oracle that walks day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guildhall.people.calendars.days import SchoolDays, Span, Unpublished, open_days, school_year_of

from .years import a_year

FIRST, LAST = date(2025, 8, 1), date(2027, 7, 31)
TERMS = [*a_year(2025), *a_year(2026)]
some_day = st.dates(FIRST, LAST)


def plainly_open(day: date, off: set[date]) -> bool:
    """Whether there is school, asked in the plainest way."""
    if day.strftime("%a") in ("Sat", "Sun") or day in off:
        return False
    for term in TERMS:
        if term.span.first_on <= day <= term.span.last_on:
            assert term.half
            return not term.half.first_on <= day <= term.half.last_on
    return False


def known(off: set[date]) -> SchoolDays:
    return SchoolDays(open_days(TERMS, off=off), frozenset({2025, 2026}))


@pytest.mark.req("GH-005")
@settings(max_examples=60, deadline=None)
@given(some_day, some_day, st.sets(some_day, max_size=30), st.integers(1, 60))
def test_counting_and_stepping_say_what_walking_the_days_says(first, last, off, count):
    days = known(off)
    walked = [day for day in Span(first, last) if plainly_open(day, off)]

    assert days.count(first, last) == len(walked)
    assert (first in days) == plainly_open(first, off)
    later = [day for day in Span(first + timedelta(days=1), LAST) if plainly_open(day, off)]
    if len(later) >= count:
        assert days.after(first, count=count) == later[count - 1]
    else:
        with pytest.raises(Unpublished):
            days.after(first, count=count)


@pytest.mark.req("GH-004")
@settings(max_examples=40, deadline=None)
@given(st.sets(some_day, max_size=40), st.integers(1, 5))
def test_long_breaks_are_the_stretches_between_two_school_days(off, weeks):
    stretches, since = [], None
    for day in Span(FIRST, LAST):
        if plainly_open(day, off):
            if since and (day - since).days > 7 * weeks:
                stretches.append(Span(since + timedelta(days=1), day - timedelta(days=1)))
            since = day

    assert known(off).breaks(weeks=weeks) == stretches


def test_a_year_that_nobody_published_is_never_counted_as_closed():
    days = SchoolDays(open_days([*a_year(2024), *a_year(2026)], off=()), frozenset({2024, 2026}))

    assert school_year_of(date(2026, 7, 31)) == 2025 and school_year_of(date(2026, 8, 1)) == 2026
    assert days.breaks(weeks=20) == []
    with pytest.raises(Unpublished):
        days.count(date(2025, 7, 1), date(2026, 9, 30))
    with pytest.raises(Unpublished):
        days.after(date(2027, 7, 20), count=5)

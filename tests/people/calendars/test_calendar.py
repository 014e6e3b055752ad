"""What a school's calendar holds, and what is refused."""

from datetime import date, time

import pytest
from django.utils import timezone

from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.people.calendars import queries, services
from guildhall.people.calendars.days import Span, TermDates, Unpublished
from guildhall.people.calendars.events import Kind, events_of, today_at
from guildhall.people.calendars.icalendar import calendar_file
from guildhall.people.calendars.models import BankHoliday, SessionTimes, Term

from ...standing import NOON, an_administrator
from ..membership.schools import a_school, another_school
from .years import a_year, publish

pytestmark = pytest.mark.django_db


@pytest.mark.req("GH-005")
def test_bank_holidays_training_days_and_half_terms_are_no_school_days():
    publish(2026, 2027)
    school, day = a_school(), date(2026, 11, 2)
    services.set_training_days(school, year=2026, days=[day], by=None, now=NOON)

    held = queries.days_of(school.pk, Span(date(2026, 9, 1), date(2027, 7, 31)))
    assert day not in held
    assert day in queries.days_of(another_school().pk, Span(day, day))
    assert date(2027, 5, 3) not in held, "a bank holiday"
    assert date(2026, 10, 28) not in held, "half term"
    assert queries.next_school_day(school.pk, date(2026, 10, 23)) == date(2026, 11, 3)
    assert queries.school_day_after(school.pk, date(2026, 11, 27), count=35) == date(2027, 1, 29)
    with pytest.raises(Unpublished):
        queries.next_school_day(school.pk, date(2030, 1, 10))


@pytest.mark.req("GH-004")
def test_the_summer_holidays_of_a_school_are_worked_out_from_its_own_dates():
    publish(2026, 2027)
    school = a_school()
    own = a_year(2027)
    own[0] = TermDates("autumn", Span(date(2027, 8, 25), date(2027, 12, 17)), own[0].half)
    services.set_terms(2027, terms=own, school=school, by=None, now=NOON)
    may, august = date(2027, 5, 1), date(2027, 8, 1)

    assert queries.long_closures(school.pk, may, august) == [Span(date(2027, 7, 22), date(2027, 8, 24))]
    assert queries.long_closures(another_school().pk, may, august) == [
        Span(date(2027, 7, 22), date(2027, 9, 2))
    ]
    assert queries.long_closures(school.pk, may, date(2027, 6, 30)) == []


def test_a_school_with_own_dates_can_follow_the_authority_again():
    publish(2026)
    school = a_school()
    publish(2026, school=school)
    assert queries.year_of_school(school.pk, 2026).own

    services.follow_authority(school, year=2026, by=an_administrator(), now=NOON)

    assert not queries.year_of_school(school.pk, 2026).own
    assert Term.objects.count() == 3


@pytest.mark.parametrize(
    ("number", "span", "half", "field"),
    [
        (1, Span(date(2026, 12, 18), date(2027, 3, 25)), None, "spring_first"),
        (0, Span(date(2026, 7, 31), date(2026, 12, 1)), None, "autumn_first"),
        (2, Span(date(2027, 4, 12), date(2027, 8, 1)), None, "summer_last"),
        (0, Span(date(2026, 12, 1), date(2026, 9, 1)), None, "autumn_last"),
        (
            0,
            Span(date(2026, 9, 3), date(2026, 12, 1)),
            Span(date(2026, 12, 1), date(2026, 12, 4)),
            "autumn_half_first",
        ),
        (
            0,
            Span(date(2026, 9, 3), date(2026, 12, 1)),
            Span(date(2026, 11, 4), date(2026, 11, 2)),
            "autumn_half_last",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused_at_their_field(number, span, half, field):
    terms = a_year()
    terms[number] = TermDates(terms[number].name, span, half)

    with pytest.raises(Refusals) as refused:
        services.set_terms(2026, terms=terms, school=None, by=None, now=NOON)

    assert field in refused.value.problems
    assert not Term.objects.exists()


def test_training_days_and_times_that_cannot_be_are_refused():
    school, by = a_school(), an_administrator()
    for day in (date(2026, 10, 24), date(2026, 12, 25), date(2027, 8, 2)):
        with pytest.raises(Refusal):
            services.set_training_days(school, year=2026, days=[day], by=by, now=NOON)
    with pytest.raises(Refusal):
        week = [date(2026, 9, day) for day in (7, 8, 9, 10, 11, 14, 15)]
        services.set_training_days(school, year=2026, days=week, by=by, now=NOON)
    times = {
        "morning_from": time(9),
        "morning_until": time(12),
        "afternoon_from": time(11),
        "afternoon_until": time(15),
    }
    with pytest.raises(Refusals) as refused:
        services.set_times(school, times=times, by=by, now=NOON)

    assert list(refused.value.problems) == ["afternoon_from"]
    assert not SessionTimes.objects.exists() and not queries.training_days(
        school.pk, Span(date(2026, 9, 1), date(2027, 7, 1))
    )


def test_the_bank_holidays_of_five_years_are_there_and_can_be_added_to():
    assert len(queries.bank_holidays(Span(date(2024, 1, 1), date(2028, 12, 31)))) == 40
    assert str(BankHoliday.objects.get(day=date(2028, 4, 17))).startswith("Easter Monday")

    services.add_bank_holiday(date(2029, 1, 1), en="New Year", cy="Calan", by=an_administrator(), now=NOON)
    with pytest.raises(Refusal):
        services.add_bank_holiday(date(2029, 1, 1), en="Again", cy="Eto", by=an_administrator(), now=NOON)


@pytest.mark.req("SC-076")
def test_a_calendar_tells_what_happens_in_order_and_as_a_file():
    publish(2026, 2027)
    school = a_school()
    services.set_training_days(school, year=2026, days=[date(2026, 11, 2)], by=None, now=NOON)

    autumn = events_of(school.pk, Span(date(2026, 9, 1), date(2027, 1, 5)))
    assert [event.kind for event in autumn] == [
        *(Kind.STARTS, Kind.HALF, Kind.TRAINING, Kind.ENDS, Kind.HOLIDAY, Kind.BANK, Kind.BANK, Kind.BANK),
        Kind.STARTS,
    ]
    assert autumn[4].words == "Christmas holiday"
    assert today_at(school.pk, date(2026, 11, 2)).kind == Kind.TRAINING
    assert today_at(school.pk, date(2026, 11, 7)).kind == Kind.WEEKEND
    assert today_at(school.pk, date(2030, 11, 7)).kind == Kind.UNKNOWN

    name = "Ysgol Tŷ, " + "ŵ" * 60
    written = calendar_file(name, autumn, host="school.example.org", now=timezone.now())
    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    text = written.replace(b"\r\n ", b"").decode()
    assert f"X-WR-CALNAME:{name.replace(',', chr(92) + ',')}" in text
    assert "DTSTART;VALUE=DATE:20261026\r\nDTEND;VALUE=DATE:20261031\r\nSUMMARY:Half term" in text
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == len(autumn)

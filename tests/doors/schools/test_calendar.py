"""The pages of the school's calendar: who sees what, who keeps it, and reporting a closure."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guildhall.people.accounts.models import User
from guildhall.people.calendars import queries
from guildhall.people.calendars import services as calendars
from guildhall.people.calendars.days import Span, bounds_of, school_year_of
from guildhall.people.calendars.models import Closure, ClosureReason
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities.models import Assignment, Responsibility
from guildhall.people.schoolsite.models import SiteEntry

from ...people.calendars.years import a_year, publish
from ...people.membership.schools import (
    a_place,
    a_school,
    a_school_administrator,
    a_supervisor,
    another_school,
)
from ...standing import NOON, an_administrator, come_in
from ...support.seen import seen_at

pytestmark = pytest.mark.django_db
CALENDAR, REPORT = reverse("schools:calendar"), reverse("schools:report-closure")
MAINTAIN = reverse("schools:maintain-calendar")


def this_year() -> int:
    return school_year_of(timezone.localdate())


def entered(client, place: SchoolPlace):
    return come_in(client, User.objects.get(pk=place.user_id))


def day(name: str, when: date) -> dict[str, Any]:
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def told(first_on: date, **more: Any) -> dict[str, Any]:
    reason = ClosureReason.objects.get(position=1).pk
    plain = {"closure_begins": "morning", "closure_ends": "day", "closure_extent": "whole"}
    dates = day("closure_first", first_on) | day("closure_last", first_on)
    return {"key": "0" * 31 + "7", **dates, **plain, "closure_reason": reason, **more}


@pytest.mark.req("SC-076")
def test_every_user_sees_the_calendar_session_times_and_the_council_s_dates(client):
    publish(this_year() - 1, this_year(), this_year() + 1)
    publish(this_year(), school=another_school())
    place = a_place("elen@ysgol.example.org")
    entered(client, place)

    page = client.get(CALENDAR).text
    assert "Half term" in page and "Christmas holiday" in page and "keeps to the council" in page
    assert "has not entered its session times" in page
    month = client.get(CALENDAR, {"view": "month", "month": f"{this_year()}-10"}).text
    assert month.count("gh-month__day--half") == 5 + 1  # and once in the key
    for odd in ({"view": "month", "month": "9999-99"}, {"year": "x"}, {"view": "month", "month": "0001-01"}):
        assert client.get(CALENDAR, odd).status_code == 200

    file = client.get(reverse("schools:calendar-file"))
    assert file["Content-Type"].startswith("text/calendar") and b"Autumn term starts" in file.content
    client.logout()
    public = client.get(reverse("schools:term-dates"))
    assert f"{this_year()} to {this_year() + 1}" in public.text
    assert client.get(CALENDAR).status_code == 302


@pytest.mark.req("SC-019")
def test_the_tasks_of_the_front_page_lead_to_the_dates_and_to_reporting_a_closure(client):
    for title, href in (
        ("School term and holiday dates", reverse("schools:term-dates")),
        ("Reporting a school closure", REPORT),
    ):
        entry = {"kind": "task", "title": {"en": title, "cy": title}}
        known = SiteEntry.objects.filter(title__en=title).first() or SiteEntry.objects.create(
            **entry, screens=["term-dates" if "term" in title else "report-closure"]
        )
        page = client.get(reverse("schools:home")).text
        assert f'href="{href}">{title}</a>' in page
        assert reverse("schools:entry", args=[known.pk]) not in page


@pytest.mark.req("SC-077")
def test_the_calendar_is_kept_by_administrators_and_whoever_is_responsible_for_it(client):
    publish(this_year())
    place = a_place("elen@ysgol.example.org")
    office = Responsibility.objects.filter(name__en="School Administration and Support").first()
    office = office or Responsibility.objects.create(
        name={"en": "Office", "cy": "Swyddfa"}, systems=["school-calendar"]
    )
    entered(client, place)
    assert MAINTAIN not in client.get(CALENDAR).text
    for address in (
        MAINTAIN,
        reverse("schools:session-times"),
        reverse("schools:own-dates", args=[this_year()]),
    ):
        assert client.get(address).status_code == 404

    Assignment.objects.create(place=place, responsibility=office, level="interested", given_at=NOON)
    assert MAINTAIN in client.get(CALENDAR).text
    times = {
        "morning_from": "8.50",
        "morning_until": "12:00",
        "afternoon_from": "1pm",
        "afternoon_until": "3:15 PM",
    }
    here = reverse("schools:session-times")
    assert client.post(here, times | seen_at(client, here)).url == MAINTAIN
    assert "08:50–12:00" in client.get(CALENDAR).text
    wrong = client.post(reverse("schools:session-times"), {**times, "morning_until": "late"})
    assert wrong.status_code == 422 and "Enter when the morning session ends" in wrong.text

    entered(client, a_school_administrator())
    training = reverse("schools:training-days", args=[this_year()])
    first = a_year(this_year())[0].span.first_on
    assert client.post(training, day("training_1", first) | seen_at(client, training)).url == MAINTAIN
    assert queries.training_days(place.school_id, Span(*bounds_of(this_year()))) == [first]
    saturday = first + timedelta(days=(5 - first.weekday()) % 7)
    assert client.post(training, day("training_2", saturday)).status_code == 422
    assert client.get(reverse("schools:training-days", args=[this_year() + 9])).status_code == 404


@pytest.mark.req("SC-077")
def test_a_school_enters_its_own_dates_and_keeps_to_the_council_s_again(client):
    publish(this_year())
    entered(client, a_supervisor())
    address = reverse("schools:own-dates", args=[this_year()])
    typed: dict[str, Any] = {}
    for term in a_year(this_year()):
        typed |= day(f"{term.name}_first", term.span.first_on + timedelta(days=1))
        typed |= day(f"{term.name}_last", term.span.last_on)
    half = day("autumn_half_first", date(this_year(), 10, 20))

    typed |= seen_at(client, address)
    wrong = client.post(address, {**typed, **half})
    assert wrong.status_code == 422 and "Enter both days of half term" in wrong.text
    assert client.post(address, typed).url == MAINTAIN
    own = queries.year_of_school(a_school().pk, this_year())
    assert own.own and own.terms[0].half is None and not queries.year_of_school(None, this_year()).own

    client.post(address, {"follow": "yes"})
    assert not queries.year_of_school(a_school().pk, this_year()).own


@pytest.mark.req("SC-078", "SC-079")
def test_a_user_reports_extends_ends_and_withdraws_a_closure(client):
    an_administrator()
    today = timezone.localdate()
    monday = today + timedelta(days=-today.weekday() % 7)
    entered(client, a_place("elen@ysgol.example.org"))

    missing = client.post(REPORT, {**told(monday), "closure_extent": "part", "closure_reason": ""})
    assert missing.status_code == 422
    assert "Enter which part of the school is closed" in missing.text
    assert "Choose the reason for the closure" in missing.text
    address = client.post(REPORT, told(monday)).url
    assert client.post(REPORT, told(monday)).url == address  # pressed twice
    closure = Closure.objects.get()
    assert closure.sessions == 2 and address == reverse("schools:closure", args=[closure.pk])
    assert "Snow, ice or flood" in client.get(CALENDAR, {"year": school_year_of(monday)}).text
    again = client.post(REPORT, told(monday) | {"key": "0" * 31 + "8"})
    assert again.status_code == 422 and "already reported a closure" in again.text

    longer = day("closure_last", monday + timedelta(days=2)) | {"closure_ends": "day"}
    assert client.post(reverse("schools:extend-closure", args=[closure.pk]), longer).url == address
    opens = day("opens_on", monday + timedelta(days=1)) | {"opens_from": "afternoon"}
    assert client.post(reverse("schools:end-closure", args=[closure.pk]), opens).url == address
    closure.refresh_from_db()
    assert (closure.sessions, closure.until_midday, bool(closure.ended_at)) == (3, True, True)
    assert client.post(reverse("schools:withdraw-closure", args=[closure.pk])).url == address
    history = client.get(address).text
    assert all(word in history for word in ("Reported", "Extended", "Ended", "Withdrawn"))

    entered(client, a_supervisor("ffion@other.example.org", another_school()))
    for route in ("closure", "extend-closure", "end-closure", "withdraw-closure"):
        assert client.get(reverse(f"schools:{route}", args=[closure.pk])).status_code == 404


@pytest.mark.req("SC-079")
def test_everybody_reads_on_the_front_page_which_schools_are_closed_today(client):
    place, today = a_place("elen@ysgol.example.org"), timezone.localdate()
    Closure.objects.create(
        key="0" * 32,
        school=place.school,
        reason=ClosureReason.objects.get(position=2),
        part="Years 7 and 8",
        words="Secret of the caretaker",
        first_on=today,
        last_on=today,
        sessions=2,
        reported_by=place.user,
        reported_at=timezone.now(),
    )
    page = client.get(reverse("schools:home")).text
    assert "Schools closed today" in page and "Years 7 and 8" in page and "No heating" in page
    assert "caretaker" not in page and "Rowlands" not in page


@pytest.mark.req("SC-120")
def test_the_guide_to_the_school_calendar_opens_from_its_pages(client):
    if not SiteEntry.objects.filter(title__en="School calendar").exists():
        words = {"en": "School calendar", "cy": "Calendr yr ysgol"}
        SiteEntry.objects.create(kind="guide", title=words, words=words, screens=["calendar"])
    guide = SiteEntry.objects.get(title__en="School calendar")
    entered(client, a_supervisor())
    for address in (CALENDAR, REPORT, MAINTAIN, reverse("schools:term-dates")):
        assert reverse("schools:entry", args=[guide.pk]) in client.get(address).text


def test_a_calendar_asks_the_database_no_more_often_when_it_holds_more(client, django_assert_max_num_queries):
    publish(this_year() - 1, this_year(), this_year() + 1)
    place = a_place("elen@ysgol.example.org")
    entered(client, place)
    client.get(CALENDAR)
    for view in ({}, {"view": "month"}):
        calendars.set_training_days(place.school, year=this_year(), days=[], by=None, now=NOON)
        with CaptureQueriesContext(connection) as plain:
            client.get(CALENDAR, view)
        days = [one for one in a_year(this_year())[0].span if one.weekday() < 5][:5]
        calendars.set_training_days(place.school, year=this_year(), days=days, by=None, now=NOON)
        with django_assert_max_num_queries(len(plain)):
            client.get(CALENDAR, view)

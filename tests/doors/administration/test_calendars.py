"""Term dates, bank holidays, reasons and closures, as the council keeps them."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from guildhall.people.calendars import queries
from guildhall.people.calendars.days import school_year_of
from guildhall.people.calendars.models import BankHoliday, Closure, ClosureReason

from ...people.calendars.years import a_year
from ...people.membership.schools import a_place, another_school
from ...standing import a_person, an_administrator, an_officer, come_in
from ...support.seen import seen_at
from ..schools.test_calendar import day

pytestmark = pytest.mark.django_db
INDEX, CLOSURES = reverse("administration:calendars"), reverse("administration:closures")


@pytest.fixture
def council(client):
    return come_in(client, an_administrator())


def a_closure(place, **more: Any) -> Closure:
    today = timezone.localdate()
    plain = {"first_on": today, "last_on": today, "sessions": 2, "reported_by": place.user}
    reason = ClosureReason.objects.get(position=1)
    plain |= {
        "key": f"{place.pk:032}",
        "school": place.school,
        "reason": reason,
        "reported_at": timezone.now(),
    }
    return Closure.objects.create(**plain | more)


@pytest.mark.req("SC-076")
def test_the_council_publishes_a_year_and_sees_how_many_days_it_has(council):
    year = school_year_of(timezone.localdate()) + 1
    address = reverse("administration:calendar-year", args=[year])
    typed: dict[str, Any] = {}
    for term in a_year(year):
        assert term.half
        typed |= day(f"{term.name}_first", term.span.first_on) | day(f"{term.name}_last", term.span.last_on)
        typed |= day(f"{term.name}_half_first", term.half.first_on)
        typed |= day(f"{term.name}_half_last", term.half.last_on)
    early = day("summer_first", a_year(year)[0].span.first_on)

    typed |= seen_at(council, address)
    wrong = council.post(address, typed | early)
    assert wrong.status_code == 422 and "must start after the term before it ends" in wrong.text
    assert council.post(address, typed).url == INDEX
    page = council.get(INDEX).text
    days = queries.days_in(queries.year_of_school(None, year))
    assert f">{days}<" in page and f">{days - 5}<" in page
    assert council.get(reverse("administration:calendar-year", args=[year + 30])).status_code == 404


def test_bank_holidays_and_reasons_are_kept(council):
    holidays = reverse("administration:bank-holidays")
    when = timezone.localdate() + timedelta(days=40)
    when = next(
        when + timedelta(days=n)
        for n in range(9)
        if not BankHoliday.objects.filter(day=when + timedelta(days=n))
    )
    typed = day("holiday_day", when) | {"holiday_en": "Jubilee", "holiday_cy": "Jiwbilî"}
    assert council.post(holidays, typed).url == holidays
    again = council.post(holidays, typed)
    assert again.status_code == 422 and "is a bank holiday already" in again.text and "Jubilee" in again.text
    one = BankHoliday.objects.get(day=when)
    remove = reverse("administration:bank-holiday-remove", args=[one.pk])
    assert council.get(remove).status_code == 200 and BankHoliday.objects.filter(pk=one.pk).exists()
    council.post(remove)
    assert not BankHoliday.objects.filter(pk=one.pk).exists()

    reasons = reverse("administration:closure-reasons")
    assert council.post(reasons, {"en": "Gas leak", "cy": "Nwy yn gollwng"}).url == reasons
    assert council.post(reasons, {"en": "gas leak", "cy": "Eto"}).status_code == 422
    added = ClosureReason.objects.get(name__en="Gas leak")
    change = reverse("administration:closure-reason", args=[added.pk])
    council.post(change, {"act": "up"})
    assert [one.pk for one in queries.reasons()][-2] == added.pk
    council.post(change, {"act": "retire"})
    assert added not in queries.reasons()


@pytest.mark.req("SC-079")
def test_closures_are_listed_filtered_and_downloaded(council, django_assert_max_num_queries):
    here, there = a_place("elen@ysgol.example.org"), a_place("ffion@other.example.org", another_school())
    today = timezone.localdate()
    found = a_closure(here)
    a_closure(there, first_on=today + timedelta(days=9), last_on=today + timedelta(days=9), part="=Years 7")

    assert council.get(CLOSURES).text.count("<tbody") == 1
    now = council.get(CLOSURES, {"state": "now"}).text
    assert "Carreg Primary School" in now and "Carreg High School" not in now
    coming = council.get(CLOSURES, {"state": "coming", "words": "high", "year": "x"}).text
    assert "No closure fits" in coming
    with django_assert_max_num_queries(12):
        council.get(CLOSURES)
    assert "Elen Rowlands" in council.get(reverse("administration:closure", args=[found.pk])).text

    file = council.get(reverse("administration:closures-export"), {"state": "coming"})
    rows = list(load_workbook(BytesIO(file.content)).active.values)
    assert len(rows) == 2 and rows[1][0] == "Carreg High School" and rows[1][4] == "'=Years 7"


@pytest.mark.req("SC-079")
def test_only_whoever_keeps_calendars_opens_these_pages(client):
    come_in(client, an_officer())
    assert client.get(INDEX).status_code in (403, 404) and client.get(CLOSURES).status_code in (403, 404)
    come_in(client, a_person("huw@council.example.org", role="service-officer", team="transport"))
    assert client.get(CLOSURES).status_code == 200

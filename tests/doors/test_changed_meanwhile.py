"""Two people at one page: the later is told, sees what the other wrote, and keeps what they typed."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.lists import services as lists
from guildhall.people.calendars import queries as calendars
from guildhall.people.calendars import services as calendar
from guildhall.people.calendars.days import Span, bounds_of, school_year_of
from guildhall.people.calendars.models import ClosureReason
from guildhall.people.membership.models import JobTitle
from guildhall.people.responsibilities import services as responsibilities
from guildhall.people.responsibilities.models import Responsibility
from guildhall.people.responsibilities.services import Described
from guildhall.people.schoolsite import services as site
from guildhall.people.schoolsite.models import SiteEntry

from ..people.calendars.years import a_year, publish
from ..people.membership.schools import a_school, a_supervisor
from ..standing import NOON, a_person, come_in
from ..support.seen import seen_at, seen_on
from .schools.test_calendar import day, entered

pytestmark = pytest.mark.django_db


def told(
    client, address: str, typed: dict[str, Any], before: dict[str, str], *, shows: str, keeps: str
) -> None:
    """Sending ``typed`` from a page that was open ``before`` changes nothing; it ``shows`` what is kept now.

    So does a post that says nothing of what it saw. From the page that told it, it goes through.
    """
    for seen in (before, {}):
        late = client.post(address, typed | seen)
        assert late.status_code == 409
        assert "Somebody else changed this while you had the page open" in late.text
        assert f"{shows}</dd>" in late.text and keeps in late.text
    assert client.post(address, typed | seen_on(late.text)).status_code == 302


@pytest.fixture
def other():
    return a_person("zainab@council.example.org", role="administrator", forename="Zainab", surname="Aziz")


@pytest.fixture
def council(client):
    owen = a_person("owen@council.example.org", role="administrator", forename="Owen", surname="Griffiths")
    return come_in(client, owen)


@pytest.mark.parametrize(
    ("kind", "route"), [(JobTitle, "job-title"), (ClosureReason, "closure-reason")], ids=["job", "reason"]
)
def test_of_two_who_rename_an_entry_the_later_sees_the_first_ones_words(council, other, kind, route):
    entry = kind.objects.order_by("pk")[0]
    address = reverse(f"administration:{route}", args=[entry.pk])
    before = seen_at(council, address)
    lists.move_entry(entry, up=False, by=other, now=NOON)
    lists.change_entry(entry, {"name": {"en": "Theirs", "cy": "Eu hun nhw"}}, by=other, now=NOON)
    mine = {"act": "save", "en": "Mine", "cy": "Fy un i"}
    told(council, address, mine, before, shows=">Eu hun nhw", keeps='value="Fy un i"')
    entry.refresh_from_db()
    assert entry.name["en"] == "Mine"


def test_moving_or_retiring_an_entry_is_no_change_of_what_it_says(council, other):
    entry = JobTitle.objects.order_by("position")[1]
    address = reverse("administration:job-title", args=[entry.pk])
    before = seen_at(council, address)
    lists.move_entry(entry, up=True, by=other, now=NOON)
    lists.retire_entry(entry, by=other, now=NOON)
    assert council.post(address, before | {"act": "save", "en": "Mine", "cy": "Fy un i"}).status_code == 302


def test_of_two_who_describe_a_responsibility_the_later_sees_the_first_ones_systems(council, other):
    one = Responsibility.objects.order_by("pk")[0]
    address = reverse("administration:responsibility", args=[one.pk])
    before = seen_at(council, address)
    said = Described(**one.name, words_en="Theirs.", systems=("emergency-contacts",))
    responsibilities.change_category(one, told=said, by=other, now=NOON)
    mine = {"act": "save", **one.name, "words_en": "Mine.", "systems": ["online-admissions"]}
    told(council, address, mine, before, shows=">Emergency Contacts", keeps="Mine.</textarea>")
    one.refresh_from_db()
    assert (one.words["en"], one.systems) == ("Mine.", ["online-admissions"])


def test_of_two_who_change_the_schools_site_the_later_sees_the_first_ones_entry(council, other):
    title = {"en": "Cook", "cy": "Cogydd"}
    entry = site.add_entry({"kind": "job", "title": title, "position": 5}, by=other, now=NOON)
    address = reverse("administration:school-site-entry", args=[entry.pk])
    before = seen_at(council, address)
    site.change_entry(entry, details={"words": {"en": "Theirs", "cy": "Eu hun nhw"}}, by=other, now=NOON)
    mine = {"entry_kind": "news", "title_en": "Mine", "title_cy": "Fy un i", "position": "5"}
    told(council, address, mine, before, shows=">Eu hun nhw", keeps='value="Fy un i"')
    assert SiteEntry.objects.get(pk=entry.pk).title["en"] == "Mine"


def a_typed_year(year: int) -> dict[str, str]:
    typed: dict[str, str] = {}
    for term in a_year(year):
        typed |= day(f"{term.name}_first", term.span.first_on) | day(f"{term.name}_last", term.span.last_on)
    return typed


def test_of_two_who_publish_a_year_the_later_sees_the_first_ones_dates(council, other):
    year = school_year_of(timezone.localdate()) + 1
    address = reverse("administration:calendar-year", args=[year])
    before = seen_at(council, address)
    calendar.set_terms(year, terms=a_year(year), school=None, by=other, now=NOON)
    half = a_year(year)[0].half
    shows = f"{half.first_on.day} {half.first_on:%B} {half.first_on.year}"
    told(council, address, a_typed_year(year), before, shows=shows, keeps=f'value="{year}"')
    assert calendars.year_of_school(None, year).terms[0].half is None


def test_of_two_who_keep_a_schools_calendar_the_later_sees_what_the_first_wrote(client):
    year = school_year_of(timezone.localdate())
    publish(year)
    school, place = a_school(), a_supervisor()
    entered(client, place)

    hours = {"morning_from": "9:00", "morning_until": "12:00", "afternoon_from": "13:00"}
    address = reverse("schools:session-times")
    before = seen_at(client, address)
    client.post(address, hours | before | {"afternoon_until": "15:30"})
    mine = hours | {"afternoon_until": "15:15"}
    told(client, address, mine, before, shows=">15:30", keeps='value="15:15"')

    first, second = [each for each in a_year(year)[0].span if each.weekday() < 5][:2]
    address = reverse("schools:training-days", args=[year])
    before = seen_at(client, address)
    calendar.set_training_days(school, year=year, days=[first], by=place.user, now=NOON)
    shows = f"{first.day} {first:%B} {first.year}"
    told(client, address, day("training_1", second), before, shows=shows, keeps=f'value="{second.day}"')
    assert calendars.training_days(school.pk, Span(*bounds_of(year))) == [second]

    address = reverse("schools:own-dates", args=[year])
    before = seen_at(client, address)
    assert client.post(address, a_typed_year(year) | before).status_code == 302
    assert client.post(address, a_typed_year(year) | before).status_code == 409

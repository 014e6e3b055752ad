"""The panels of the families' home, their services, announcements, and the page for the public."""

from datetime import date, timedelta
from itertools import cycle
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.authority import services as authority
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import services as submissions

from ...definitions import a_family_child
from ...library import publish_library
from ...standing import NOON, PASSPHRASE, a_parent, a_professional, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db

SERVICES = {
    "thirty-hours": ("30 Hour Entitlement", "THIRTY-HOURS-CODE"),
    "free-school-meals": ("Free School Meals", "FREE-SCHOOL-MEALS"),
    "school-places": ("School Places", "SCHOOL-PLACE"),
    "transport": ("Transport", "SCHOOL-TRANSPORT"),
    "courses": ("Courses", "COURSE"),
    "two-year-olds": ("Funded Early Education for Two Year Olds", "TWO-YEAR-OLD-FUNDING"),
}


@pytest.fixture
def dilys(client: Client) -> Client:
    publish_library()
    return come_in(client, a_parent())


def switch(key: str, on: bool) -> None:
    authority.change_setting(f"tiles.{key}", value=on, by=None, now=NOON)


def announce(start: date | None, end: date | None) -> None:
    for name, day in (("start", start), ("end", end)):
        authority.change_setting(
            f"announcements.{name}", value=day.isoformat() if day else None, by=None, now=NOON
        )


@pytest.mark.req("SP-052")
@pytest.mark.req("SP-336")
@pytest.mark.req("SP-338")
@pytest.mark.req("SP-339")
@pytest.mark.req("SP-340")
@pytest.mark.req("SP-341")
@pytest.mark.parametrize("key", SERVICES)
def test_a_panel_leads_to_the_forms_of_its_service_and_a_form_can_be_started(dilys, key):
    title, code = SERVICES[key]
    page = reverse("families:service", args=[key])
    assert f'href="{page}">{title}</a>' in dilys.get("/home").text
    start = reverse("filling:start", args=[code])
    assert start in dilys.get(page).text
    assert dilys.post(start).status_code == 302
    assert "continue" in dilys.get(page).text.lower()


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-301")
@pytest.mark.parametrize("key", SERVICES)
def test_a_panel_that_is_off_is_neither_shown_nor_reached_nor_are_its_forms_begun_or_not(dilys, key):
    title, code = SERVICES[key]
    version = forms.live_version(code)
    draft = submissions.start_draft(
        a_parent(), version=version, family_child=None, language="en", now=timezone.now()
    )
    addresses = [
        reverse("families:service", args=[key]),
        reverse("filling:start", args=[code]),
        reverse("filling:resume", args=[draft.pk]),
        reverse("filling:summary", args=[draft.pk]),
    ]
    assert all(dilys.get(address).status_code in {200, 302} for address in addresses)

    switch(key, False)
    assert f">{title}</a>" not in dilys.get("/home").text
    assert [dilys.get(address).status_code for address in addresses] == [404] * 4
    assert dilys.post(reverse("filling:autosave", args=[draft.pk])).status_code == 404

    switch(key, True)
    assert dilys.get(addresses[2]).status_code == 302


@pytest.mark.req("SP-301")
@pytest.mark.parametrize(
    ("key", "routes"),
    [
        ("send", ["families:choose-person", "families:own-forms", "families:my-details"]),
        ("messages", ["inbox:list"]),
        ("family", ["families:family", "families:add-child"]),
    ],
)
def test_the_other_panels_close_their_pages_too(dilys, key, routes):
    assert {dilys.get(reverse(route)).status_code for route in routes} == {200}
    switch(key, False)
    assert {dilys.get(reverse(route)).status_code for route in routes} == {404}
    page = dilys.get("/home").text
    assert all(f'href="{reverse(route)}"' not in page for route in routes)


def test_staff_and_professionals_read_their_messages_whatever_families_may(client):
    switch("messages", False)
    for person in (an_officer(), a_professional()):
        assert come_in(client, person).get(reverse("inbox:list")).status_code == 200


def test_a_form_about_a_child_is_started_for_one_of_the_family(dilys):
    child = a_family_child(a_parent())
    page = dilys.get(reverse("families:service", args=["free-school-meals"])).text
    assert f"Start for {child.forename}" in page
    assert f"?child={child.pk}" in page


def test_nothing_like_a_service_is_not_found(dilys):
    assert dilys.get("/services/messages/").status_code == 404
    assert dilys.get("/services/lunch/").status_code == 404


@pytest.mark.req("SP-055")
def test_the_announcement_comes_after_signing_in_and_continue_opens_the_home_page(dilys):
    assert dilys.get("/home").status_code == 200
    today = timezone.localdate()
    announce(today, today)
    first = dilys.get("/home")
    assert first.url == reverse("families:announced")
    assert "There are no announcements" in dilys.get(first.url).text
    assert dilys.post(first.url).url == "/home"
    assert dilys.get("/home").status_code == 200


@pytest.mark.req("SP-055")
def test_the_announcement_comes_before_the_page_that_somebody_signed_in_for_and_leads_on_to_it(client):
    someone = a_parent(two_step="none")
    announce(timezone.localdate(), timezone.localdate())
    page, sign_in = reverse("families:family"), {"name": someone.email, "password": PASSPHRASE}
    first = client.post("/account/sign-in", sign_in | {"next": page})
    assert first.url == f"{reverse('families:announced')}?next={quote(page, safe='')}"
    shown = client.get(first.url).text
    assert f'name="next" value="{page}"' in shown
    assert client.post(reverse("families:announced"), {"next": page}).url == page
    assert client.get("/home").status_code == 200, "read once a session"
    elsewhere = client.post(reverse("families:announced"), {"next": "https://example.org/"})
    assert elsewhere.url == "/home"


@pytest.mark.req("SP-055")
def test_without_an_announcement_or_at_another_door_signing_in_leads_straight_on(client):
    page, sign_in = reverse("inbox:list"), {"password": PASSPHRASE}
    parent, professional = a_parent(two_step="none"), a_professional(two_step="none")
    assert client.post("/account/sign-in", sign_in | {"name": parent.email, "next": page}).url == page
    announce(timezone.localdate(), timezone.localdate())
    answer = Client().post("/account/sign-in", sign_in | {"name": professional.email, "next": page})
    assert answer.url == page


@pytest.mark.req("SP-056")
@pytest.mark.parametrize(
    ("start", "end", "shown"), [(0, 0, True), (-3, 0, True), (0, 3, True), (1, 3, False), (-3, -1, False)]
)
def test_an_announcement_is_shown_from_its_first_day_to_its_last(dilys, start, end, shown):
    today = timezone.localdate()
    announce(today + timedelta(days=start), today + timedelta(days=end))
    assert (dilys.get("/home").status_code == 302) is shown


@pytest.mark.req("SP-055")
@pytest.mark.parametrize(
    ("person", "page"), [(an_officer, "council:home"), (an_administrator, "administration:home")]
)
def test_staff_read_it_on_entering_the_councils_door_or_general_administration(client, person, page):
    come_in(client, person())
    assert client.get(reverse(page)).status_code == 200
    announce(timezone.localdate(), timezone.localdate())
    first = client.get(reverse(page)).url
    assert "There are no announcements" in client.get(first).text
    assert client.post(reverse("families:announced"), {"next": reverse(page)}).url == reverse(page)
    assert client.get(reverse(page)).status_code == 200
    assert client.get(reverse("council:home")).status_code == 200, "read once a session"


@pytest.mark.req("CP-014")
def test_the_front_page_asks_who_comes(client):
    page = client.get("/").text
    for words, route in (
        ("I am a Professional", "professionals:home"),
        ("I am a Member of the Public", "families:public"),
    ):
        assert words in page
        assert f'href="{reverse(route)}" role="button"' in page


@pytest.mark.req("CP-016")
def test_the_public_find_a_concern_and_early_help_and_nothing_of_professionals(client):
    publish_library()
    page = client.get(reverse("families:public")).text
    assert "Tell us about a concern for a child" in page
    assert "Ask for early help" in page
    assert "LADO" not in page


@pytest.mark.req("CP-030")
@pytest.mark.parametrize("address", ["/", "/public", "/professionals/", "/home"])
def test_the_numbers_for_immediate_concerns_are_on_the_first_pages(dilys, address):
    client = dilys if address == "/home" else Client()
    authority.change_setting("authority.telephone_night", value="01632 960 777", by=None, now=NOON)
    page = client.get(address).text
    assert "01632 960 777" in page and "01632 960 100" in page


@pytest.mark.req("CP-015")
def test_professionals_choose_among_their_three_forms(client):
    publish_library()
    page = come_in(client, a_professional()).get(reverse("professionals:home")).text
    for name in ("Professional Safeguarding Concern", "Professional Early Help Referral", "LADO Referral"):
        assert f"Portal {name}" in page


@pytest.mark.req("SP-061")
@pytest.mark.parametrize("address", ["/", "/public", "/professionals/", "/home", "/services/courses/"])
def test_every_page_changes_language(dilys, address):
    assert 'value="cy"' in dilys.get(address, follow=True).text


def test_the_families_home_costs_the_same_however_much_waits(dilys, django_assert_num_queries):
    dilys.get("/home")
    with django_assert_num_queries(HOME_QUERIES):
        dilys.get("/home")
    codes = cycle(["FREE-SCHOOL-MEALS", "SCHOOL-PLACE"])
    for _ in range(6):
        version = forms.live_version(next(codes))
        submissions.start_draft(
            a_parent(), version=version, family_child=None, language="en", now=timezone.now(), again=True
        )
    with django_assert_num_queries(HOME_QUERIES):
        dilys.get("/home")


# Stamps, session, person and roles, the drafts and the unread messages (menu and tile).
HOME_QUERIES = 5

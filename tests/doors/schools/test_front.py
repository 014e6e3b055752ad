"""The front page of the schools' site, its search, and switching school."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guildhall.people.membership import services as membership
from guildhall.people.membership.models import AccountRequest, SchoolChange
from guildhall.people.organisations.models import Establishment
from guildhall.people.schoolsite import services as site
from guildhall.people.schoolsite.models import Feedback, ServiceRequest

from ...people.membership.schools import (
    a_place,
    a_school,
    a_school_administrator,
    a_supervisor,
    another_school,
    holder,
    the_council,
)
from ...standing import NOON, a_parent, an_administrator, come_in

pytestmark = pytest.mark.django_db


def an_entry(kind, title, **more):
    words = {"title": {"en": title, "cy": title}, "words": {"en": "Words", "cy": "Geiriau"}}
    return site.add_entry({"kind": kind, **words, **more}, by=None, now=NOON)


@pytest.mark.req("SC-018", "SC-019")
def test_the_front_page_has_three_columns_a_search_and_the_helpline(client):
    for title in ("Client services", "Payroll"):
        an_entry("service", title)
    an_entry("task", "School term and holiday dates")
    page = client.get("/schools/").text
    for heading in ("Services", "Tasks", "Jobs, news and events"):
        assert f">{heading}</h2>" in page
    for words in (
        "Client services",
        "Payroll",
        "School term and holiday dates",
        "A-Z",
        "MENU",
        "01632 960 200",
    ):
        assert words in page
    assert 'type="search"' in page
    assert "schools.help@example.org" in page


@pytest.mark.req("SC-020")
def test_five_jobs_show_with_a_link_to_the_others_and_old_ones_are_gone(client):
    for number in range(6):
        an_entry("job", f"Teacher {number}", position=number + 100)
    an_entry("job", "Closed long ago", last_on=timezone.localdate() - timedelta(days=1))
    page = client.get("/schools/").text
    assert "Teacher 4" in page
    assert "Teacher 5" not in page
    assert "See more jobs" in page
    assert "Closed long ago" not in page
    assert "Teacher 5" in client.get("/schools/jobs").text


@pytest.mark.req("SC-020")
def test_few_jobs_have_the_link_to_more_too_and_none_have_not(client):
    assert "See more jobs" not in client.get("/schools/").text
    an_entry("job", "Cook")
    assert "See more jobs" in client.get("/schools/").text


@pytest.mark.req("SC-015")
def test_no_tile_of_the_home_page_stands_there_twice(client):
    come_in(client, a_supervisor().user)
    led = [tile.href for tile in client.get("/schools/").context["tiles"]]
    assert "/schools/annual-reviews/" in led
    assert len(set(led)) == len(led)


@pytest.mark.req("SC-018")
def test_searching_for_nothing_says_where_to_type(client):
    for asked in ({}, {"q": "  "}):
        page = client.get("/schools/search", asked).text.split("<main")[1]
        assert "Type what you are looking for" in page
        assert "There is nothing here" not in page


@pytest.mark.req("SC-019")
def test_the_directory_finds_sorts_and_names_the_schools_for_everybody(client):
    assert 'href="/schools/directory/">Phonebook / schools directory' in client.get("/schools/").text
    first, second = a_school(), another_school()
    shut = Establishment.objects.create(urn="999999", name="Closed School", closed_on=timezone.localdate())
    Establishment.objects.filter(pk=second.pk).update(phase="Special", town="Llanfâir", number="7001")

    def listed(**asked):
        return [row["school"] for row in client.get("/schools/directory/", asked).context["rows"]]

    assert {first, second} <= set(listed())
    assert shut not in listed()
    assert listed(words="LLANFAIR") == listed(phase="Special") == listed(words="7001") == [second]
    assert listed(sort="-name") == listed()[::-1]
    assert "No school fits" in client.get("/schools/directory/", {"words": "\x00<b>"}).text
    client.cookies["language"] = "cy"
    assert "Arbennig" in client.get("/schools/directory/").text


@pytest.mark.req("SC-005")
def test_searching_for_the_portal_goes_to_the_sign_in_page(client):
    response = client.get("/schools/search", {"q": "School Portal"})
    assert response.status_code == 302
    assert response["Location"].startswith("/account/sign-in")


@pytest.mark.req("SC-018")
def test_the_search_finds_entries_in_the_language_of_the_page(client):
    an_entry("service", "Swimming pools")
    assert "Swimming pools" in client.get("/schools/search", {"q": "POOLS swim"}).text
    assert "Swimming pools" not in client.get("/schools/search", {"q": "horses"}).text
    assert "Swimming pools" in client.get("/schools/a-z").text


@pytest.mark.req("SC-018")
def test_the_search_finds_the_pages_of_the_portal_that_one_may_open_and_helps_when_nothing_is_found(client):
    asked = {"q": "change access"}
    assert "schools/folder" not in client.get("/schools/search", asked).text.split("<main")[1]
    come_in(client, a_supervisor().user)
    found = client.get("/schools/search", asked).text.split("<main")[1]
    assert found.count(">Change Access</a>") == 1
    calendar = client.get("/schools/search", {"q": "session times"}).context["found"]
    assert [one["title"] for one in calendar] == ["School calendar", "Guide: School calendar"]

    nothing = client.get("/schools/search", {"q": "horses"}).text
    assert "Check the spelling, or search for fewer or other words." in nothing
    assert 'href="/schools/a-z"' in nothing.split("<main")[1]


@pytest.mark.req("SC-022")
def test_pages_begin_with_a_skip_link_and_long_ones_lead_back_to_the_top(client):
    an_entry("service", "Swimming pools")
    page = client.get("/schools/help/").text
    first = page.split("<body")[1].split("<a ", 1)[1]
    assert "govuk-skip-link" in first.split(">")[0]
    assert first.split(">")[1] == "Skip to start of page content</a"
    topics = page.split("<main")[1].split("</main>")[0].count("<h2")
    assert page.count("Top of Page") == topics == 6
    for address in ("a-z", "responsibilities/areas"):
        assert "Top of Page" in client.get(f"/schools/{address}").text


@pytest.mark.req("SC-016", "SC-021")
def test_user_admin_is_greyed_out_and_refused_without_admin_permission(client):
    elen, bryn = a_place("elen@ysgol.example.org"), a_school_administrator()
    come_in(client, elen.user)
    page = client.get("/schools/").text
    assert 'aria-disabled="true"' in page
    assert 'href="/schools/users/"' not in page
    assert "Feedback form" in page
    assert client.get("/schools/users/").status_code == 403
    come_in(client, bryn.user)
    page = client.get("/schools/").text
    assert 'href="/schools/users/"' in page
    assert 'aria-disabled="true"' not in page
    assert ">Admin</a>" in page


def branches(page):
    """The menu at the left: (how deep, title) of each line, and the address of each title."""
    menu = page.split('class="gh-side')[1].split("</nav>")[0]
    lines, depth = [], 0
    for tag, href, title in re.findall(r'(</?ul|<a [^>]*?href="([^"]+)"[^>]*>([^<]+)</a>)', menu):
        depth += {"<ul": 1, "</ul": -1}.get(tag, 0)
        if title:
            lines.append((depth, html.unescape(title), href))
    return [(deep, title) for deep, title, _ in lines], {title: href for _, title, href in lines}


@pytest.mark.req("SC-017")
def test_the_menu_at_the_left_has_account_management_with_the_folder_and_post_with_all_schools_post(client):
    come_in(client, a_supervisor().user)
    lines, addresses = branches(client.get("/schools/").text)
    assert [title for deep, title in lines if deep == 0][:2] == ["Account Management", "Post"]
    below = [title for deep, title in lines if deep == 1]
    assert {"School Overview", "My School Folder", "All School's Post"} <= set(below)
    folder = lines.index((1, "My School Folder"))
    assert lines[folder + 1] == (2, "Change Access")
    assert lines.index((0, "Account Management")) < folder < lines.index((0, "Post"))
    assert lines[lines.index((0, "Post")) + 1] == (1, "All School's Post")
    for title, href in addresses.items():
        assert client.get(href, follow=True).status_code == 200, title
    assert branches(client.get(addresses["My School Folder"]).text)[0] == lines
    come_in(client, a_place("elen@ysgol.example.org").user)
    mine = {title for _, title in branches(client.get("/schools/").text)[0]}
    assert {"Account Management", "School Overview", "My School Folder", "Post"} <= mine
    assert not {"Change Access", "All School's Post"} & mine, "these are for supervisors"


@pytest.mark.req("SC-017")
def test_the_home_page_has_the_area_account_management_and_its_menu_at_the_left(client):
    area, menu = 'id="home-accounts"', 'class="gh-side'
    come_in(client, a_place("elen@ysgol.example.org").user)
    page = client.get("/schools/").text
    shown = re.findall(r'href="([^"]+)">([^<]+)</a>', page.split(area)[1].split("</section>")[0])
    assert shown == [
        ("/schools/responsibilities/", "Change User Responsibilities"),
        ("/schools/alerts/", "Alerts"),
    ]
    mine = page.split(menu)[1].split("</nav>")[0]
    assert ">Account Management</a>" in mine
    assert 'href="/schools/account-management/overview">School Overview</a>' in mine
    assert "/schools/duties/" not in mine
    come_in(client, a_supervisor().user)
    assert 'href="/schools/duties/"' in client.get("/schools/").text.split(menu)[1].split("</nav>")[0]
    stranger = Client().get("/schools/").text
    assert (area in stranger, menu in stranger) == (False, False)


@pytest.mark.req("SC-015")
def test_submit_case_my_cases_and_user_admin_stand_from_left_to_right_and_open_their_screens(client):
    come_in(client, a_school_administrator().user)
    tiles = client.get("/schools/").text.split('gh-tiles"')[1].split("</ul>")[0]
    assert re.findall(r">([^<]+)</a></h2>", tiles)[:3] == ["Submit case", "My Cases", "User admin"]
    for address, words in (
        ("/schools/cases/new", "New Service Request"),
        ("/schools/cases/", "My Cases"),
        ("/schools/users/", "Manage Users"),
    ):
        assert f'href="{address}"' in tiles
        assert words in client.get(address).text


@pytest.mark.req("SC-040", "GH-033")
def test_somebody_of_two_schools_switches_until_one_is_taken_away(client):
    elen = a_place("elen@ysgol.example.org", is_admin=True)
    council = an_administrator()
    second = a_place("elen@ysgol.example.org", another_school(), is_admin=True)
    come_in(client, elen.user)
    assert "<strong>Carreg High School</strong>" in client.get("/schools/").text
    client.post("/schools/switch", {"school": elen.school_id})
    assert "<strong>Carreg Primary School</strong>" in client.get("/schools/").text
    client.post("/schools/switch", {"school": second.school_id})
    epoch = elen.user.session_epoch
    membership.remove_person(second, holder=the_council(), by=council, now=NOON)
    elen.user.refresh_from_db()
    assert elen.user.session_epoch > epoch
    client = come_in(Client(), elen.user)
    session = client.session
    session["school"], session["epoch"] = second.school_id, elen.user.session_epoch
    session.save()
    assert "<strong>Carreg Primary School</strong>" in client.get("/schools/").text
    assert client.post("/schools/switch", {"school": second.school_id}).status_code == 404


def test_pages_behind_the_door_are_not_for_parents(client):
    come_in(client, a_parent())
    for path in ("details", "feedback", "users/", "account-management/", "duties/", "help/account"):
        assert client.get(f"/schools/{path}").status_code == 403


@pytest.mark.req("SC-021")
def test_feedback_reaches_the_council(client):
    come_in(client, a_place("elen@ysgol.example.org").user)
    assert client.post("/schools/feedback", {"words": ""}).status_code == 422
    assert "Thank you" in client.post("/schools/feedback", {"words": "Clear pages"}).text
    assert Feedback.objects.get().words == "Clear pages"


def test_school_details_show_the_register(client):
    come_in(client, a_place("elen@ysgol.example.org").user)
    assert a_school().urn in client.get("/schools/details").text


@pytest.mark.req("SC-119", "SC-121")
def test_help_has_first_steps_guides_questions_and_an_address_and_can_be_searched(client):
    an_entry("guide", "Account management for users")
    page = client.get("/schools/help/").text
    for words in ("first time", "What is new", "How a school starts", "Account management for users"):
        assert words in page
    for asked in (
        *("What is a supervisor?", "What are alerts?", "What are responsibilities?"),
        *("What is a Lead Contact, and what is an Interested Party?", "How do I add a user?"),
        *("How do I change a user", "How do I delete a user?", "How do I re-enable a user?"),
    ):
        assert asked in page
    assert "mailto:schools.help@example.org" in page
    found = client.get("/schools/help/", {"help": "supervisor"}).text
    assert "What is a supervisor?" in found
    assert "forgotten my password" not in found


@pytest.mark.req("SY-010", "SY-012")
def test_account_help_shows_the_schools_operator_before_the_helpline(client):
    a_supervisor()
    come_in(client, a_place("elen@ysgol.example.org").user)
    page = client.get("/schools/help/account").text
    assert page.index("Sian Rowlands") < page.index("If none of them is there")


@pytest.mark.req("SY-014", "SY-015")
def test_governors_are_sent_to_their_clerk_and_a_clerk_to_the_operator_first(client):
    clerk = a_place("clerk@ysgol.example.org", kind="governor-clerk")
    come_in(client, a_place("governor@ysgol.example.org", kind="governor").user)
    page = client.get("/schools/help/account").text
    assert "Clerk Rowlands" in page
    assert "If none of them is there" not in page
    come_in(client, clerk.user)
    page = client.get("/schools/help/account").text
    assert "If none of them is there" in page
    assert "Make sure that your governors have their account details" in page
    a_supervisor()
    assert "If none of them is there" not in client.get("/schools/help/account").text


@pytest.mark.req("SY-013", "SY-016")
def test_only_the_recorded_head_or_office_account_may_ask_for_an_account(client):
    head = a_place("head@ysgol.example.org", kind="headteacher")
    come_in(client, head.user)
    assert client.get("/schools/help/new-account").status_code == 404
    council = {"holder": the_council(), "by": an_administrator(), "now": NOON}
    with pytest.raises(membership.NotYours):
        membership.record_account(head, as_="head", holder=holder(head), by=head.user, now=NOON)
    membership.record_account(head, as_="head", **council)
    typed = {
        "email": "new@ysgol.example.org",
        "forename": "Nia",
        "surname": "Hughes",
        "job_title": str(head.job_title_id),
        "kind": "standard",
        "is_admin": "no",
    }
    assert client.post("/schools/help/new-account", typed | {"surname": ""}).status_code == 422
    assert client.post("/schools/help/new-account", typed).status_code == 302
    asked = AccountRequest.objects.get()
    place = membership.grant_request(asked, **council)
    assert place.user.email == "new@ysgol.example.org"
    assert f"request {asked.pk}" in SchoolChange.objects.get(user=place.user).reason
    with pytest.raises(membership.Answered):
        membership.grant_request(asked, **council)


ASKED = {
    "your_name": "Nerys Parry",
    "your_email": "nerys@ysgol.example.org",
    "your_school": "Carreg Primary School",
    "words": "My telephone is gone and I am the only supervisor.",
}


@pytest.mark.req("SY-007")
def test_who_cannot_sign_in_asks_the_council_on_the_help_page_and_an_officer_deals_with_it(client):
    assert 'href="/schools/help/service-request"' in client.get("/schools/help/").text
    refused = client.post("/schools/help/service-request", ASKED | {"your_email": "nerys"})
    assert refused.status_code == 422
    assert "I am the only supervisor" in refused.text
    assert "We have your request" in client.post("/schools/help/service-request", ASKED).text
    come_in(client, an_administrator())
    assert "1" in client.get("/council/administration/schools/").text
    page = client.get("/council/administration/schools/requests/").text
    for words in ASKED.values():
        assert words in page
    asked = ServiceRequest.objects.get()
    client.post("/council/administration/schools/requests/", {"done": asked.pk})
    client.post("/council/administration/schools/requests/", {"done": "no number"})
    assert ASKED["words"] not in client.get("/council/administration/schools/requests/").text
    asked.refresh_from_db()
    assert asked.answered_by.email == "admin@council.example.org"


def test_a_service_request_is_answered_alike_for_known_and_unknown_and_not_without_end(client):
    a_place("elen@ysgol.example.org")
    answers = [
        client.post("/schools/help/service-request", ASKED | {"your_email": email})
        for email in ("elen@ysgol.example.org", "nobody@ysgol.example.org")
    ]
    assert [one.status_code for one in answers] == [200, 200]
    assert ServiceRequest.objects.count() == 2
    for _ in range(8):
        client.post("/schools/help/service-request", ASKED)
    assert client.post("/schools/help/service-request", ASKED).status_code == 429
    assert ServiceRequest.objects.count() == 10

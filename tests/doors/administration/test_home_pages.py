"""Announcements, footer pages, tiles and the cache, as administrators run them."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.doors.administration import cache
from guildhall.foundation.authority import services, stamps
from guildhall.foundation.authority.queries import kept_value, setting
from guildhall.foundation.texts.queries import say

from ...standing import NOON, a_parent, a_person, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def seen_on(page: str) -> dict[str, str]:
    """What the page carries of the versions it showed."""
    return dict(re.findall(r'name="(seen\w*)" value="([^"]*)"', page))


def typed(client: Client, address: str, field: str, english: str, welsh: str, **more: str) -> dict[str, str]:
    return seen_on(client.get(address).text) | {f"{field}-en": english, f"{field}-cy": welsh} | more


ABOUT = "text_blocks_page_about"


def test_the_configurable_question_library_leads_whoever_builds_forms_to_the_question_bank(owen):
    page = owen.get(reverse("administration:home")).text
    link = f'<a class="govuk-link" href="{reverse("building:bank")}">Configurable Question Library</a>'
    assert link in page
    assert owen.get(reverse("building:bank")).status_code == 200
    auditor = come_in(Client(), a_person("helen@council.example.org", role="auditor"))
    assert "Configurable Question Library" not in auditor.get(reverse("administration:home")).text


@pytest.mark.req("SP-057")
def test_the_authority_sets_the_content_of_each_footer_page(owen):
    for key, _word in (
        ("about", "About"),
        ("contact", "Contact"),
        ("terms", "Terms"),
        ("privacy", "Privacy"),
        ("cookies", "Cookies"),
    ):
        address = reverse("administration:footer-page", args=[key])
        field = f"text_blocks_page_{key}"
        answer = owen.post(address, typed(owen, address, field, f"## New {key}", f"## Newydd {key}"))
        assert answer.status_code == 302
        shown = Client().get(reverse(f"families:{key}")).text
        assert f'<h2 class="govuk-heading-m">New {key}</h2>' in shown
        assert shown.count(reverse(f"families:{key}")) >= 1


def test_a_preview_saves_nothing_and_carries_no_script(owen):
    address = reverse("administration:footer-page", args=["about"])
    words = "**Bold** <script>alert(1)</script> [x](javascript:alert(1))"
    shown = owen.post(address, typed(owen, address, ABOUT, words, "Cymraeg", preview="yes")).text
    assert "<strong>Bold</strong>" in shown
    assert "<script>alert" not in shown and 'href="javascript' not in shown
    english, bold, welsh = (shown.index(each) for each in ("(English)</p>", "Bold</strong>", "(Welsh)</p>"))
    assert english < bold < welsh
    assert "Bold" not in Client().get("/about").text


def test_both_languages_are_needed_and_what_was_typed_stays(owen):
    address = reverse("administration:footer-page", args=["about"])
    answer = owen.post(address, typed(owen, address, ABOUT, "Only English here", ""))
    assert answer.status_code == 422
    assert "enter the Welsh" in answer.text and "Only English here" in answer.text


def test_an_earlier_version_of_a_page_comes_back(owen):
    address = reverse("administration:footer-page", args=["about"])
    original = say("text-blocks.Page_About", "en")
    owen.post(address, typed(owen, address, ABOUT, "First words", "Geiriau cyntaf"))
    page = owen.get(address).text
    restore = [part.split('"')[0] for part in page.split('action="') if "/versions/" in part.split('"')[0]]
    assert len(restore) == 2
    for one in restore:
        assert "The earlier words are back" in owen.post(one, seen_on(page), follow=True).text
    assert say("text-blocks.Page_About", "en") == original


def test_an_earlier_version_does_not_come_back_over_words_that_somebody_else_saved_meanwhile(owen):
    address = reverse("administration:footer-page", args=["about"])
    owen.post(address, typed(owen, address, ABOUT, "First words", "Geiriau cyntaf"))
    page = owen.get(address).text
    [restore, *_] = re.findall(r'action="([^"]*/versions/[^"]*)"', page)
    owen.post(address, typed(owen, address, ABOUT, "Theirs", "Eu hun nhw"))
    answer = owen.post(restore, seen_on(page), follow=True)
    assert "nothing was restored" in answer.text
    assert say("text-blocks.Page_About", "en") == "Theirs"
    assert "The earlier words are back" in owen.post(restore, seen_on(answer.text), follow=True).text


def test_the_second_of_two_editors_keeps_what_was_typed_and_sees_why(owen):
    address = reverse("administration:footer-page", args=["about"])
    mine = typed(owen, address, ABOUT, "Mine", "Fy un i")
    owen.post(address, typed(owen, address, ABOUT, "Theirs", "Eu hun nhw"))
    answer = owen.post(address, mine)
    assert answer.status_code == 409
    assert "Somebody else saved this page" in answer.text and ">Mine</textarea>" in answer.text
    assert say("text-blocks.Page_About", "en") == "Theirs"


@pytest.mark.req("SP-054")
def test_the_words_of_a_tile_are_changed_and_families_read_them(owen):
    address = reverse("administration:tile", args=["transport"])
    fields = {
        "home_tiles_transport_title-en": "Getting to school",
        "home_tiles_transport_title-cy": "Cyrraedd yr ysgol",
        "home_tiles_transport_words-en": "Buses and taxis.",
        "home_tiles_transport_words-cy": "Bysiau a thacsis.",
    }
    owen.post(address, fields | seen_on(owen.get(address).text))
    shown = come_in(Client(), a_parent()).get("/home").text
    assert "Getting to school</a>" in shown and "Buses and taxis." in shown


@pytest.mark.req("SP-056")
def test_an_administrator_writes_the_announcement_with_its_two_dates(owen):
    address = reverse("administration:announcements")
    today = timezone.localdate()
    days = {
        f"{name}-{part}": str(getattr(today, part))
        for name in ("start", "end")
        for part in ("day", "month", "year")
    }
    answer = owen.post(
        address,
        typed(owen, address, "text_blocks_announcements", "Closed on Friday", "Ar gau ddydd Gwener") | days,
    )
    assert answer.status_code == 302
    assert kept_value("announcements.start") == today.isoformat()
    family = come_in(Client(), a_parent())
    assert "Closed on Friday" in family.get("/home", follow=True).text

    without_days = typed(
        owen, address, "text_blocks_announcements", "Closed on Friday", "Ar gau ddydd Gwener"
    )
    cleared = dict.fromkeys(days, "")
    assert owen.post(address, without_days | cleared).status_code == 302
    assert kept_value("announcements.start") is None
    assert "Closed on Friday" not in come_in(Client(), a_parent()).get("/home", follow=True).text


@pytest.mark.req("SP-056")
def test_dates_of_the_announcement_that_somebody_else_changed_meanwhile_are_not_lost(owen):
    address, today = reverse("administration:announcements"), timezone.localdate()
    mine = owen.get(address).text
    services.change_setting("announcements.start", value="2026-06-03", by=None, now=NOON)
    services.change_setting("announcements.end", value="2026-06-05", by=None, now=NOON)
    words = {f"text_blocks_announcements-{language}": "Hello" for language in ("en", "cy")}
    parts = ("day", "month", "year")
    days = {f"{name}-{part}": str(getattr(today, part)) for name in ("start", "end") for part in parts}
    answer = owen.post(address, seen_on(mine) | words | days)
    assert answer.status_code == 409
    assert "Somebody else saved this page" in answer.text and "from 3 June 2026 to 5 June 2026" in answer.text
    assert f'value="{today.year}"' in answer.text and ">Hello</textarea>" in answer.text
    assert kept_value("announcements.start") == "2026-06-03"
    assert say("text-blocks.Announcements") != "Hello"

    assert owen.post(address, seen_on(answer.text) | words | days).status_code == 302
    assert kept_value("announcements.start") == today.isoformat()


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ({"start-day": "31", "start-month": "2", "start-year": "2026"}, "Enter a real start date"),
        ({"start-day": "1", "start-month": "2", "start-year": "2026"}, "Enter both dates, or neither"),
        (
            {
                "start-day": "2",
                "start-month": "2",
                "start-year": "2026",
                "end-day": "1",
                "end-month": "2",
                "end-year": "2026",
            },
            "must not be before",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused(owen, days, message):
    address = reverse("administration:announcements")
    answer = owen.post(address, typed(owen, address, "text_blocks_announcements", "Hello", "Helo") | days)
    assert answer.status_code == 422 and message in answer.text
    assert kept_value("announcements.start") is None


@pytest.mark.req("SP-059")
def test_general_administration_offers_its_five_areas_by_name(owen):
    shown = owen.get(reverse("administration:home")).text
    library = "Configurable Question Library"
    for name in ("Portal Configuration", "Template Management", library, "Edit Resources", "Cache"):
        assert f">{name}</a>" in shown, name
    owen.post("/account/language", {"language": "cy", "next": "/"})
    assert ">Golygu Adnoddau</a>" in owen.get(reverse("administration:home")).text


@pytest.mark.req("SP-307")
def test_the_cache_page_lists_what_is_kept_by_its_name_and_how_often_it_helps(owen):
    owen.get(reverse("administration:cache"))
    shown = owen.get(reverse("administration:cache")).text
    assert "Of 100 look-ups" in shown and "Nothing ever needs clearing" in shown
    titles = [item.title for item in cache.items()]
    assert {"Settings", "Site texts", "Parts of pages", "Published forms"} <= set(titles)
    assert len(titles) == len(set(titles)), "each line says which item it is"
    assert [title for title in titles if not title[0].isupper() or "_" in title] == []


@pytest.mark.req("SP-308")
@pytest.mark.req("SP-309")
@pytest.mark.parametrize(("item", "names"), [("everything", {"settings", "texts"}), ("texts", {"texts"})])
def test_clear_cache_asks_and_save_has_every_process_read_again(owen, item, names):
    services.change_setting("cases.per_page", value=30, by=None, now=NOON)
    before = stamps.read_stamps()
    address = reverse("administration:cache-clear", args=[item])
    assert ">Save<" in owen.get(address).text.replace("\n", "").replace("  ", "")
    assert stamps.read_stamps() == before
    owen.post(address)
    after = stamps.read_stamps()
    moved = {name for name in after if after[name] != before.get(name)}
    assert moved >= names
    assert ("settings" in moved) is (item == "everything")


@pytest.mark.req("SP-310")
def test_consent_administration_has_the_cache_too(owen):
    address = reverse("administration:consent-cache")
    assert "Clear Cache" in owen.get(address).text
    assert owen.post(reverse("administration:consent-cache-clear", args=["everything"])).url == address


def test_nothing_like_an_item_is_not_found(owen):
    assert owen.get(reverse("administration:cache-clear", args=["nothing"])).status_code == 404


def test_officers_clear_no_cache(client):
    come_in(client, an_officer())
    assert client.post(reverse("administration:cache-clear", args=["everything"])).status_code == 403


def test_look_ups_ask_the_database_nothing_on_a_warm_process(django_assert_num_queries):
    stamps.begin_request()
    try:
        setting("messages.per_page"), say("shared.Menu_Home", "en")
        with django_assert_num_queries(0):
            for _ in range(100):
                setting("messages.per_page"), say("shared.Menu_Home", "en")
    finally:
        stamps.end_request()


@pytest.mark.req("SP-058")
@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("users", ["q", "state", "group", "door"]),
        ("invitations", ["q", "state"]),
        ("schools", ["words", "without"]),
        ("school-changes", ["act"]),
        ("texts", ["area", "q", "only"]),
        ("texts-both", ["area", "q", "only"]),
    ],
)
def test_every_field_of_a_search_in_administration_has_a_tooltip(owen, page, fields):
    shown = owen.get(reverse(f"administration:{page}")).text
    assert [field for field in fields if f'id="{field}-tooltip"' not in shown] == []

"""Guides: opened from the screen they describe, searched, and never a video that only some can follow."""

import pytest
from django.db import IntegrityError, transaction

from guildhall.people.schoolsite import queries
from guildhall.people.schoolsite import services as site
from guildhall.people.schoolsite.first import GUIDES
from guildhall.people.schoolsite.models import SiteEntry

from ...people.membership.schools import a_place, a_supervisor
from ...standing import NOON, an_administrator, come_in
from .test_front import an_entry

pytestmark = pytest.mark.django_db
SITE = "/council/administration/school-site/"
VIDEO = {
    "video": "https://video.example.org/cases",
    "captioned": True,
    "transcript": {"en": "Open Submit case and press the zebra button.", "cy": "Agorwch Cyflwyno achos."},
}


def the_head(client, path):
    """The part of a page above its heading."""
    page = client.get(path)
    assert page.status_code == 200, path
    return page.text.split("<h1")[0]


@pytest.mark.req("SC-122")
def test_a_guide_is_opened_from_each_screen_it_describes_and_from_no_other(client):
    guide = an_entry("guide", "How lists are kept", screens=["users", "duties"])
    come_in(client, a_supervisor().user)
    address = f'href="/schools/pages/{guide.pk}/"'
    assert address in the_head(client, "/schools/users/")
    assert address in the_head(client, "/schools/users/new")
    assert address in the_head(client, "/schools/duties/")
    assert address not in the_head(client, "/schools/services/")
    site.remove_entry(guide, by=an_administrator(), now=NOON)
    assert address not in the_head(client, "/schools/users/")


def test_a_warm_process_looks_no_guide_up_for_a_page(client, django_assert_max_num_queries):
    an_entry("guide", "How lists are kept", screens=["account-help"])
    come_in(client, a_place("elen@ysgol.example.org").user)
    client.get("/schools/help/account")
    with django_assert_max_num_queries(30) as asked:
        assert "How lists are kept" in the_head(client, "/schools/help/account")
    assert not [one for one in asked.captured_queries if "schoolsite_siteentry" in one["sql"]]


def test_the_first_guides_are_for_screens_that_there_are_and_have_both_languages(client):
    come_in(client, a_supervisor().user)
    for guide in GUIDES:
        entry = site.add_entry(guide, by=None, now=NOON)
        assert f"/schools/pages/{entry.pk}/" in client.get("/schools/help/").text
        assert guide["title"]["en"] != guide["title"]["cy"]
        assert guide["words"]["en"] != guide["words"]["cy"]


@pytest.mark.req("SC-122")
def test_guides_are_found_by_what_they_say_and_a_video_by_what_is_said_in_it(client):
    an_entry("guide", "About heron lists")
    an_entry("guide", "A film", **VIDEO)
    page = client.get("/schools/help/", {"help": "zebra BUTTON"}).text
    assert "A film" in page
    assert "About heron lists" not in page
    assert "About heron lists" in client.get("/schools/search", {"q": "heron"}).text
    assert "No guide fits" in client.get("/schools/help/", {"help": "no such words at all"}).text


def test_a_guide_to_a_room_that_is_not_built_is_listed_nowhere(client):
    guide = an_entry("guide", "Counting herons at the ford", screens=["no-such-room"])
    for path in ("/schools/help/", "/schools/a-z", "/schools/search?q=counting+herons"):
        assert "Counting herons" not in client.get(path).text
    assert client.get(f"/schools/pages/{guide.pk}/").status_code == 404
    site.change_entry(guide, details={"screens": ["no-such-room", "cases"]}, by=an_administrator(), now=NOON)
    assert "Counting herons" in client.get("/schools/help/").text


@pytest.mark.req("SC-122")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"captioned": False}, "captioned"),
        ({"transcript": {"en": "Words", "cy": " "}}, "transcript_cy"),
        ({"transcript": {"cy": "Geiriau"}}, "transcript_en"),
    ],
)
def test_a_video_without_captions_and_transcript_in_both_languages_is_refused(change, field):
    with pytest.raises(site.SilentVideo) as refused:
        an_entry("guide", "A film", **(VIDEO | change))
    assert list(refused.value.problems) == [field]
    assert not SiteEntry.objects.filter(title__en="A film").exists()
    good = an_entry("guide", "A film", **VIDEO)
    with pytest.raises(site.SilentVideo):
        site.change_entry(good, details=change, by=an_administrator(), now=NOON)
    good.refresh_from_db()
    assert good.captioned
    assert good.transcript == VIDEO["transcript"]


def test_the_database_itself_holds_no_video_without_captions():
    good = an_entry("guide", "A film", **VIDEO)
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteEntry.objects.filter(pk=good.pk).update(captioned=False)


def test_the_page_of_a_video_has_its_transcript(client):
    film = an_entry("guide", "A film", **VIDEO)
    page = client.get(f"/schools/pages/{film.pk}/").text
    assert 'href="https://video.example.org/cases"' in page
    assert "press the zebra button" in page.split("<details")[-1]


def test_the_council_says_which_screens_a_guide_is_about_and_what_a_video_lacks(client):
    come_in(client, an_administrator())
    typed = {
        "entry_kind": "guide",
        "title_en": "Keeping users",
        "title_cy": "Cadw defnyddwyr",
        "position": "3",
        "screens": ["users"],
        "video": "https://video.example.org/users",
    }
    refused = client.post(f"{SITE}new/", typed)
    assert refused.status_code == 422
    assert "has captions, or take the video out" in refused.text
    assert "transcript of the video in Welsh" in refused.text
    whole = typed | {"captioned": "yes", "transcript_en": "Words", "transcript_cy": "Geiriau"}
    assert client.post(f"{SITE}new/", whole).status_code == 302
    guide = queries.guides_of("users", on=NOON.date())[0]
    assert guide.title["cy"] == "Cadw defnyddwyr"
    shown = client.get(f"{SITE}{guide.pk}/").text
    assert 'value="users" checked' in shown
    assert client.post(f"{SITE}{guide.pk}/", whole | {"screens": ["no-such-room"]}).status_code == 422

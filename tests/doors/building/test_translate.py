"""The translator's table: side by side, marked, filtered, saved without overwriting anybody."""

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.paperwork.forms import queries, services
from tests.definitions import every_kind
from tests.standing import NOON, a_parent, an_administrator, come_in

pytestmark = pytest.mark.django_db
URL = "/council/forms/translate/EVERY-KIND/"


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def built(**changes):
    return services.start_working("EVERY-KIND", content=every_kind(**changes), by=None, now=NOON)


@pytest.mark.req("GH-041")
def test_missing_and_stale_texts_are_marked_and_found(owen: Client):
    live = services.publish(every_kind(), by=None, now=NOON)
    title = {"en": "Ask for help", "cy": every_kind()["title"]["cy"]}
    content = every_kind(title=title, subtitle={"en": "Only English"})
    working = services.work_on(live.form, by=None, now=NOON)
    services.change_working(working, content=content, revision=0, by=None, now=NOON)
    page = owen.get(reverse("building:translate", args=["EVERY-KIND"])).text
    assert "Missing: 1. English changed since it was published: 1." in page
    missing, stale = (owen.get(URL, {"only": only}).text for only in ("missing", "stale"))
    assert "Only English" in missing
    assert "Ask for help" not in missing
    assert "Ask for help" in stale


@pytest.mark.req("GH-041")
def test_a_translation_is_saved_and_nothing_else_changes(owen: Client):
    built(subtitle={"en": "Only English"})
    owen.post(URL, {"revision": "0", "cy-1": "Cymraeg yma"})
    expected = every_kind(subtitle={"en": "Only English", "cy": "Cymraeg yma"})
    assert queries.working_form("EVERY-KIND").content == expected


def test_what_somebody_changed_meanwhile_is_kept_and_so_is_what_was_typed(owen: Client):
    working = built()
    services.change_working(working, content=every_kind(style="tabs"), revision=0, by=None, now=NOON)
    refused = owen.post(URL, {"revision": "0", "cy-0": "Fy ngeiriau"})
    assert refused.status_code == 409
    assert "Fy ngeiriau" in refused.text
    assert queries.working_form("EVERY-KIND").content == every_kind(style="tabs")


def test_unsaved_edits_of_a_builder_stay_unsaved(owen: Client):
    working = built()
    services.edit_working(working, content=every_kind(style="tabs"), revision=0, by=None, now=NOON)
    owen.post(URL, {"revision": "1", "cy-0": "Newydd"})
    now = queries.working_form("EVERY-KIND")
    assert now.content == every_kind()
    assert (now.shown["title"]["cy"], now.shown["style"]) == ("Newydd", "tabs")


def test_others_may_not_translate_and_what_is_not_built_is_not_found(owen: Client):
    assert owen.get(URL).status_code == 404
    assert come_in(Client(), a_parent()).get(URL).status_code in (403, 404)

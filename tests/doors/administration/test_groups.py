"""The table of groups: shown, changed in words before it is saved, printed, undone; nothing overwritten."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.foundation.audit.models import Entry
from guildhall.people.groups import queries, services
from guildhall.people.groups.models import Change
from guildhall.people.groups.processes import PROCESSES
from tests.standing import NOON, a_parent, a_person, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
GROUPS = "administration:groups"


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def form_of(page: str) -> dict:
    """What a browser would send from the table as it is drawn."""
    seen = dict(re.findall(r'name="(seen-[a-z-]+)" value="(\d+)"', page))
    return {**seen, "tick": re.findall(r'name="tick" value="([a-z-]+:[a-z-]+)" checked', page)}


def ticking(form: dict, *more: str, without: tuple[str, ...] = ()) -> dict:
    return form | {"tick": [tick for tick in [*form["tick"], *more] if tick not in without]}


def has(key: str) -> frozenset[str]:
    return queries.as_kept()[key].processes


@pytest.mark.req("SP-328")
def test_the_table_has_every_process_of_every_group_with_its_box(owen: Client):
    page = owen.get(reverse(GROUPS)).text

    assert page.count('type="checkbox"') == len(PROCESSES) * len(queries.SUPPLIED)
    assert "Review of submitted forms" in page
    assert "SEND Portals" in page
    ticks = form_of(page)["tick"]
    assert "send-officer:review" in ticks
    assert "administrator:review" not in ticks


@pytest.mark.req("SP-328")
def test_a_change_is_said_in_words_before_it_is_saved_and_then_counts(owen: Client):
    an_officer()
    form = ticking(
        form_of(owen.get(reverse(GROUPS)).text), "send-officer:status", without=("send-officer:matching",)
    )

    asked = owen.post(reverse(GROUPS), form).text
    assert "SEND officers" in asked
    assert "1 person is in this group." in asked
    assert re.search(r"<ins[^>]*>Status</ins>", asked)
    assert re.search(r"<del[^>]*>Matching</del>", asked)
    assert "matching" in has("send-officer")

    assert owen.post(reverse(GROUPS), form_of_check(asked) | {"do": "save"}).status_code == 302
    assert "matching" not in has("send-officer")
    assert "status" in has("send-officer")


def form_of_check(page: str) -> dict:
    return {
        **dict(re.findall(r'name="(seen-[a-z-]+)" value="(\d+)"', page)),
        "tick": re.findall(r'name="tick" value="([a-z-]+:[a-z-]+)"', page),
    }


def test_going_back_from_the_words_keeps_every_tick(owen: Client):
    form = ticking(form_of(owen.get(reverse(GROUPS)).text), "auditor:status")

    page = owen.post(reverse(GROUPS), form | {"do": "edit"}).text
    assert "auditor:status" in form_of(page)["tick"]
    assert "status" not in has("auditor")


def test_the_same_table_again_is_no_change(owen: Client):
    form = form_of(owen.get(reverse(GROUPS)).text)

    assert owen.post(reverse(GROUPS), form).status_code == 302
    assert not Change.objects.exists()


def test_two_administrators_at_once_see_each_other_and_nothing_is_overwritten(owen: Client):
    zainab = come_in(Client(), a_person("zainab@council.example.org", role="administrator"))
    form = form_of(owen.get(reverse(GROUPS)).text)
    other = form_of(zainab.get(reverse(GROUPS)).text)
    mine = ticking(form, "send-officer:texts", "auditor:status")
    assert (
        zainab.post(reverse(GROUPS), ticking(other, "send-officer:status") | {"do": "save"}).status_code
        == 302
    )

    refused = owen.post(reverse(GROUPS), mine | {"do": "save"})
    assert refused.status_code == 409
    assert "Somebody else has changed this meanwhile: SEND officers" in refused.text
    assert "What you wanted to change" in refused.text
    assert "Site texts" in refused.text
    assert has("send-officer") >= {"status"}
    assert "texts" not in has("send-officer")
    # The other group's box stays ticked as it was, and the page may be sent on from here.
    again = form_of(refused.text)
    assert "auditor:status" in again["tick"]
    assert "send-officer:status" in again["tick"]
    assert owen.post(reverse(GROUPS), again | {"do": "save"}).status_code == 302
    assert "status" in has("auditor")


def test_running_the_portal_and_reading_children_needs_a_tick_of_its_own(owen: Client):
    form = ticking(form_of(owen.get(reverse(GROUPS)).text), "auditor:users", "auditor:children")

    asked = owen.post(reverse(GROUPS), form).text
    assert "Data protection officers" in asked
    assert 'name="confirmed"' in asked
    assert owen.post(reverse(GROUPS), form | {"do": "save"}).status_code == 422
    assert "children" not in has("auditor")
    assert owen.post(reverse(GROUPS), form | {"do": "save", "confirmed": "yes"}).status_code == 302
    assert Entry.objects.get(verb="groups.changed").detail["mixes"] is True


@pytest.mark.req("SP-328")
def test_nobody_lifts_their_own_group_and_the_last_who_manages_stays(owen: Client):
    form = form_of(owen.get(reverse(GROUPS)).text)

    lifted = owen.post(reverse(GROUPS), ticking(form, "administrator:audit") | {"do": "save"})
    assert "Nobody can give their own group more" in lifted.text
    lost = owen.post(reverse(GROUPS), ticking(form, without=("administrator:groups",)) | {"do": "save"})
    assert "Nobody would be left" in lost.text
    assert "groups" in has("administrator")
    assert "audit" not in has("administrator")


def test_a_change_is_undone_after_asking(owen: Client):
    form = ticking(form_of(owen.get(reverse(GROUPS)).text), "auditor:status")
    owen.post(reverse(GROUPS), form | {"do": "save"})
    address = reverse("administration:groups-undo", args=[Change.objects.get().pk])

    asked = owen.get(address).text
    assert "They may no longer:" in asked
    assert "status" in has("auditor")
    assert owen.post(address).status_code == 302
    assert "status" not in has("auditor")
    assert owen.post(address).status_code == 409
    assert owen.get(reverse("administration:groups-undo", args=[987654])).status_code == 404


def test_a_group_is_made_named_and_ended(owen: Client):
    new = reverse("administration:group-new")
    assert "Enter the name" in owen.post(new, {"name_en": " "}).text
    assert "too long" in owen.post(new, {"name_en": "x" * 61}).text
    made = owen.post(new, {"name_en": "Helpline", "name_cy": "Llinell gymorth", "why_en": "They answer."})
    assert made["Location"].endswith("#helpline")

    page = reverse("administration:group", args=["helpline"])
    assert "Nothing yet" in owen.get(page).text
    assert owen.post(page, {"name_en": "Telephones", "seen": "0"}).status_code == 302
    assert "Telephones" in owen.get(reverse(GROUPS)).text
    assert owen.post(page, {"name_en": "Late", "seen": "0"}).status_code == 422

    end = reverse("administration:group-end", args=["helpline"])
    assert "End the group Telephones?" in owen.get(end).text
    assert owen.post(end).status_code == 302
    assert owen.get(page).status_code == 404


def test_a_group_page_says_what_it_may_do_and_a_supplied_one_keeps_its_name(owen: Client):
    page = owen.get(reverse("administration:group", args=["auditor"]))
    assert "Find out who did what" in page.text
    assert 'name="name_en"' not in page.text
    assert owen.post(reverse("administration:group", args=["auditor"]), {"name_en": "x"}).status_code == 422
    assert owen.post(reverse("administration:group-end", args=["auditor"])).status_code == 409
    assert owen.get(reverse("administration:group", args=["kings"])).status_code == 404


@pytest.mark.req("GH-032")
def test_the_printed_table_says_the_same_as_the_checks(owen: Client):
    services.make_group({"en": "Helpline"}, why={}, by=an_administrator(), now=NOON)
    page = owen.get(reverse("administration:groups-printed")).text
    said = page.count(">Yes<")
    assert said == sum(len(group.processes) for group in queries.groups())
    assert "Helpline" in page


@pytest.mark.parametrize("junk", ["", "send-officer", ":", "x" * 5000, "a:b:c", "send-officer:'; DROP"])
def test_junk_in_the_boxes_changes_nothing(owen: Client, junk: str):
    before = has("auditor")
    answer = owen.post(reverse(GROUPS), {"seen-auditor": junk, "seen-": "1", "tick": [junk], "do": "save"})
    assert answer.status_code in {302, 409}
    assert has("auditor") == before


def test_the_table_costs_a_fixed_number_of_statements(owen: Client, django_assert_max_num_queries):
    owen.get(reverse(GROUPS))
    with django_assert_max_num_queries(8):
        owen.get(reverse(GROUPS))


@pytest.mark.req("SP-331")
@pytest.mark.parametrize("person", [an_officer, a_parent])
def test_nobody_else_opens_the_groups(client: Client, person):
    come_in(client, person())
    for address in (
        reverse(GROUPS),
        reverse("administration:groups-printed"),
        reverse("administration:group-new"),
    ):
        assert client.get(address).status_code == 403
    assert client.post(reverse(GROUPS), {"do": "save"}).status_code == 403


def test_the_second_step_is_asked_for(client: Client):
    come_in(client, an_administrator(), verified=False)
    assert client.get(reverse(GROUPS)).status_code == 403

"""Find Address at an address question of a form."""

import pytest

from guildhall.foundation.authority import services as authority
from guildhall.paperwork.submissions.models import Draft
from tests.definitions import a_draft
from tests.standing import NOON, come_in

from .pages import step_url, typed

pytestmark = pytest.mark.django_db
POSTCODE = {"_q-child_address-postcode": "sa1 2be"}


def finder(value):
    authority.change_setting("addresses.finder", value=value, by=None, now=NOON)


@pytest.fixture
def draft(client):
    made = a_draft()
    come_in(client, made.owner)
    return made


def press(client, draft, button, page=None, **answers):
    url = step_url(draft, "child")
    return client.post(
        url, typed(page or client.get(url), **answers) | {button: "CHILD_ADDRESS"}, follow=True
    )


@pytest.mark.req("GH-023")
def test_the_addresses_at_a_postcode_are_offered_and_the_chosen_one_fills_the_boxes(client, draft):
    finder("invented")

    page = press(client, draft, "find-address", **POSTCODE, child_forename="Mali")
    assert "8 addresses found" in page.text and 'value="Mali"' in page.text
    key = page.text.split('<option value="')[1].split('"')[0]
    page = press(client, draft, "use-address", page, **{"_found-q-child_address": key})

    answer = Draft.objects.get().answers["CHILD_ADDRESS"]
    assert (answer["town"], answer["postcode"]) == ("Aberteg", "SA1 2BE") and len(answer["lines"]) == 1
    assert 'value="Aberteg"' in page.text and "addresses found" not in page.text
    assert "You can always type the address yourself" in page.text


def test_open_data_knows_street_and_town_and_leaves_what_was_typed(client, draft):
    page = press(client, draft, "find-address", **POSTCODE, **{"_q-child_address-line1": "Flat 2"})
    assert "Caepistyll Street, Swansea, SA1 2BE" in page.text

    press(client, draft, "use-address", page, **{"_found-q-child_address": "Swansea, SA1 2BE"})
    typed_in = Draft.objects.get().answers["CHILD_ADDRESS"]
    page = client.get(step_url(draft, "child")).text
    assert 'value="Flat 2"' in page and 'value="Swansea"' in page, typed_in


@pytest.mark.parametrize("postcode", ["", "x", "ZZ99 9ZZ", "SA1 2BE" * 500, "\0"])
def test_where_nothing_is_found_the_page_says_to_type_the_address(client, draft, postcode):
    page = press(client, draft, "find-address", **{"_q-child_address-postcode": postcode})

    assert page.status_code == 200
    typed_one = postcode.strip("\0")
    assert ("Type the address in the boxes above" in page.text) == bool(typed_one)
    assert ("Enter a postcode in the box above" in page.text) != bool(typed_one)


@pytest.mark.parametrize("key", ["", "nowhere", "9" * 9000])
def test_an_address_that_was_not_offered_is_not_used(client, draft, key):
    finder("invented")
    press(client, draft, "use-address", **POSTCODE, **{"_found-q-child_address": key})

    assert "Aberteg" not in str(Draft.objects.get().answers)


def test_where_looking_up_is_off_the_address_is_typed_as_ever(client, draft):
    finder("none")
    page = client.get(step_url(draft, "child")).text

    assert "Find Address" not in page and 'name="q-child_address-line1"' in page

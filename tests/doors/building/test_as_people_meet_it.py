"""What a builder writes, as the people of the portal meet it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries, services
from tests.definitions import a_draft, every_kind, group, published, question, words
from tests.standing import NOON, a_parent, a_professional, an_administrator, come_in

from ..filling.pages import step_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def at(name: str, *args: str) -> str:
    return reverse(f"building:{name}", args=args)


@pytest.mark.req("SP-114")
def test_an_authority_makes_a_form_of_its_own_questions_for_one_portal_and_role(owen: Client):
    form = {"title_en": "Our form", "title_cy": "Ein ffurflen", "style": "steps", "destination": "send"}
    owen.post(at("new"), form | {"code": "OURS", "portal": "citizen", "audience": "parent"})
    owen.post(at("group-new", "OURS"), {"title_en": "A", "title_cy": "A", "number": "2", "revision": "0"})
    asked = {"kind": "text", "code": "OUR_OWN", "text_en": "What we ask", "text_cy": "Ein cwestiwn"}
    owen.post(at("question-new", "OURS") + "?to=a", asked | {"revision": "1", "do": "save"})
    owen.post(at("selector", "OURS"), {"revision": "2", "do": "save"})
    owen.post(at("publish", "OURS"), {"revision": "3", "accepted": "yes", "when": "now"})

    assert [one["code"] for one in queries.published_content("OURS")["groups"][0]["questions"]] == ["OUR_OWN"]
    start = reverse("filling:start", args=["OURS"])
    assert "Our form" in come_in(Client(), a_parent()).get(start).text
    assert come_in(Client(), a_professional()).get(start).status_code in (403, 404)
    assert [one.audience for one in queries.offered(portal="citizen", audiences=["young-person"])] == []


@pytest.mark.req("SP-162")
def test_a_groups_guidance_is_on_its_page_and_may_be_left_out(client: Client):
    guided = group("one", 2, question("A"), guidance=words("Have the letter near you."))
    draft = a_draft(form=every_kind(groups=[guided, group("two", 3, question("B"))]))
    come_in(client, draft.owner)
    assert "Have the letter near you." in client.get(step_url(draft, "one")).text
    assert "gh-guidance" not in client.get(step_url(draft, "two")).text


@pytest.mark.req("SP-163")
def test_groups_are_numbered_from_2_and_shown_in_that_order(owen: Client):
    services.start_working("HELP", content=every_kind(groups=[]), by=None, now=NOON)
    number = re.search(r'<input[^>]*name="number"[^>]*>', owen.get(at("group-new", "HELP")).text)
    assert 'value="2"' in number[0]
    given = {"title_en": "First", "title_cy": "Cyntaf", "revision": "0"}
    refused = owen.post(at("group-new", "HELP"), given | {"number": "1"})
    assert refused.status_code == 422
    assert "from 2" in refused.text

    late, early = group("late", 9, question("B")), group("early", 3, question("A"))
    published(every_kind(groups=[late, early]))
    definition = queries.definition_of(queries.live_version("EVERY-KIND").pk)
    assert [one.key for one in definition.groups] == ["early", "late"]


@pytest.mark.req("SP-346")
def test_the_builder_explains_what_does_not_belong_in_a_repeating_group(owen: Client):
    services.start_working("HELP", content=every_kind(), by=None, now=NOON)
    for address in (at("group-new", "HELP"), at("group", "HELP", "parents")):
        page = owen.get(address).text
        assert "answered only once, such as views on education, does not belong in it" in page
        assert "its copies would be left blank" in page
    assert "gadael yn wag" in say("administration.FormGroup_RepeatHelp", "cy")

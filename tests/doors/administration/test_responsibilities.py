"""The authority keeps the list of responsibilities, and adds to it what schools agree on."""

import pytest

from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries
from guildhall.people.responsibilities.models import Responsibility

from ...people.membership.schools import a_place, a_school, a_supervisor, another_school
from ...people.responsibilities.scene import the
from ...people.responsibilities.test_list import a_proposal, say
from ...standing import a_person, an_administrator, come_in
from ...support.seen import seen_on

pytestmark = pytest.mark.django_db
LIST = "/council/administration/responsibilities/"
FOREST = {"en": "Forest School", "cy": "Ysgol Goedwig", "words_en": "Outside.", "words_cy": "Y tu allan."}


@pytest.fixture
def council(client):
    return come_in(client, an_administrator(), verified=True)


@pytest.mark.req("SC-051")
def test_an_administrator_adds_one_and_chooses_its_systems(council):
    wrong = council.post(LIST, {**FOREST, "cy": ""})
    assert wrong.status_code == 422
    assert "Enter the Welsh name" in wrong.text
    assert "Outside." in wrong.text, "nothing typed is lost"
    assert council.post(LIST, {**FOREST, "systems": ["emergency-contacts"]}).url == LIST
    added = Responsibility.objects.get(name__en="Forest School")
    assert added.systems == ["emergency-contacts"]

    page = council.get(f"{LIST}{added.pk}/").text
    assert 'value="Ysgol Goedwig"' in page
    council.post(
        f"{LIST}{added.pk}/", {**FOREST, **seen_on(page), "systems": ["online-admissions"], "act": "save"}
    )
    row = council.get("/schools/responsibilities/areas").text.split("Forest School</th>")[1].split("</tr>")[0]
    assert ("Online Admissions" in row, "Emergency Contacts" in row) == (True, False)
    for act, offered in (("up", True), ("retire", False), ("back", True)):
        council.post(f"{LIST}{added.pk}/", {"act": act})
        assert (added in queries.offered()) is offered


def test_the_list_costs_the_same_however_many_have_them(council, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert council.get(LIST).text.count("<tr") == len(queries.offered()) + 1


@pytest.mark.req("SC-052")
def test_an_administrator_asks_other_heads_and_adds_it_when_they_agree(council):
    proposal = a_proposal(a_supervisor())
    address = f"{LIST}proposals/{proposal.pk}/"
    assert address in council.get(f"{LIST}proposals/").text
    assert council.post(address, {"act": "ask"}).status_code == 422, "there is no other head"
    head = a_place("head@ysgol.example.org", another_school(), kind=SchoolPlace.Kind.HEADTEACHER)
    assert council.post(address, {"act": "ask"}).url == address
    assert council.post(address, {"act": "accept", **FOREST}).status_code == 422
    assert "Add it to the list" not in council.get(address).text

    say(proposal, head, agrees=False, words="Too narrow.")
    page = council.get(address).text
    assert "Agree: 0. Object: 1. No answer yet: 0." in page
    assert "Too narrow." in page
    say(proposal, head, agrees=True)
    assert "Add it to the list" in council.get(address).text
    assert council.post(address, {"act": "accept", **FOREST}).url == address
    assert the("Catering") in queries.offered()
    assert Responsibility.objects.filter(name__en="Forest School").exists()
    assert council.post(address, {"act": "decline", "answer": "No."}).status_code == 422


def test_a_proposal_is_declined_with_a_reason(council):
    proposal = a_proposal(a_place("elen@ysgol.example.org", a_school()))
    address = f"{LIST}proposals/{proposal.pk}/"
    assert council.post(address, {"act": "decline", "answer": " "}).status_code == 422
    council.post(address, {"act": "decline", "answer": "It is Curriculum."})
    assert "It is Curriculum." in council.get(address).text


def test_nobody_but_an_administrator_opens_it(client):
    for who in (
        a_person("officer@council.example.org", role="send-officer", team="send"),
        a_supervisor().user,
    ):
        come_in(client, who, verified=True)
        assert client.get(LIST).status_code == 403
        assert client.post(f"{LIST}{the('Catering').pk}/", {"act": "retire"}).status_code == 403
        client.logout()

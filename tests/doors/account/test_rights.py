"""Your information: a person asks for a right, sees how far it is, and takes it back."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.people.families.models import FamilyChild
from guildhall.work.privacy import services
from guildhall.work.privacy.models import RightsRequest
from tests.standing import NOON, a_parent, a_person, another_parent, come_in

pytestmark = pytest.mark.django_db
ASK, OWN = "account:rights-ask", "account:rights"


@pytest.fixture
def dilys(client: Client) -> Client:
    return come_in(client, a_parent())


def a_family_child() -> FamilyChild:
    return FamilyChild.objects.create(
        added_by=a_parent(), forename="Mali", surname="Pugh", born_on=NOON.date(), added_at=NOON
    )


def test_my_account_leads_to_your_information(dilys: Client):
    assert reverse(OWN) in dilys.get(reverse("account:home")).text
    assert "You have not asked for anything yet." in dilys.get(reverse(OWN)).text


@pytest.mark.parametrize("right", RightsRequest.Right.values)
def test_a_family_asks_for_any_right_for_a_child_and_sees_its_state(dilys: Client, right: str):
    child = a_family_child()

    response = dilys.post(
        reverse(ASK), {"right": right, "whom": str(child.pk), "words": "The street"}, follow=True
    )

    found = RightsRequest.objects.get()
    assert (found.right, found.family_child, found.asked_by) == (right, child.pk, a_parent())
    assert "Received" in response.text
    assert "The street" in response.text


def test_the_state_and_the_answer_are_seen(dilys: Client):
    found = services.ask_right(
        "objection", words="No letters", family_child=None, by=a_parent(), now=timezone.now()
    )
    officer = a_person("dpo@council.example.org", role="auditor")
    doing = {"by": officer, "now": timezone.now()}
    services.confirm_identity(found, how="account", record=None, **doing)
    assert "Being worked on" in dilys.get(reverse(OWN)).text

    services.decide_right(found, decision="refused", done="", answer="The law obliges us.", **doing)

    page = dilys.get(reverse(OWN)).text
    assert "Refused" in page
    assert "The law obliges us." in page
    unverified = come_in(Client(), a_parent(), verified=False).get(reverse(OWN)).text
    assert "The law obliges us." not in unverified
    assert "Read it in your messages" in unverified


def test_somebody_else_s_child_cannot_be_asked_about(client: Client):
    child = a_family_child()
    come_in(client, another_parent())

    response = client.post(reverse(ASK), {"right": "erasure", "whom": str(child.pk), "words": "Erase"})

    assert response.status_code == 422
    assert "Choose whose information it is" in response.text
    assert "Erase" in response.text
    assert not RightsRequest.objects.exists()


def test_a_request_is_taken_back_by_whoever_made_it_only(dilys: Client):
    dilys.post(reverse(ASK), {"right": "erasure", "whom": "me", "words": ""})
    back = reverse("account:rights-take-back", args=[RightsRequest.objects.get().pk])
    assert come_in(Client(), another_parent()).post(back).status_code == 404

    assert "Taken back" in dilys.post(back, follow=True).text

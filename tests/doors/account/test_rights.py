"""Your information: a person asks for a right, sees how far it is, and takes it back."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
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


def test_anybody_signed_in_complains_and_sees_by_when_it_is_confirmed_and_that_it_was(client: Client):
    officer = come_in(client, a_person("mair@council.example.org", role="send-officer"))
    officer.post(reverse(ASK), {"right": "complaint", "whom": "me", "words": "Sent to the wrong school"})
    found = RightsRequest.objects.get()
    assert "We confirm by" in officer.get(reverse(OWN)).text

    doing = {"by": a_person("dpo@council.example.org", role="auditor"), "now": timezone.now()}
    services.acknowledge_complaint(found, words="We are asking the school.", **doing)
    page = officer.get(reverse(OWN)).text
    assert "We are looking into it" in page
    assert "We are asking the school." in page
    services.decide_right(found, decision="granted", done="Told the school.", answer="Sorry.", **doing)

    page = officer.get(reverse(OWN)).text
    assert "We agree with your complaint" in page
    assert "Confirmed on" in page


def test_a_question_is_answered_on_the_page_and_an_empty_answer_is_refused_beside_it(dilys: Client):
    doing = {"by": a_person("dpo@council.example.org", role="auditor"), "now": timezone.now()}
    for words in ("One", "Two"):
        found = services.ask_right(
            "complaint", words=words, family_child=None, by=a_parent(), now=timezone.now()
        )
        services.ask_person(found, words=f"{words}: which school?", **doing)
    here, field = reverse("account:rights-reply", args=[found.pk]), f"reply-{found.pk}"

    refused = dilys.post(here, {field: " "})
    assert refused.status_code == 422
    assert refused.text.count("Write your answer to our question") == 2
    answered = dilys.post(here, {field: "Ysgol y Bryn"}, follow=True)

    assert "We have your answer." in answered.text
    assert answered.text.count('name="reply-') == 1
    found.refresh_from_db()
    assert (found.letters[-1]["words"], found.paused_on) == ("Ysgol y Bryn", None)
    assert come_in(Client(), another_parent()).post(here, {field: "x"}).status_code == 404


@pytest.mark.req("GH-048")
def test_the_copy_that_was_asked_for_is_downloaded_by_its_person_alone_while_it_lasts(dilys: Client):
    now = timezone.now()
    found = services.ask_right("access", words="", family_child=None, by=a_parent(), now=now)
    dpo, deputy = (a_person(f"{name}@council.example.org", role="auditor") for name in ("dpo", "deputy"))
    copy = reverse("account:rights-copy", args=[found.pk])
    services.confirm_identity(found, how="account", record=None, by=dpo, now=now)
    found = services.begin_pack_for(found, language="en", by=dpo, now=now)
    pack = services.gather(found.pack_request.pack, now=now, pages=500)
    services.check_pack(pack, kept=[], by=dpo, now=now)
    assert dilys.get(copy).status_code == 404
    services.release_pack(pack, by=deputy, now=now)
    assert dilys.get(copy).status_code == 404
    services.decide_right(found, decision="granted", done="Copied", answer="Here it is.", by=dpo, now=now)

    assert copy in dilys.get(reverse(OWN)).text
    file = dilys.get(copy)
    assert zipfile.ZipFile(BytesIO(b"".join(file.streaming_content))).namelist()[0] == "index.html"
    seen = Entry.objects.filter(verb="child.viewed", by_id=a_parent().pk, about_kind="privacy.pack")
    assert seen.count() == 1
    assert come_in(Client(), another_parent()).get(copy).status_code == 404
    unverified = come_in(Client(), a_parent(), verified=False)
    assert unverified.get(copy).status_code in {302, 403}
    assert copy not in unverified.get(reverse(OWN)).text
    services.forget_packs(now=now + timedelta(days=14))
    assert dilys.get(copy).status_code == 404

"""Requests for a right, as whoever answers for privacy sees and decides them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.people.accounts.models import User
from guildhall.records.children import queries as children
from guildhall.work.privacy import services
from guildhall.work.privacy.models import RightsRequest, Run
from tests.records.some import a_child
from tests.standing import a_parent, a_person, an_administrator, an_officer, come_in, may_look
from tests.work.cases.scene import a_case

pytestmark = pytest.mark.django_db
LIST = "administration:privacy-rights"
ONE = "administration:privacy-right"
ACT = "administration:privacy-right-act"


def an_auditor(name: str = "dpo") -> User:
    return a_person(f"{name}@council.example.org", role="auditor")


@pytest.fixture
def carys(client: Client) -> Client:
    return come_in(client, an_auditor())


def asked(right: str) -> RightsRequest:
    return services.ask_right(
        right, words="The street is wrong.", family_child=None, by=a_parent(), now=timezone.now()
    )


def written(**changes: str) -> dict[str, str]:
    today = timezone.localdate()
    given = {"right": "restriction", "kind": "child", "asker": "Their mother", "words": "Please stop"}
    parts = {"day": today.day, "month": today.month, "year": today.year}
    return given | {f"received-{part}": str(value) for part, value in parts.items()} | changes


def test_the_list_says_what_was_asked_and_how_long_there_is_and_no_names(carys: Client):
    assert "There are no requests." in carys.get(reverse(LIST)).text
    asked("erasure")

    listed = carys.get(reverse(LIST)).text

    assert "To erase it" in listed
    assert "28" in listed
    assert a_parent().surname not in listed


def test_a_request_on_paper_is_written_down_checked_granted_and_restricts_the_record(carys: Client):
    record = a_child()

    made = carys.post(reverse("administration:privacy-right-new"), written(who=str(record.pk)))
    found = RightsRequest.objects.get()
    assert made["Location"] == reverse(ONE, args=[found.pk])
    page = reverse(ACT, args=[found.pk, "identity"])
    carys.post(page, {"identity": "document", "record": str(record.pk)})
    typed = {"decision": "granted", "done": "Restricted.", "answer": "We stopped."}
    decided = carys.post(reverse(ACT, args=[found.pk, "decide"]), typed, follow=True)

    assert "Print this page" in decided.text
    assert children.use_is_restricted(record)
    may_look(an_officer(), record)
    officer = come_in(Client(), an_officer())
    assert "Use restricted" in officer.get(reverse("council:child", args=[record.pk])).text
    assert Entry.objects.filter(verb="child.viewed", about_kind="privacy.rightsrequest").exists()
    lifted = carys.post(reverse(ACT, args=[found.pk, "lift"]), follow=True)
    assert "The restriction is lifted." in lifted.text
    assert "Use restricted" not in officer.get(reverse("council:child", args=[record.pk])).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"who": "99"}, "Enter the number of a child"),
        ({"right": "x"}, "Choose what you want us to do"),
        ({"received-month": "13"}, "Enter the day the request was received"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(carys: Client, changes: dict[str, str], said: str):
    typed = written(who=str(a_child().pk)) | changes

    response = carys.post(reverse("administration:privacy-right-new"), typed)

    assert response.status_code == 422
    assert said in response.text
    assert "Please stop" in response.text


def test_a_decision_without_an_answer_keeps_what_was_typed(carys: Client):
    found = asked("objection")
    decide = reverse(ACT, args=[found.pk, "decide"])
    assert "Say first how you know who asked" in carys.post(decide, {"decision": "granted"}).text
    carys.post(reverse(ACT, args=[found.pk, "identity"]), {"identity": "account"})

    response = carys.post(decide, {"decision": "granted", "done": "Stopped the letters"})

    assert response.status_code == 422
    assert "Write your answer to the person" in response.text
    assert "Stopped the letters" in response.text


def test_what_goes_is_chosen_and_another_person_signs(carys: Client):
    case = a_case()
    found = asked("erasure")
    assert carys.get(reverse("administration:privacy-erase", args=[found.pk])).status_code == 404
    carys.post(reverse(ACT, args=[found.pk, "identity"]), {"identity": "account"})
    erase = reverse("administration:privacy-erase", args=[found.pk])
    assert case.reference in carys.get(erase).text
    assert "Choose at least one thing that goes" in carys.post(erase, {}).text

    listed = carys.post(erase, {"chosen": [f"forms:{case.reference}"]}, follow=True)

    assert "Would be deleted" in listed.text
    assert Run.objects.get().request == found


def test_nobody_else_sees_the_requests(client: Client):
    found = asked("access")
    for person in (a_parent(), an_officer(), an_administrator()):
        come_in(client, person)
        for page in (reverse(LIST), reverse(ONE, args=[found.pk])):
            assert client.get(page).status_code in {302, 403, 404}


def test_a_complaint_is_listed_with_its_days_acknowledged_and_decided(carys: Client):
    found = asked("complaint")
    asked("erasure")
    RightsRequest.objects.filter(pk=found.pk).update(received_on=timezone.localdate() - timedelta(days=32))
    listed = carys.get(reverse(LIST), {"right": "complaint"}).text
    assert "Late by 2" in listed
    assert reverse(ONE, args=[found.pk]) in listed
    assert listed.count("govuk-table__row") == 2
    page = carys.get(reverse(ONE, args=[found.pk])).text
    assert "Acknowledge the complaint" in page
    assert "How do you know who asked?" not in page

    here = reverse(ACT, args=[found.pk, "acknowledge"])
    assert "Write what you tell the person" in carys.post(here, {"acknowledgement": ""}).text
    carys.post(here, {"acknowledgement": "We are looking."})
    carys.post(reverse(ACT, args=[found.pk, "ask"]), {"question": "Which school?"})

    page = carys.get(reverse(ONE, args=[found.pk])).text
    assert "Which school?" in page
    assert "Acknowledge the complaint" not in page
    assert "Late by" not in carys.get(reverse(LIST)).text
    typed = {"decision": "refused", "done": "", "answer": "We were right to."}
    assert "Not upheld" in carys.post(reverse(ACT, args=[found.pk, "decide"]), typed, follow=True).text


def test_a_complaint_by_letter_is_written_down_and_acknowledged_on_paper(carys: Client):
    carys.post(reverse("administration:privacy-right-new"), written(right="complaint", who=str(a_child().pk)))
    found = RightsRequest.objects.get()
    page = carys.post(
        reverse(ACT, args=[found.pk, "acknowledge"]), {"acknowledgement": "We are looking."}, follow=True
    )

    assert "Print this page" in page.text
    assert "Ask the person" not in page.text

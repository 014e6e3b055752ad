"""Asking the Eligibility Checking Service, against the stand-in as a process of its own."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from guildhall.foundation.authority import services as authority
from guildhall.foundation.outbox import worker
from guildhall.foundation.outbox.models import Task
from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions.models import Submission
from guildhall.work.cases.models import Case
from guildhall.work.eligibility import standin
from guildhall.work.eligibility.models import Check
from guildhall.work.intake import services as intake

from ...definitions import a_draft, group, question, words
from ...standing import NOON, a_person, an_administrator, come_in

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=1)
PROGRAM = """
from guildhall.work.eligibility import standin
with standin.server(0) as service:
    print(service.server_address[1], flush=True)
    service.serve_forever()
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout
        yield f"http://127.0.0.1:{service.stdout.readline().strip()}"
        service.terminate()


def switch_on(address: str, *, password: str = standin.PASSWORD) -> None:
    values = {
        "eligibility.on": True,
        "eligibility.address": address,
        "eligibility.user": standin.USER,
        "eligibility.password": password,
        "eligibility.seconds": 5,
    }
    authority.change_settings(values, seen=None, words="", by=None, now=NOON)


def sent(kind: str, **answers: Any) -> Submission:
    plain = {
        "code": kind.upper(),
        "title": words("An application"),
        "portal": "citizen",
        "audience": "parent",
        "style": "steps",
        "destination": kind,
        "guidance": words("What you need."),
        "groups": [
            group(
                "all",
                2,
                question("CHILD_SURNAME", mandatory=True, identity="surname", max_length=60),
                question("CHILD_BORN_ON", "date", mandatory=True, identity="born_on", past=True),
                question("PARENT_SURNAME", max_length=60),
                question("PARENT_NI_NUMBER", max_length=13),
                question("ELIGIBILITY_CODE", max_length=20),
            )
        ],
    }
    given = {"CHILD_SURNAME": "Pritchard", "CHILD_BORN_ON": "2021-03-27"} | answers
    draft = a_draft(form=plain, answers=given)
    return intake.submit(draft.pk, sender=draft.owner, key=draft.key, declarations={"first"}, now=NOON)


def drain() -> None:
    worker.drain(clock=lambda: LATER)


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-343")
@pytest.mark.parametrize(
    ("number", "outcome"),
    [("qq 12 34 56 a", "eligible"), ("QQ123456B", "not-eligible"), ("QQ123456C", "not-found")],
)
@pytest.mark.parametrize("kind", ["free-school-meals", "two-year-olds"])
def test_the_service_is_asked_about_an_application_after_it_was_sent(address, kind, number, outcome):
    switch_on(address)
    submission = sent(kind, PARENT_NI_NUMBER=number)
    assert Check.objects.get().state == "waiting"

    drain()
    check = Check.objects.get(submission=submission)
    assert (check.state, check.outcome, check.answered_at) == ("answered", outcome, LATER)


@pytest.mark.req("SP-335")
@pytest.mark.parametrize(
    ("code", "said"), [("50012345678", "Valid"), ("40012345678", "Not valid"), ("123", "Not found")]
)
def test_a_citizen_sees_whether_a_thirty_hours_code_is_valid(client, address, code, said):
    switch_on(address)
    submission = sent("thirty-hours", ELIGIBILITY_CODE=code)
    drain()
    come_in(client, submission.sender)
    assert f">{said}" in re.sub(
        r"\s+<", "<", client.get(reverse("families:service", args=["thirty-hours"])).text
    )
    assert Message.objects.filter(to=submission.sender, subject__startswith="Your 30 hours code").count() == 1

    drain()
    assert Message.objects.filter(subject__startswith="Your 30 hours code").count() == 1


@pytest.mark.req("SP-343")
def test_without_the_service_officers_check_by_hand(client):
    submission = sent("free-school-meals", PARENT_NI_NUMBER="QQ123456A")
    assert Check.objects.get().state == "by-hand"
    assert not Task.objects.filter(kind="eligibility").exists()
    joe = a_person("joe@council.example.org", role="service-officer", team="benefits")
    shown = come_in(client, joe).get(reverse("council:case", args=[submission.reference])).text
    assert "Check this by hand" in shown


@pytest.mark.req("SP-343")
def test_officers_see_the_answer_beside_the_case(client, address):
    switch_on(address)
    submission = sent("free-school-meals", PARENT_NI_NUMBER="QQ123456A")
    joe = a_person("joe@council.example.org", role="service-officer", team="benefits")
    come_in(client, joe)
    page = reverse("council:case", args=[submission.reference])
    assert "has not answered yet" in client.get(page).text
    drain()
    assert "Eligible, says the Eligibility Checking Service" in client.get(page).text


def test_a_service_that_is_down_is_asked_again_and_nothing_is_lost(address):
    switch_on("http://127.0.0.1:9")
    sent("free-school-meals", PARENT_NI_NUMBER="QQ123456A")
    drain()
    task = Task.objects.get(kind="eligibility")
    assert task.state == Task.State.WAITING and task.last_error.startswith("FarSideDown")
    assert "Pritchard" not in task.last_error

    authority.change_setting("eligibility.address", value=address, by=None, now=NOON)
    worker.drain(clock=lambda: LATER + timedelta(hours=3))
    assert Check.objects.get().outcome == "eligible"


def test_a_check_that_waits_goes_to_officers_when_the_service_is_switched_off(address):
    switch_on(address)
    sent("free-school-meals", PARENT_NI_NUMBER="QQ123456A")
    authority.change_setting("eligibility.on", value=False, by=None, now=NOON)
    drain()
    assert Check.objects.get().state == "by-hand"


def test_forms_of_other_services_are_not_checked(address):
    switch_on(address)
    sent("transport")
    assert not Check.objects.exists()


@pytest.mark.req("SP-306")
def test_the_test_button_says_whether_the_service_is_there_and_knows_us(client, address):
    come_in(client, an_administrator())
    told = {}
    for name, where, password in (
        ("well", address, standin.PASSWORD),
        ("refused", address, "wrong"),
        ("silent", "http://127.0.0.1:9", "any"),
    ):
        switch_on(where, password=password)
        told[name] = client.post(reverse("administration:ecs-test"), follow=True).text
    assert "answered and knows your council" in told["well"]
    assert "refused the user name or password" in told["refused"]
    assert "Nobody answered" in told["silent"]


@pytest.mark.req("SP-333")
@pytest.mark.parametrize(
    ("kind", "team"),
    [
        ("thirty-hours", "early-years"),
        ("two-year-olds", "early-years"),
        ("courses", "training"),
        ("free-school-meals", "benefits"),
        ("school-places", "admissions"),
        ("transport", "transport"),
    ],
)
def test_each_application_comes_to_the_officers_of_its_service_and_to_no_others(client, kind, team):
    submission = sent(kind)
    assert Case.objects.get().team == team
    page = reverse("council:case", args=[submission.reference])
    own = a_person("own@council.example.org", role="service-officer", team=team)
    assert come_in(client, own).get(page).status_code == 200
    assert submission.reference in client.get(reverse("council:review") + f"?type={kind.upper()}").text
    other = a_person("other@council.example.org", role="send-officer", team="send")
    assert come_in(client, other).get(page).status_code == 404


def test_the_standin_speaks_to_nobody_without_its_password(address):
    switch_on(address, password="wrong")
    sent("free-school-meals", PARENT_NI_NUMBER="QQ123456A")
    drain()
    assert Task.objects.get(kind="eligibility").last_error.startswith("RefusedForGood")
    assert Check.objects.get().state == "waiting"

"""The communication log on the page of a form and of a child, as an officer reads and keeps it."""

import csv
import io
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.outbox.services import evidence
from guildhall.mail.messages.models import Message
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from guildhall.work.communications.models import Communication, Correction
from tests.standing import NOON, a_parent, a_person, an_officer, come_in
from tests.work.cases.scene import LETTER, an_open_case

pytestmark = pytest.mark.django_db
CALL = {
    "means": "telephone",
    "direction": "outgoing",
    "addressee": "Dr Price",
    "happened_on-day": "27",
    "happened_on-month": "3",
    "happened_on-year": "2026",
    "time": "14:30",
    "summary": "=HYPERLINK is no formula",
}


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def a_bounce() -> Case:
    """A case about which an officer wrote, and the email about it came back."""
    case = an_open_case()
    cases.write_message(case, LETTER, by=an_officer(), now=NOON)
    message = Message.objects.filter(about=case.reference, to=a_parent()).latest("sent_at")
    key = f"message-waiting:{message.pk}"
    evidence.sent(key, now=NOON)
    evidence.bounced(evidence.hash_of(key), code="5.1.1", now=NOON + timedelta(hours=1))
    return case


def log_of(case: Case) -> str:
    return reverse("council:case-log", args=[case.reference])


@pytest.mark.req("GH-011")
def test_a_bounce_is_shown_on_the_log_the_form_the_list_and_the_home_page(officer: Client):
    case = a_bounce()

    log = words(officer.get(log_of(case)))
    assert "Bounced" in log and "There is no such address. (code 5.1.1)" in log
    assert "An email about this form did not arrive (1)" in words(
        officer.get(reverse("council:case", args=[case.reference]))
    )
    assert case.reference in words(officer.get(reverse("council:not-arrived")))
    assert "1 to see to" in words(officer.get(reverse("council:home")))
    assert Entry.objects.filter(verb="child.viewed", detail__tab="communications").exists()


@pytest.mark.req("GH-011")
def test_a_call_noted_on_the_form_clears_the_list_and_stays_in_the_log(officer: Client):
    case = a_bounce()
    today = timezone.localdate()
    call = CALL | {
        "happened_on-day": str(today.day),
        "happened_on-month": str(today.month),
        "happened_on-year": str(today.year),
        "time": "",
        "key": str(uuid4()),
    }
    adding = reverse("council:case-note", args=[case.reference])
    for _ in range(2):
        saved = officer.post(adding, call, follow=True)

    assert "Dr Price" in words(saved)
    assert Communication.objects.count() == 1
    assert case.reference not in words(officer.get(reverse("council:not-arrived")))


@pytest.mark.req("GH-011")
def test_what_is_missing_is_said_and_what_was_typed_stays(officer: Client):
    case = an_open_case()
    wrong = CALL | {"addressee": "", "happened_on-day": "31", "happened_on-month": "2"}
    answer = officer.post(reverse("council:case-note", args=[case.reference]), wrong)

    assert answer.status_code == 422
    assert "Enter a name or choose an adult" in words(answer)
    assert "Enter a day and time that are past" in words(answer)
    assert "=HYPERLINK is no formula" in words(answer)
    for bad in ({"time": "25:99"}, {"time": "14:30+05:00"}, {"happened_on-year": "0"}, {"means": "message"}):
        assert (
            officer.post(reverse("council:case-note", args=[case.reference]), CALL | bad).status_code == 422
        )
    assert not Communication.objects.exists()


@pytest.mark.req("GH-011")
def test_a_line_is_corrected_and_struck_out_with_what_it_said_before(officer: Client):
    case = an_open_case()
    officer.post(reverse("council:case-note", args=[case.reference]), CALL | {"key": str(uuid4())})
    line = Communication.objects.get()
    address = reverse("council:communication", args=[line.pk])

    assert "Enter why you change it" in words(officer.post(address, CALL | {"seen": "1", "do": "save"}))
    officer.post(address, CALL | {"summary": "Sent", "reason": "Wrong way", "seen": "1", "do": "save"})
    officer.post(address, CALL | {"reason": "Noted twice", "seen": "2", "do": "strike"})

    assert [one.reason for one in Correction.objects.order_by("version")] == ["Wrong way", "Noted twice"]
    page = words(officer.get(address))
    assert "What it said before" in page and "=HYPERLINK is no formula" in page
    assert "Struck out" in words(officer.get(log_of(case)))
    officer.post(address, CALL | {"reason": "It was right", "seen": "3", "do": "count"})
    line.refresh_from_db()
    assert not line.struck_out


@pytest.mark.req("GH-011")
def test_the_log_is_filtered_sorted_and_taken_away_as_a_file_without_formulas(officer: Client):
    case = a_bounce()
    officer.post(reverse("council:case-note", args=[case.reference]), CALL | {"key": str(uuid4())})

    only = words(officer.get(log_of(case), {"state": "bounced"}))
    assert "About your form" in only and "HYPERLINK" not in only
    assert "No line of the log fits" in words(officer.get(log_of(case), {"q": "qqqq"}))
    assert officer.get(log_of(case), {"sort": "name", "page": "99", "means": "\x00x"}).status_code in {
        200,
        400,
    }

    file = officer.get(reverse("council:case-log-csv", args=[case.reference]), {"means": "telephone"})
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][:4] == ["2026-03-27 14:30", "Telephone call", "We told them", "Dr Price"]
    assert rows[1][5] == "'=HYPERLINK is no formula"
    assert file["Content-Disposition"].startswith("attachment")


@pytest.mark.req("SP-273")
def test_the_log_of_a_child_is_a_page_of_the_involvement(officer: Client):
    case = a_bounce()
    child = case.mention.child
    adding = reverse("council:child-note", args=[child.pk])
    officer.post(adding, CALL | {"means": "letter", "key": str(uuid4())})

    page = words(officer.get(reverse("council:child-log", args=[child.pk])))
    assert "Letter" in page and "About your form" in page and case.reference in page
    file = officer.get(reverse("council:child-log-csv", args=[child.pk]))
    assert "Dr Price" in file.content.decode()


def test_officers_of_another_team_have_no_log(client: Client):
    case = a_bounce()
    come_in(client, a_person("help@council.example.org", role="early-help-officer", team="early-help"))
    for name in ("case-log", "case-log-csv", "case-note"):
        assert client.get(reverse(f"council:{name}", args=[case.reference])).status_code == 404
    assert case.reference not in words(client.get(reverse("council:not-arrived")))

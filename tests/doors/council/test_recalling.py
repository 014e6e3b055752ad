"""A message to the wrong person is withdrawn: nothing of it is left where its reader looks."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.refusals import Refusal
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.mail.messages.models import Message, Recall
from guildhall.work.cases.models import Case
from guildhall.work.privacy.services.erasing import erase
from tests.standing import NOON, a_person, a_safeguarding_officer, an_officer, come_in
from tests.work.cases.scene import a_case_in

pytestmark = pytest.mark.django_db


def a_letter() -> tuple[Case, Message]:
    case = a_case_in("more-information")
    letter = Message.objects.get(to=case.submission.sender, from_user__isnull=False)
    Message.objects.filter(pk=letter.pk).update(
        subject="Withheld heading", body="Withheld words of another child"
    )
    return case, letter


def address(case: Case, letter: Message) -> str:
    return reverse("council:recall", args=[case.reference, letter.pk])


def test_the_reader_sees_that_it_was_withdrawn_and_nothing_of_what_it_said(client: Client):
    case, letter = a_letter()
    reader = case.submission.sender
    come_in(client, reader).get(reverse("inbox:message", args=[letter.pk]))

    answer = come_in(client, an_officer()).post(address(case, letter), {"reason": "Two families mixed up"})

    assert answer["Location"].endswith(f"#message-{letter.pk}")
    parent = come_in(Client(), reader)
    for page in (
        reverse("inbox:list"),
        reverse("inbox:message", args=[letter.pk]),
        reverse("inbox:conversation", args=[case.reference]),
    ):
        shown = parent.get(page).text
        assert "This message was withdrawn" in shown
        assert "Withheld" not in shown
        assert "Two families" not in shown
    entry = Entry.objects.get(verb="messages.recalled")
    assert entry.child_id == case.mention.child_id
    assert entry.detail == {"about": case.reference, "opened_before": True}


def test_the_form_s_page_says_whether_a_message_was_opened_and_keeps_what_it_said(client: Client):
    case, letter = a_letter()
    officer = come_in(client, an_officer())
    page = officer.get(reverse("council:case", args=[case.reference])).text
    assert "Not opened yet." in page
    assert address(case, letter) in page

    officer.post(address(case, letter), {"reason": "Two families mixed up"})

    assert "Withheld" not in officer.get(reverse("council:case", args=[case.reference])).text
    kept = officer.get(address(case, letter)).text
    for words in ("Withheld words", "Two families mixed up", "Nobody had opened it before."):
        assert words in kept


def test_it_asks_why_first_and_a_second_time_changes_nothing(client: Client):
    case, letter = a_letter()
    officer = come_in(client, an_officer())

    empty = officer.post(address(case, letter), {"reason": " "})
    assert empty.status_code == 422
    assert "Say why the message is withdrawn" in empty.text
    for reason in ("First", "Second"):
        officer.post(address(case, letter), {"reason": reason})

    recall = Recall.objects.get()
    assert (recall.reason, recall.body, recall.read_at) == ("First", "Withheld words of another child", None)
    assert Entry.objects.filter(verb="messages.recalled").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Recall.objects.update(reason="Third")


def test_only_who_reads_the_form_withdraws_its_messages_and_only_its_own(client: Client):
    case, letter = a_letter()
    other = messages.send(case.submission.sender, subject="s", body="b", key="k", now=NOON)

    assert come_in(client, a_safeguarding_officer()).get(address(case, letter)).status_code == 404
    officer = come_in(client, an_officer())
    assert officer.get(address(case, other)).status_code == 404
    with pytest.raises(Refusal):
        to_team = messages.answer_team(
            "send", by=case.submission.sender, subject="s", body="b", about=About(),
            key="t", now=NOON,
        )  # fmt: skip
        messages.recall(to_team, reason="x", child=None, by=an_officer(), now=NOON)


def test_who_answers_for_privacy_finds_them_from_the_breaches(client: Client):
    case, letter = a_letter()
    messages.recall(letter, reason="Two families", child=None, by=an_officer(), now=NOON)
    auditor = come_in(client, a_person("dpo@council.example.org", role="auditor"))
    page = reverse("administration:privacy-recalls")

    assert page in auditor.get(reverse("administration:privacy-breaches")).text
    listed = auditor.get(page).text
    assert case.reference in listed
    assert "Two families" in listed
    assert "Withheld" not in listed


def test_what_it_said_goes_with_the_form_when_its_time_is_over():
    case, letter = a_letter()
    messages.recall(letter, reason="x", child=None, by=an_officer(), now=NOON)

    erase("forms", case, by=None, run=None, now=NOON)

    assert not Recall.objects.exists()


def test_a_reason_that_is_too_long_stays_on_the_page_and_the_message_stays_too(client: Client):
    case, letter = a_letter()

    answer = come_in(client, an_officer()).post(address(case, letter), {"reason": "x" * 2_001})

    assert answer.status_code == 422
    assert "2,000 characters or fewer" in answer.text
    assert "x" * 2_001 in answer.text
    assert not Recall.objects.exists()


def test_what_no_database_keeps_is_left_out_of_a_reason(client: Client):
    case, letter = a_letter()

    come_in(client, an_officer()).post(address(case, letter), {"reason": "Two families\x00 mixed up"})

    assert Recall.objects.get().reason == "Two families mixed up"

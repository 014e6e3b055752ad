"""Asked of me: what somebody is asked for, at either portal, and answering it in place."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.work.advice import services
from guildhall.work.advice.models import Answer, Requested
from tests.standing import a_parent, a_professional, an_officer, come_in
from tests.work.advice.scene import DETAILS, DUE, a_request
from tests.work.sharing.scene import an_entry, not_authenticated, on_involvement

pytestmark = [pytest.mark.django_db, pytest.mark.req("GH-010")]


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page(requested: Requested, door: str = "professionals") -> str:
    return reverse(f"{door}:asked-one", args=[requested.key])


def test_somebody_asked_sees_what_and_by_when_and_answers_with_a_file(client: Client):
    requested = a_request()
    come_in(client, a_professional())
    listed = words(client.get("/professionals/asked/"))
    assert requested.involvement.child.name in listed
    assert f"{DUE.day} " in listed
    assert DETAILS in words(client.get(page(requested)))

    file = SimpleUploadedFile("report.txt", b"She reads well.", content_type="text/plain")
    sent = client.post(page(requested), {"words": "See my report.", "files": [file]}, follow=True)

    assert "Your answer has been sent" in words(sent)
    assert "See my report. " in words(sent)
    assert "report.txt" in words(sent)
    requested.refresh_from_db()
    assert requested.received_on is not None
    seen = Audited.objects.filter(verb="child.viewed", by_id=a_professional().pk)
    assert seen.filter(child_id=requested.involvement.child_id).exists()


def test_a_parent_is_asked_at_their_own_door(client: Client):
    requested = a_request(on_involvement(an_entry(), a_parent()))
    come_in(client, a_parent())

    assert client.get(page(requested, "families")).status_code == 200
    assert "Asked of me (1 waiting)" in words(client.get("/shared/"))


def test_an_empty_answer_says_what_to_do_and_keeps_nothing(client: Client):
    requested = a_request()
    come_in(client, a_professional())

    answer = client.post(page(requested), {"words": "  "})

    assert answer.status_code == 422
    assert "Write your answer or add a file" in words(answer)
    assert not Answer.objects.exists()


def test_access_ends_with_the_next_request(client: Client):
    requested = a_request()
    come_in(client, a_professional())
    entry = requested.portal_user
    assert entry is not None
    not_authenticated(entry)

    assert client.get(page(requested)).status_code == 404
    assert client.post(page(requested), {"words": "Here"}).status_code == 404
    assert requested.involvement.child.name not in words(client.get("/professionals/asked/"))


def test_nobody_sees_what_another_was_asked(client: Client):
    requested = a_request()
    on_involvement(an_entry(), a_parent())
    come_in(client, a_parent())

    assert client.get(page(requested, "families")).status_code == 404


def test_before_they_are_told_there_is_nothing_to_see(client: Client):
    requested = a_request(notified_on=None)
    come_in(client, a_professional())

    assert client.get(page(requested)).status_code == 404
    assert requested.involvement.child.name not in words(client.get("/professionals/asked/"))


def test_somebody_who_cannot_give_it_says_why_and_can_answer_after_all(client: Client):
    requested = a_request()
    come_in(client, a_professional())

    empty = client.post(page(requested), {"do": "decline", "why": " "})
    sent = client.post(page(requested), {"do": "decline", "why": "Ask Ms Rees."}, follow=True)

    assert (empty.status_code, "Say why you cannot give this information" in words(empty)) == (422, True)
    assert "You told us that you cannot give this" in words(sent)
    assert "Ask Ms Rees." in words(sent)
    assert "Your answer has been sent" in words(client.post(page(requested), {"words": "Here"}, follow=True))


def test_what_more_is_asked_stands_under_the_first_answer_and_is_answered_there(client: Client):
    requested = a_request()
    come_in(client, a_professional())
    client.post(page(requested), {"words": "She reads well."})
    requested.refresh_from_db()
    more, due_on = "And in maths?", timezone.localdate() + timedelta(days=9)
    how: dict[str, Any] = {"key": uuid4(), "by": an_officer(), "now": timezone.now()}
    services.ask_more(requested, services.More(more, due_on), seen=requested.version, **how)

    shown = words(client.get(page(requested)))
    client.post(page(requested), {"words": "She adds to 20."})

    assert shown.index("She reads well.") < shown.index("We ask you for more") < shown.index(more)
    both = words(client.get(page(requested)))
    assert "She reads well." in both
    assert "She adds to 20." in both


def test_a_form_that_was_asked_for_can_be_started_from_there(client: Client):
    requested = a_request(wanted="SEND-SHORT")
    come_in(client, a_professional())

    shown = client.get(page(requested)).content.decode()

    assert reverse("filling:start", args=["SEND-SHORT"]) in shown

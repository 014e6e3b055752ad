"""Information Requested as an officer uses it: adding, telling, following, removing, printing."""

import csv
import io
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.work.advice import queries, services
from guildhall.work.advice.models import Requested
from tests.standing import a_parent, an_officer, come_in
from tests.support.seen import seen_at
from tests.work.advice.scene import DETAILS, a_request, a_request_without_account, a_teacher_on
from tests.work.sharing.scene import an_entry, child_of

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page(name: str, requested: Requested, *more: Any) -> str:
    return reverse(f"council:{name}", args=[requested.involvement.child_id, requested.pk, *more])


def listed(requested: Requested, name: str = "advice") -> str:
    return reverse(f"council:{name}", args=[requested.involvement.child_id])


def days(name: str, when: Any) -> dict[str, str]:
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


@pytest.mark.req("SP-249", "SP-250")
def test_ok_shows_the_entry_with_address_and_role_of_the_account_and_save_keeps_it(officer: Client):
    entry = a_teacher_on(an_entry())
    address = reverse("council:advice-add", args=[entry.involvement.child_id])
    due = timezone.localdate() + timedelta(days=30)
    typed = {"portal_user": str(entry.pk), "details": DETAILS} | days("due_on", due)

    checked = officer.post(address, typed | {"do": "ok"})

    assert f"{entry.user.email} Role SENCO" in words(checked)
    assert not Requested.objects.exists()
    saved = officer.post(address, typed | {"do": "save"}, follow=True)
    requested = Requested.objects.get()
    assert saved.redirect_chain[-1][0] == page("advice-entry", requested)
    assert (requested.portal_user, requested.details, requested.due_on) == (entry, DETAILS, due)
    assert DETAILS in words(officer.get(listed(requested)))


@pytest.mark.req("SP-249")
def test_what_is_wrong_stands_by_its_field_and_nothing_typed_is_lost(officer: Client):
    child = child_of(an_entry())
    address = reverse("council:advice-add", args=[child.pk])

    answer = officer.post(address, {"details": "Typed at length", "due_on-day": "31", "do": "ok"})

    assert answer.status_code == 422
    assert "Typed at length" in answer.content.decode()
    nothing = words(officer.post(address, {"do": "ok"}))
    for wrong in (
        "Choose a portal user or a person",
        "Enter the information that you",
        "Enter the day on which",
    ):
        assert wrong in nothing
    again = officer.post(address, {"details": "Typed", "do": "back"})
    assert (again.status_code, "Typed" in again.content.decode()) == (200, True)


def test_a_new_entry_is_due_when_the_time_of_the_law_is_over(officer: Client):
    child = child_of(an_entry())

    answer = officer.get(reverse("council:advice-add", args=[child.pk]))

    due = timezone.localdate() + timedelta(weeks=6)
    assert f'name="due_on-day" type="text" value="{due.day}"' in answer.content.decode() or (
        f'value="{due.year}"' in answer.content.decode()
    )


@pytest.mark.req("SP-249", "SP-253")
def test_an_entry_is_changed_removed_after_asking_and_put_back(officer: Client):
    requested = a_request_without_account()
    typed = {"name": "Dr Jones", "details": "More", "seen": str(requested.version), "do": "save"}
    officer.post(page("advice-change", requested), typed | days("due_on", requested.due_on))
    requested.refresh_from_db()
    assert (requested.name, requested.details) == ("Dr Jones", "More")

    assert "Remove this request?" in words(officer.get(page("advice-remove", requested)))
    officer.post(page("advice-remove", requested), {"seen": str(requested.version)})
    assert "Removed requests (1)" in words(officer.get(listed(requested)))
    officer.post(page("advice-put-back", requested))

    requested.refresh_from_db()
    assert requested.removed_at is None
    shown = words(officer.get(page("advice-entry", requested)))
    assert all(act in shown for act in ("Recorded", "Changed", "Removed", "Put back"))


@pytest.mark.req("SP-344")
def test_the_officer_tells_by_message_and_letter_and_sees_both(officer: Client):
    requested = a_request()
    sent = timezone.localdate()

    officer.post(page("advice-tell", requested), {"means": ["message", "letter"]} | days("sent_on", sent))

    assert "Portal message Letter" in words(officer.get(listed(requested)))
    for kind in ("pdf", "docx"):
        assert officer.get(page("advice-letter", requested, kind)).status_code == 200
    assert officer.get(page("advice-letter", requested, "exe")).status_code == 404


def test_telling_by_nothing_says_what_to_choose(officer: Client):
    answer = officer.post(page("advice-tell", a_request()), {})

    assert answer.status_code == 422
    assert "Choose how they should be told" in words(answer)


@pytest.mark.req("SP-345")
def test_the_list_is_filtered_and_taken_away_as_it_is_filtered(officer: Client):
    requested = a_request_without_account(name="=cmd()", details="About reading")
    a_request(child=requested.involvement.child, name="Dr Jones")

    assert "Dr Jones" not in words(officer.get(f"{listed(requested)}?q=reading"))
    answer = officer.get(f"{listed(requested, 'advice-csv')}?q=reading")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Portal Name", "'=cmd()"]
    assert rows[1][4] == "About reading"
    assert officer.get(listed(requested, "advice-pdf")).content.startswith(b"%PDF")
    assert "No request matches" in words(officer.get(f"{listed(requested)}?state=received"))


@pytest.mark.req("SP-345")
def test_what_the_law_gives_stands_beside_each_request(officer: Client):
    long_ago = timezone.localdate() - timedelta(days=60)
    requested = a_request_without_account(
        notified_on=long_ago, due_on=long_ago + timedelta(days=42), now=timezone.now()
    )

    shown = words(officer.get(listed(requested)))

    assert "regulation 8" in shown
    assert "Time by law is over" in shown
    assert "Late" in shown


def test_the_list_costs_no_more_for_more_requests(officer: Client):
    requested = a_request()
    officer.get(listed(requested))
    with CaptureQueriesContext(connection) as few:
        officer.get(listed(requested))
    for _ in range(4):
        a_request(requested.portal_user)
    with CaptureQueriesContext(connection) as many:
        officer.get(listed(requested))

    assert len(many) == len(few)


def test_looking_is_kept(officer: Client):
    requested = a_request()

    officer.get(page("advice-entry", requested))

    looked = Audited.objects.filter(verb="child.viewed", child_id=requested.involvement.child_id)
    assert looked.filter(by_id=an_officer().pk, detail__tab="advice").exists()


def test_nobody_else_comes_in(client: Client):
    requested = a_request()
    come_in(client, a_parent())

    answers = [client.get(listed(requested)), client.get(page("advice-entry", requested))]

    assert {answer.status_code for answer in answers} == {403}


def test_an_entry_of_another_child_is_not_found(officer: Client):
    requested, other = a_request_without_account(), child_of(an_entry())

    answer = officer.get(reverse("council:advice-entry", args=[other.pk, requested.pk]))

    assert answer.status_code == 404


@pytest.mark.req("GH-010")
def test_the_officer_reads_the_answer_on_the_entry(officer: Client):
    requested = a_request()
    entry = requested.portal_user
    assert entry is not None
    now = timezone.now()
    services.answer(requested, words="She reads well.", uploads=[], key=uuid4(), by=entry.user, now=now)

    assert "She reads well." in words(officer.get(page("advice-entry", requested)))
    assert queries.waiting_for(entry.user) == 0


@pytest.mark.req("GH-010")
def test_an_officer_asks_for_more_of_what_was_answered(officer: Client):
    requested = a_request()
    who = requested.portal_user
    assert who is not None
    how: dict[str, Any] = {"uploads": [], "key": uuid4(), "by": who.user, "now": timezone.now()}
    services.answer(requested, words="She reads well.", **how)
    assert "Ask for more" in words(officer.get(page("advice-entry", requested)))
    due_on = timezone.localdate() + timedelta(days=9)

    typed = {"words": "And in maths?"} | days("due_on", due_on)
    unseen = officer.post(page("advice-more", requested), typed)
    assert "changed or answered meanwhile" in words(unseen), "it says nothing of what it saw"
    typed |= seen_at(officer, page("advice-more", requested))
    empty = officer.post(page("advice-more", requested), typed | {"words": ""})
    asked = officer.post(page("advice-more", requested), typed, follow=True)

    assert "Enter what is still missing" in words(empty)
    assert "She reads well." in words(asked)
    assert "And in maths?" in words(asked)
    requested.refresh_from_db()
    assert (requested.received_on, requested.due_on) == (None, due_on)
    again = officer.post(page("advice-more", requested), typed | {"seen": requested.version})
    assert "This request still waits for its answer" in words(again)


def test_the_entry_says_that_nobody_was_told_and_who_declined(officer: Client):
    untold, declined = a_request(notified_on=None), a_request()
    who = declined.portal_user
    assert who is not None
    services.decline(declined, words="Ask Ms Rees.", key=uuid4(), by=who.user, now=timezone.now())

    assert "has not been told" in words(officer.get(page("advice-entry", untold)))
    shown = words(officer.get(page("advice-entry", declined)))
    assert "cannot give it" in shown
    assert "Ask Ms Rees." in shown
    assert "Cannot give it" in words(officer.get(listed(declined) + "?state=declined"))

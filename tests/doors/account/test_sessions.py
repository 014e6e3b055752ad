"""How long a session counts, and that nothing typed is lost when it ends."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.outbox.models import Task
from guildhall.people.accounts.models import HeldPost

from ...mailbox import code_in, deliver, last_letter
from ...standing import PASSPHRASE, a_parent, another_parent, come_in

ADD = {
    "child_forename": "Gwenllian",
    "child_surname": "Pritchard",
    "child_born_on-day": "9",
    "child_born_on-month": "2",
    "child_born_on-year": "2016",
    "relationship": "mother",
}


def sign_in(client: Client, email: str, **more: str):
    first = client.post("/account/sign-in", {"name": email, "password": PASSPHRASE} | more)
    assert first.url == "/account/sign-in/code"
    return client.post(first.url, {"code": code_in(last_letter(email))})


@pytest.mark.django_db
def test_an_idle_session_ends_after_thirty_minutes_and_returns_to_the_same_page(client):
    dilys = a_parent()
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client, dilys.email)
        clock.move_to(start + timedelta(minutes=29))
        assert client.get("/family/").status_code == 200
        clock.move_to(start + timedelta(minutes=58))
        assert client.get("/family/").status_code == 200
        clock.move_to(start + timedelta(minutes=58 + 32))
        gone = client.get("/family/?from=menu")
        assert gone.url == "/account/sign-in?next=%2Ffamily%2F%3Ffrom%3Dmenu"
        assert "You were away for a while" in client.get(gone.url).text
        assert sign_in(client, dilys.email, next="/family/?from=menu").url == "/family/?from=menu"
    assert Entry.objects.filter(verb="account.signed_out", detail__how="idle").count() == 1


@pytest.mark.django_db
def test_a_session_ends_after_twelve_hours_however_busy_it_is(client):
    dilys = a_parent()
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client, dilys.email)
        for minutes in range(20, 12 * 60, 20):
            clock.move_to(start + timedelta(minutes=minutes))
            assert client.post("/account/keep-alive").status_code == 204
        clock.move_to(start + timedelta(hours=12))
        assert client.get("/home").status_code == 302


@pytest.mark.django_db
def test_what_runs_in_the_background_keeps_nobody_signed_in(client):
    dilys = a_parent()
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client, dilys.email)
        for minutes in (15, 29):
            clock.move_to(start + timedelta(minutes=minutes))
            assert client.get("/home", headers={"x-background": "1"}).status_code == 200
        clock.move_to(start + timedelta(minutes=32))
        assert client.get("/home").status_code == 302


@pytest.mark.django_db
def test_seen_is_written_at_most_once_a_minute(client, django_assert_num_queries):
    dilys = a_parent()
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        come_in(client, dilys)
        client.post("/account/keep-alive")
        clock.move_to(start + timedelta(seconds=59))
        client.post("/account/keep-alive")
        assert client.session["seen"] == int(start.timestamp())
        clock.move_to(start + timedelta(seconds=60))
        client.post("/account/keep-alive")
        assert client.session["seen"] == int(start.timestamp()) + 60


@pytest.mark.django_db
@pytest.mark.parametrize("lose", ["idle", "session row deleted"])
def test_a_post_after_the_session_has_ended_is_kept_and_sent_again(client, lose):
    dilys = a_parent()
    start = timezone.now()
    text = "Mill Street"
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client, dilys.email)
        client.get("/family/add")
        if lose == "idle":
            clock.move_to(start + timedelta(minutes=40))
        else:
            clock.move_to(start + timedelta(minutes=1))
            client.session.flush()
        late = client.post("/family/add", ADD | {"street": text})
        assert late.url == "/account/sign-in?next=%2Faccount%2Fheld"

        assert "What you typed is kept." in client.get(late.url).text
        assert sign_in(client, dilys.email, next="/account/held").url == "/account/held"
        page = client.get("/account/held").text
        assert 'action="/family/add"' in page
        assert "Mill Street" in page
        assert 'csrfmiddlewaretoken" hidden' not in page
    held = HeldPost.objects.get()
    assert dict(held.fields)["child_forename"] == "Gwenllian"


@pytest.mark.django_db
def test_a_held_post_is_nobody_elses_and_is_gone_after_an_hour(client):
    dilys, marek = a_parent(), another_parent()
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        come_in(client, dilys)
        client.get("/home")
        client.session.flush()
        client.post("/family/add", ADD)
        come_in(client, marek)
        assert client.get("/account/held").url == "/home"
        come_in(client, dilys)
        assert client.get("/account/held").status_code == 200
        clock.move_to(start + timedelta(minutes=61))
        client.session.flush()
        come_in(client, dilys)
        assert client.get("/account/held").url == "/home"
        deliver(timezone.now())
    assert not HeldPost.objects.exists()
    assert not Task.objects.filter(kind="held-post").exclude(state="done").exists()


@pytest.mark.django_db
def test_passwords_are_never_held(client):
    dilys = a_parent()
    come_in(client, dilys)
    client.get("/home")
    client.session.flush()
    client.post(
        "/account/change-password", {"old_password": PASSPHRASE, "password": "x", "password_again": "x"}
    )
    assert HeldPost.objects.get().fields == []


@pytest.mark.django_db
def test_nothing_is_held_for_a_stranger_or_without_measure(client):
    assert client.post("/family/add", ADD).url.startswith("/account/sign-in?next=%2Ffamily%2Fadd")
    come_in(client, a_parent())
    client.get("/home")
    client.session.flush()
    client.post("/family/add", {"street": "x" * 2_000_001})
    assert not HeldPost.objects.exists()


@pytest.mark.django_db
def test_a_pages_script_is_told_to_sign_in_instead(client):
    come_in(client, a_parent())
    client.session.flush()
    answer = client.post("/family/add", ADD, headers={"x-page": "/family/"})
    assert answer.status_code == 401
    assert answer.json() == {"sign_in": "/account/sign-in?next=%2Ffamily%2F"}


@pytest.mark.django_db
def test_a_page_that_was_open_during_signing_in_can_still_be_sent():
    dilys = a_parent()
    client = Client(enforce_csrf_checks=True)
    token = client.get("/account/sign-in").context["csrf_token"]
    fields = {"name": dilys.email, "password": PASSPHRASE, "csrfmiddlewaretoken": str(token)}
    client.post("/account/sign-in", fields)
    code = code_in(last_letter(dilys.email))
    client.post("/account/sign-in/code", {"code": code, "csrfmiddlewaretoken": str(token)})
    sent = client.post("/account/keep-alive", {"csrfmiddlewaretoken": str(token)})
    assert sent.status_code == 204
    assert client.post("/account/keep-alive").status_code == 403

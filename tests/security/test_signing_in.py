"""Guessing passwords and codes, telling accounts apart, stealing sessions, leading people elsewhere.

Rows T5 to T8 and T11 of the threat table; each has a control that would fail without its protection.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.models import Task
from guildhall.people.accounts import rules
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import Guard, Proof
from guildhall.people.accounts.services import sign_in
from guildhall.people.membership import services as membership

from ..mailbox import code_in, last_letter
from ..standing import NOON, PASSPHRASE, a_parent, another_parent, come_in

SIGN_IN, CODE = "/account/sign-in", "/account/sign-in/code"


def post(client: Client, name: str, password: str = PASSPHRASE, address: str = "192.0.2.1", **more: str):
    return client.post(SIGN_IN, {"name": name, "password": password} | more, REMOTE_ADDR=address)


def code_for(user, client: Client) -> str:
    post(client, user.email)
    sent = Proof.objects.filter(user=user, purpose="sign-in").latest("pk")
    return code_in(last_letter(user.email)) if sent else ""


# T5: nobody learns whether an account exists (more of it in test_enumeration)


@pytest.mark.django_db
def test_locking_tells_nothing_either():
    a_parent()
    for who in ("dilys@example.org", "nobod@example.org"):
        answers = [post(Client(), who, "wrong password", "198.51.100.7") for _ in range(12)]
        assert {answer.status_code for answer in answers} == {422}
        assert len({len(answer.content) for answer in answers}) == 1


def nothing_matches(monkeypatch):
    """No password is right; the tries that were checked are in the list."""
    checked = []
    monkeypatch.setattr(sign_in, "password_matches", lambda *given, **_more: checked.append(given))
    return checked


@pytest.mark.django_db
def test_an_unknown_name_costs_the_hash_that_a_wrong_password_costs(monkeypatch):
    a_parent()
    calls = []
    real = sign_in.password_matches

    def matches(*given, **more):
        calls.append(given)
        return real(*given, **more)

    monkeypatch.setattr(sign_in, "password_matches", matches)
    for who in ("dilys@example.org", "nobody@example.org"):
        calls.clear()
        post(Client(), who, "wrong password")
        assert len(calls) == 1, who
        assert calls[0][1].startswith("argon2")


# T6: guessing passwords


def guess(name: str, password: str, address: str) -> None:
    """One wrong password, without the page."""
    with pytest.raises(Refusal):
        accounts.check_password(name, password, address=address, now=timezone.now())


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
def test_a_thousand_tries_from_a_hundred_places_check_ten_passwords(monkeypatch):
    dilys = a_parent()
    checked = nothing_matches(monkeypatch)
    for turn in range(1000):
        guess(dilys.email, f"guess {turn}", f"203.0.113.{turn % 100}")
    assert len(checked) == 10
    assert Task.objects.filter(payload__subject="account.EmailSubject_AccountLocked").count() == 1


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
def test_at_most_a_hundred_passwords_a_day_are_checked(monkeypatch):
    dilys = a_parent()
    checked = nothing_matches(monkeypatch)
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        for turn in range(150):
            clock.move_to(start + timedelta(minutes=9 * turn))
            post(Client(), dilys.email, "guess", f"203.0.113.{turn}")
    assert len(checked) <= 100


@pytest.mark.django_db
def test_one_place_is_stopped_before_it_has_tried_fifty_accounts_of_five_hundred(monkeypatch):
    checked = nothing_matches(monkeypatch)
    for number in range(499):
        guess(f"person{number}@example.org", "guess", "192.0.2.1")
    assert len(checked) < 50
    stopped = post(Client(), "person499@example.org", "guess", "192.0.2.1")
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    assert post(Client(), "else@example.org", "guess", "192.0.2.200").status_code == 422


@pytest.mark.django_db
def test_a_lock_cannot_be_kept_up_against_its_owner():
    dilys = a_parent()
    for turn in range(12):
        post(Client(), dilys.email, "guess", f"203.0.113.{turn}")
    link = last_letter(dilys.email).text.split("/account/unlock/")[1].split()[0]
    Client().post(f"/account/unlock/{link}")
    assert post(Client(), dilys.email).status_code == 302


# T7: guessing codes


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
def test_restarting_sign_in_gives_no_more_guesses():
    dilys = a_parent()
    start = timezone.now()
    guesses = 0
    with time_machine.travel(start, tick=False) as clock:
        for turn in range(100):
            clock.move_to(start + timedelta(seconds=35 * turn))
            client = Client()
            if post(client, dilys.email, address=f"203.0.113.{turn}").status_code != 302:
                continue
            for _ in range(4):
                answer = client.post(CODE, {"code": "000000"})
                guesses += "is invalid" in answer.text or "is locked" in answer.text
                if "is locked" in answer.text:
                    break
    assert 0 < guesses <= 20


@pytest.mark.django_db
def test_at_most_sixty_codes_a_day_are_checked():
    limit, guard = rules.code_limit(), Guard()
    checked, moment = 0, NOON
    for _ in range(24 * 60):
        moment += timedelta(minutes=1)
        if not rules.is_shut(guard, moment):
            rules.count_try(guard, limit, moment)
            checked += 1
    assert checked <= 60


@pytest.mark.django_db
def test_used_old_and_other_peoples_codes_are_refused():
    dilys, marek = a_parent(), another_parent()
    mine, other, mareks = Client(), Client(), Client()
    code = code_for(dilys, mine)
    post(other, dilys.email)
    post(mareks, marek.email)
    for client in (other, mareks):
        assert client.post(CODE, {"code": code}).status_code == 422
    assert mine.post(CODE, {"code": code}).status_code == 422, "a newer one was sent"


@pytest.mark.django_db
def test_a_code_opens_one_session_only():
    dilys = a_parent()
    client = Client()
    code = code_for(dilys, client)
    pending = client.session["pending"]["key"]
    accounts.check_code(dilys, code, bound_to=pending, now=timezone.now())
    with pytest.raises(accounts.WrongCode):
        accounts.check_code(dilys, code, bound_to=pending, now=timezone.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a database that takes several writers")
def test_of_two_right_codes_at_the_same_moment_one_counts():
    dilys, client, start = a_parent(), Client(), Barrier(2)
    code = code_for(dilys, client)
    pending, now = client.session["pending"]["key"], timezone.now()

    def enter(_turn: int) -> bool:
        try:
            start.wait()
            accounts.check_code(dilys, code, bound_to=pending, now=now)
        except accounts.WrongCode:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(enter, range(2))) == [False, True]


@pytest.mark.django_db
def test_codes_and_links_are_not_in_the_database_in_words():
    dilys = a_parent()
    code = code_for(dilys, Client())
    proof = Proof.objects.get()
    assert code not in (proof.code_digest, proof.bound_to)
    assert len(proof.code_digest) == 64


# T8: sessions


@pytest.mark.django_db
def test_a_session_key_from_before_signing_in_opens_nothing():
    dilys = a_parent()
    client = Client()
    client.get("/account/register/data-protection?next=/home")
    planted = client.session.session_key
    code = code_for(dilys, client)
    between = client.session.session_key
    client.post(CODE, {"code": code})
    assert len({planted, between, client.session.session_key}) == 3
    for old in (planted, between):
        thief = Client()
        thief.cookies["session"] = old
        assert thief.get("/home").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("event", ["password", "disabled", "two-step", "sessions ended"])
def test_what_changes_an_account_ends_its_sessions(event):
    dilys = a_parent()
    client = come_in(Client(), dilys)
    assert client.get("/home").status_code == 200
    now = timezone.now()
    if event == "password":
        accounts.change_password(dilys, old=PASSPHRASE, new="purple hill tractor moon", now=now)
    elif event == "disabled":
        type(dilys).objects.filter(pk=dilys.pk).update(state="disabled")
    elif event == "two-step":
        accounts.change_two_step(dilys, method="none", now=now)
    else:
        accounts.end_sessions(dilys)
    assert client.get("/home").status_code == 302


@pytest.mark.django_db
def test_a_role_that_ended_opens_nothing_at_the_next_request():
    dilys = a_parent()
    client = come_in(Client(), dilys)
    assert client.get("/family/").status_code == 200
    membership.end_role(dilys.memberships.get(), by=None, now=NOON)
    assert client.get("/family/").status_code == 403


# T11: leading people elsewhere

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "http:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "/path//evil.example",
    "/%2f/evil.example",
    "/%5cevil.example",
    "/home\r\nLocation: https://evil.example",
    "/home\t//evil",
    " /home",
    "//\x00evil.example",
    "//localhost@evil.example",
    "/.evil.example",
    "/nowhere",
    "?next=//evil",
    "home",
    "/account/sign-out",
    "/account/sign-in",
    "////evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    "\r\n//evil.example",
    "\u00a0//evil.example",
    "\u3000//evil.example",
    "//evil.example/home",
    "//evil.example:443/home",
    "//evil%2eexample",
    "//[::1]/home",
    "//2130706433/",
    "//0x7f.1/",
    "/\\/evil.example",
    "\\/\\/evil.example",
    "/home\\..\\evil",
    "/home//evil.example",
    "/home/..//evil.example",
    "/./\\evil.example",
    "/%09/evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "%2f%2fevil.example",
    "%68ttps://evil.example",
    "HTTPS://evil.example",
    "https:\\\\evil.example",
    "https:///evil.example",
    "https://localhost@evil.example",
    "https://evil.example#localhost",
    "ftp://evil.example",
    "data:text/html,evil",
    "vbscript:evil",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "//evil.example\\@localhost",
    "//evil\u3002example",
    "/\u2215evil.example",
    "\uff0f\uff0fevil.example",
    "@evil.example",
    ".evil.example",
]


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_only_to_our_own_pages(target):
    dilys = a_parent(two_step="none")
    assert post(Client(), dilys.email, next=target).url == "/home"
    client = come_in(Client(), dilys)
    assert client.get(SIGN_IN, {"next": target}).url == "/home"
    assert client.post("/account/language", {"language": "en", "next": target}).url in {"/", target}
    if not target.startswith("/account"):
        assert client.post("/account/language", {"language": "en", "next": target}).url == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["/home", "/family/", "/send/?x=1", "/account/personal-details"])
def test_our_own_pages_are_reached(target):
    dilys = a_parent(two_step="none")
    assert post(Client(), dilys.email, next=target).url == target
    assert reverse("families:home") == "/home"

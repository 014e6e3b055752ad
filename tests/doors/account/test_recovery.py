"""Getting an account back: whatever was reset, the password alone never opens what needs two steps (T31)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.codes import new_key
from guildhall.people.accounts.models import Passkey, User
from guildhall.people.accounts.services import administration

from ...mailbox import last_letter, link_in
from ...standing import PASSPHRASE, a_parent, an_administrator, an_officer, come_in
from .test_second_step import with_app

pytestmark = pytest.mark.django_db
OTHER = "seven green kettles sing"
# What a parent and an officer see only after both steps.
BEHIND = {"families": "/send/me/details", "council": "/council/review/"}
Way = Callable[[Client, User], str]


def _by(act: str) -> Way:
    def way(_browser: Client, user: User) -> str:
        administration.ACTS[act](user, reason="asked", by=an_administrator(), now=timezone.now())
        return PASSPHRASE

    return way


def _forgotten(browser: Client, user: User) -> str:
    browser.post("/account/forgotten", {"email": user.email})
    browser.post(link_in(last_letter(user.email)), {"password": OTHER, "password_again": OTHER})
    return OTHER


def _reset_by_an_administrator(browser: Client, user: User) -> str:
    _by("reset-password")(browser, user)
    browser.post(link_in(last_letter(user.email)), {"password": OTHER, "password_again": OTHER})
    return OTHER


def _unlocked_by_link(browser: Client, user: User) -> str:
    for _ in range(10):
        browser.post("/account/sign-in", {"name": user.email, "password": "not this"})
    browser.post(link_in(last_letter(user.email)))
    return PASSPHRASE


def _address_changed(browser: Client, user: User) -> str:
    inside = come_in(Client(), user)
    inside.post("/account/change-email/new", {"email": "new@example.org", "old_password": PASSPHRASE})
    browser.post(link_in(last_letter("new@example.org")))
    user.refresh_from_db()
    return PASSPHRASE


def _address_changed_by_an_administrator(browser: Client, user: User) -> str:
    administration.change_email(
        user, email="new@example.org", reason="asked", by=an_administrator(), now=timezone.now()
    )
    browser.post(link_in(last_letter("new@example.org")))
    user.refresh_from_db()
    return PASSPHRASE


def _remembered_browser_after_a_reset(browser: Client, user: User) -> str:
    key, now = new_key(), timezone.now()
    accounts.note_device(user, key=key, browser="", system="", remember=True, now=now)
    browser.cookies["device"] = key
    return _forgotten(browser, user)


PATHS: dict[str, Way] = {
    "forgotten": _forgotten,
    "reset by an administrator": _reset_by_an_administrator,
    "unlocked by link": _unlocked_by_link,
    "unlocked by an administrator": _by("unlock"),
    "second step reset": _by("reset-second-step"),
    "address changed": _address_changed,
    "address changed by an administrator": _address_changed_by_an_administrator,
    "a remembered browser": _remembered_browser_after_a_reset,
}


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("person", [a_parent, an_officer])
def test_no_way_back_into_an_account_opens_send_with_the_password_alone(path, person):
    user = person()
    with_app(user)
    browser = Client()
    password = PATHS[path](browser, user)
    behind = BEHIND["council" if person is an_officer else "families"]
    assert browser.get(behind).status_code == 302, "the way back itself signs nobody in"
    after = browser.post("/account/sign-in", {"name": user.email, "password": password})
    assert after.status_code == 302
    assert after.url.startswith("/account/sign-in/"), "a second step is asked"
    assert browser.get(behind).status_code == 302, "the password alone opens nothing"


def test_a_recovery_code_or_a_passkey_page_without_a_password_opens_nothing(client):
    user = an_officer()
    with_app(user)
    [code, *_] = accounts.make_recovery_codes(user, by=user, now=timezone.now())
    assert client.post("/account/sign-in/recovery-code", {"recovery_code": code}).status_code == 302
    assert client.get("/council/review/").status_code == 302
    assert not Passkey.objects.exists()


def test_the_old_address_is_told_of_a_change_and_of_a_new_password():
    user = a_parent()
    _forgotten(Client(), user)
    assert "password" in last_letter(user.email).subject.lower()
    _address_changed_by_an_administrator(Client(), user)
    assert last_letter("dilys@example.org").subject == "Your email address is being changed"


def test_a_link_is_good_for_one_use_and_for_its_time_only():
    user = a_parent()
    browser = Client()
    browser.post("/account/forgotten", {"email": user.email})
    link = link_in(last_letter(user.email))
    typed = {"password": OTHER, "password_again": OTHER}
    assert browser.post(link, typed).status_code == 200
    assert Client().post(link, typed).status_code == 410
    browser.post("/account/forgotten", {"email": user.email})
    link = link_in(last_letter(user.email))
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert Client().post(link, typed).status_code == 410

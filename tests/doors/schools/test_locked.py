"""A school account that wrong passwords locked: its owner is told, and three ways open it again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guildhall.foundation.authority import services as authority
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.codes import new_key
from guildhall.people.membership.models import SchoolChange

from ...mailbox import last_letter, link_in
from ...people.membership.schools import a_place, a_school_administrator, a_supervisor
from ...standing import NOON, PASSPHRASE, an_administrator, come_in

pytestmark = pytest.mark.django_db
TRIES = 3


@pytest.fixture
def elen():
    """Somebody of a school, after the third wrong password in a row."""
    authority.change_setting("password.failures_before_lock", value=TRIES, by=None, now=NOON)
    place = a_place("elen@ysgol.example.org")
    for _ in range(TRIES):
        sign_in("not the password")
    return place


def sign_in(password=PASSPHRASE, browser=None):
    typed = {"door": "schools", "name": "elen@ysgol.example.org", "password": password, "terms": "on"}
    return (browser or Client()).post("/account/sign-in", typed)


def test_the_last_wrong_password_locks_and_the_right_one_then_says_no_more_than_a_wrong_one(elen):
    assert "wrong password" in last_letter(elen.user.email).text
    right, wrong = sign_in(), sign_in("not the password")
    assert (right.status_code, wrong.status_code) == (422, 422)
    assert right.context["problems"] == wrong.context["problems"]


@pytest.mark.req("SY-009")
def test_the_owner_is_told_at_once_and_opens_it_by_the_link_or_by_a_reset(elen):
    told = last_letter(elen.user.email)
    assert "locked" in told.subject
    assert Client().post(link_in(told)).status_code == 200
    assert sign_in().status_code == 302
    for _ in range(TRIES):
        sign_in("not the password")
    assert sign_in().status_code == 422
    Client().post("/account/forgotten", {"email": elen.user.email})
    other = "a quite different phrase"
    link = link_in(last_letter(elen.user.email))
    Client().post(link, {"password": other, "password_again": other})
    assert sign_in(other).status_code == 302


@pytest.mark.req("SY-009")
def test_a_supervisor_sees_who_is_locked_and_unlocks_them(client, elen):
    come_in(client, a_supervisor().user)
    assert "Locked by wrong passwords" in client.get("/schools/account-management/").text
    address = f"/schools/users/{elen.pk}/open"
    assert address in client.get(f"/schools/account-management/{elen.pk}/").text
    assert "Unlock the account of" in client.get(address).text
    assert sign_in().status_code == 422, "asking alone unlocks nothing"
    assert client.post(address).status_code == 302
    assert last_letter(elen.user.email).subject == "You can sign in again"
    assert sign_in().status_code == 302
    assert client.post(address).status_code == 422, "nothing is locked any more"


@pytest.mark.req("SY-009")
def test_the_helpline_unlocks_with_a_reason_even_in_the_browser_they_use(client, elen):
    browser, key = Client(), new_key()
    accounts.note_device(elen.user, key=key, browser="", system="", remember=False, now=timezone.now())
    browser.cookies["device"] = key
    for _ in range(TRIES):
        sign_in("not the password", browser)
    come_in(client, an_administrator())
    address = f"/council/administration/schools/people/{elen.pk}/open/"
    assert address in client.get(f"/council/administration/schools/{elen.school_id}/").text
    assert client.post(address).status_code == 422
    assert client.post(address, {"reason": "telephoned"}).status_code == 302
    assert sign_in(browser=browser).status_code == 302
    change = SchoolChange.objects.get(act="opened")
    assert change.reason == "telephoned"
    assert "Unlocked after wrong passwords" in client.get("/council/administration/schools/changes/").text


def test_an_administrator_who_is_no_supervisor_and_people_of_other_schools_unlock_nobody(client, elen):
    come_in(client, a_school_administrator().user)
    assert client.post(f"/schools/users/{elen.pk}/open").status_code == 404
    assert queries.shut_out([elen.user], now=timezone.now()) == {elen.user_id}


def test_who_waits_after_a_recovery_is_not_said_to_have_typed_wrong_passwords(client):
    place = a_place("elen@ysgol.example.org")
    user = place.user
    user.held_until = timezone.now() + timedelta(hours=3)
    user.save(update_fields=["held_until"])
    come_in(client, a_supervisor().user)
    council = come_in(Client(), an_administrator())
    for shown in (
        client.get("/schools/account-management/"),
        client.get(f"/schools/account-management/{place.pk}/"),
        council.get(f"/council/administration/schools/{place.school_id}/"),
    ):
        assert "Kept from records after a recovery by email" in shown.text
        assert "Locked by wrong passwords" not in shown.text
    address = f"/schools/users/{place.pk}/open"
    assert "recovered by email" in client.get(address).text
    assert client.post(address).status_code == 302
    assert "Kept from records" not in client.get("/schools/account-management/").text

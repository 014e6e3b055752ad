"""Where somebody is signed in, remembered devices, and the word about a new one."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guildhall.foundation.authority import services as authority
from guildhall.people.accounts.models import Device

from ...mailbox import code_in, last_letter
from ...standing import NOON, PASSPHRASE, a_parent, an_officer, another_parent, come_in
from .test_second_step import APP, now_of, with_app
from .test_signing_in import CODE, first_step

SESSIONS = "/account/signed-in"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604"


def sign_in(user, agent: str = FIREFOX, client: Client | None = None, **more: str) -> Client:
    person = client or Client(headers={"user-agent": agent})
    first_step(person, user.email)
    person.post(CODE, {"code": code_in(last_letter(user.email))} | more)
    return person


@pytest.mark.django_db
@pytest.mark.req("GH-033")
def test_signing_out_elsewhere_counts_from_the_next_request_there():
    dilys = a_parent()
    here, there = sign_in(dilys), sign_in(dilys, PHONE)
    page = here.get(SESSIONS).text
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    [other] = re.findall(r'name="session" value="(\w+)"', page)
    assert there.session.session_key not in page
    [button] = re.findall(r'<span class="govuk-visually-hidden"> ([^<]*)</span></button>', page)
    assert re.fullmatch(r"Safari on iPhone, \d+ \w+ \d{4}, ([\d:]+[ap]m|midday|midnight)", button)

    here.post(f"{SESSIONS}/end", {"session": other})

    assert there.get("/home").status_code == 302
    assert here.get("/home").status_code == 200
    assert "Safari on iPhone" not in here.get(SESSIONS).text


@pytest.mark.django_db
def test_signing_out_everywhere_else_leaves_only_this_browser():
    dilys = a_parent()
    here, *others = (sign_in(dilys) for _ in range(3))
    here.post(f"{SESSIONS}/end-others")
    assert [person.get("/home").status_code for person in others] == [302, 302]
    assert here.get("/home").status_code == 200


@pytest.mark.django_db
def test_nobody_signs_out_anybody_else():
    dilys, marek = a_parent(), another_parent()
    hers, his = sign_in(dilys), sign_in(marek)
    sign_in(dilys)
    [other] = re.findall(r'name="session" value="(\w+)"', hers.get(SESSIONS).text)
    his.post(f"{SESSIONS}/end", {"session": other})
    his.post(f"{SESSIONS}/end-others")
    assert hers.get("/home").status_code == 200
    assert (
        his.post(f"{SESSIONS}/forget", {"device": Device.objects.filter(user=dilys)[0].pk}).status_code == 404
    )
    for nonsense in ("", "x", "9" * 30, "²"):
        assert his.post(f"{SESSIONS}/forget", {"device": nonsense}).status_code == 404


@pytest.mark.django_db
def test_a_new_device_is_told_by_email_and_a_known_one_is_not():
    dilys = a_parent()
    first = sign_in(dilys)
    assert "New sign-in" not in last_letter(dilys.email).subject
    first.post("/account/sign-out")
    sign_in(dilys, client=first)
    assert "New sign-in" not in last_letter(dilys.email).subject
    sign_in(dilys, PHONE)
    assert "New sign-in" in last_letter(dilys.email).subject


@pytest.mark.django_db
@pytest.mark.req("SC-013", "CP-004")
def test_a_remembered_device_is_not_asked_for_a_code_for_thirty_days_and_can_be_forgotten():
    dilys = a_parent()
    person = sign_in(dilys, remember="on")
    person.post("/account/sign-out")
    assert first_step(person, dilys.email).url == "/home"
    assert person.session["verified"] is True
    assert first_step(Client(), dilys.email).url == CODE, "a device not remembered"

    page = person.get(SESSIONS).text
    [device] = re.findall(r'name="device" value="(\d+)"', page)
    person.post(f"{SESSIONS}/forget", {"device": device})
    person.post("/account/sign-out")
    assert first_step(person, dilys.email).url == CODE


@pytest.mark.django_db
def test_a_device_is_remembered_for_no_longer_than_the_setting_says():
    dilys = a_parent()
    person = sign_in(dilys, remember="on")
    person.post("/account/sign-out")
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        assert first_step(person, dilys.email).url == CODE
    authority.change_setting("two_step.remember_days", value=0, by=None, now=NOON)
    assert first_step(person, dilys.email).url == CODE
    assert "remember" not in person.get(CODE).text


@pytest.mark.django_db
def test_a_new_password_forgets_every_remembered_device():
    dilys = a_parent()
    person = sign_in(dilys, remember="on")
    new = "purple hill tractor moon"
    person.post(
        "/account/change-password",
        {"old_password": PASSPHRASE, "password": new, "password_again": new},
    )
    person.post("/account/sign-out")
    assert first_step(person, dilys.email, new).url == CODE


@pytest.mark.django_db
def test_staff_are_never_remembered(client):
    officer = an_officer()
    secret, _ = with_app(officer)
    first_step(client, officer.email)
    assert "remember" not in client.get(APP).text
    client.post(APP, {"app_code": now_of(secret), "remember": "on"})
    assert client.get("/council/").status_code == 200
    client.post("/account/sign-out")
    assert first_step(client, officer.email).url == APP


@pytest.mark.django_db
def test_strangers_cannot_lock_somebody_out_of_a_browser_they_have_used():
    dilys = a_parent()
    person = sign_in(dilys)
    person.post("/account/sign-out")
    thief = Client()
    for _ in range(12):
        first_step(thief, dilys.email, "not the password")
    assert first_step(Client(), dilys.email).status_code == 422, "locked for everybody else"
    assert first_step(person, dilys.email).url == CODE


@pytest.mark.django_db
def test_asking_for_links_in_anothers_name_does_not_stop_their_codes():
    dilys = a_parent()
    for _ in range(20):
        Client().post("/account/forgotten", {"email": dilys.email})
    last_letter(dilys.email)
    sign_in(dilys)


@pytest.mark.django_db
def test_the_page_costs_the_same_however_many_sessions(django_assert_max_num_queries):
    dilys = a_parent()
    here = sign_in(dilys)
    for _ in range(5):
        sign_in(dilys)
    here.get(SESSIONS)
    with django_assert_max_num_queries(10):
        here.get(SESSIONS)


@pytest.mark.django_db
def test_a_session_without_a_device_is_shown_too(client):
    come_in(client, a_parent())
    client.get("/home")
    assert client.get(SESSIONS).status_code == 200

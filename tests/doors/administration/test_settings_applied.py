"""What is saved on a settings page is what the portal then does."""

import pytest
from django.test import Client

from guildhall.work.eligibility import queries as eligibility
from guildhall.work.eligibility import standin

from ...standing import PASSPHRASE, a_parent, an_administrator, come_in
from ..account.test_registering import CODE, agree, step_1, step_2
from .test_settings import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def sign_in(email: str, password: str) -> int:
    return Client().post("/account/sign-in", {"name": email, "password": password}).status_code


@pytest.mark.req("SP-295")
def test_the_password_settings_decide_when_an_account_locks_and_what_a_new_password_must_have(owen):
    dilys = a_parent()
    assert save(owen, "password", password_failures_before_lock="4").status_code == 302
    for _ in range(3):
        sign_in(dilys.email, "wrong words")
    assert sign_in(dilys.email, PASSPHRASE) == 302, "three wrong ones do not lock"
    for _ in range(4):
        sign_in(dilys.email, "wrong words")
    assert sign_in(dilys.email, PASSPHRASE) == 422, "the fourth in a row does"


@pytest.mark.req("SP-295")
def test_the_least_length_counts_for_who_registers(owen):
    browser, password = Client(), "otter candle rv"
    save(owen, "password", password_minimum_length="20")
    agree(browser)
    step_1(browser)
    refused = step_2(browser, password=password)
    assert refused.status_code == 422
    assert "20" in refused.context["problems"]["password"]
    save(owen, "password", password_minimum_length="12")
    assert step_2(browser, password=password).url == CODE


@pytest.mark.req("SP-305")
def test_the_ecs_settings_are_those_with_which_the_eligibility_checking_service_is_asked(owen):
    assert not eligibility.is_on()
    with standin.server(0) as service:
        address = f"http://127.0.0.1:{service.server_address[1]}"
        typed = {
            "eligibility_on": "on",
            "eligibility_address": address,
            "eligibility_user": standin.USER,
            "eligibility_password": standin.PASSWORD,
            "eligibility_seconds": "7",
        }
        assert save(owen, "ecs", **typed).status_code == 302
    asked = eligibility.service()
    assert eligibility.is_on()
    assert (asked.address, asked.user, asked.password, asked.seconds) == (
        address,
        standin.USER,
        standin.PASSWORD,
        7.0,
    )

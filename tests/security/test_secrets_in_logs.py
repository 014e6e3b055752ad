"""Passwords, codes, links and names in no log line and in no address that another site is told (T35)."""

import logging
import re

import pytest
from django.test import Client

from guildhall.people.accounts.models import User

from ..mailbox import code_in, last_letter, link_in
from ..standing import PASSPHRASE, a_parent, come_in

pytestmark = pytest.mark.django_db
WRONG, NEW = "canary ruby trombone", "canary velvet saxophone"


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    return caplog


def test_nothing_that_lets_somebody_in_is_logged_on_any_way_in(log, capfd):
    dilys, browser = a_parent(), Client()
    browser.post("/account/sign-in", {"name": dilys.email, "password": WRONG})
    browser.post("/account/sign-in", {"name": dilys.email, "password": PASSPHRASE})
    code = code_in(last_letter(dilys.email))
    browser.post("/account/sign-in/code", {"code": "000000"})
    browser.post("/account/sign-in/code", {"code": code})
    Client().post("/account/forgotten", {"email": dilys.email})
    link = link_in(last_letter(dilys.email))
    Client().post(link, {"password": NEW, "password_again": "something else"})
    Client().post(link, {"password": NEW, "password_again": NEW})
    Client().post(link, {"password": NEW, "password_again": NEW})
    said = log.text + "".join(capfd.readouterr())
    assert "/account/sign-in" in said, "the control: what was refused is logged"
    for secret in (WRONG, PASSPHRASE, NEW, code):
        assert not re.search(rf"(?<!\d){re.escape(secret)}(?!\d)", said), secret


def test_names_that_are_typed_are_not_logged_with_what_is_wrong_with_them(log, capfd):
    client = come_in(Client(), a_parent())
    typed = {"forename": "Canarybird", "surname": "Canaryfish", "born_on-day": "99"}
    assert client.post("/family/add", typed).status_code == 422
    client.post("/account/personal-details", {"forename": "Canarybird" * 9, "surname": ""})
    said = log.text + "".join(capfd.readouterr())
    assert "/family/add" in said
    assert "Canary" not in said
    assert not User.objects.filter(forename__startswith="Canary").exists()


@pytest.mark.parametrize("path", ["/", "/account/sign-in", "/account/set-password/not-a-key", "/nowhere"])
def test_no_other_site_is_told_the_address_of_a_page(client, path):
    assert client.get(path).headers["Referrer-Policy"] == "same-origin"

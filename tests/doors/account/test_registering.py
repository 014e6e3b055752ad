"""Registering: from the front page to the home page, with the code or the link."""

import pytest
from django.test import Client

from guildhall.people.accounts.models import User

from ...mailbox import code_in, last_letter

ABOUT = {
    "title": "Ms",
    "forename": "Nia",
    "surname": "Bowen",
    "born_on-day": "3",
    "born_on-month": "4",
    "born_on-year": "1988",
    "postcode": "cf103at",
    "house_number": "12",
    "street": "Mill Street",
    "town": "Aberteg",
    "mobile": "07700 900 982",
}
EMAIL = "nia@example.org"
PASSWORD = "seven green kettles sing"


def agree(client: Client) -> None:
    client.post("/account/register/data-protection", {"agree": "yes"})


def step_1(client: Client, **other: str):
    return client.post("/account/register", ABOUT | other)


def step_2(client: Client, email: str = EMAIL, password: str = PASSWORD):
    return client.post(
        "/account/register/sign-in", {"email": email, "password": password, "password_again": password}
    )


def register(client: Client, email: str = EMAIL, **other: str):
    agree(client)
    step_1(client, **other)
    return step_2(client, email)


@pytest.mark.django_db
@pytest.mark.req("SP-001", "SP-008", "CP-008", "CP-010", "CP-011")
def test_a_parent_registers_with_the_code_and_is_signed_in(client):
    assert register(client).url == "/account/register/code"
    letter = last_letter(EMAIL)
    assert letter.subject == "Please verify your email address"

    after = client.post("/account/register/code", {"code": code_in(letter)})
    assert after.url == "/account/register/terms"
    assert client.post("/account/register/terms", {}).status_code == 422
    assert client.post("/account/register/terms", {"agree": "yes"}).url == "/home"

    home = client.get("/home")
    assert home.status_code == 200
    assert client.session["verified"] is True
    user = User.objects.get(email=EMAIL)
    assert (user.state, user.address["postcode"], user.mobile) == ("active", "CF10 3AT", "07700900982")
    assert set(user.memberships.values_list("role", flat=True)) == {"parent"}

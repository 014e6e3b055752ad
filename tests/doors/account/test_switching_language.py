"""A language button on a page with a form: the same page in the other language, with what was typed."""

import pytest

from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.work.privacy.models import RightsRequest

from ...people.membership.schools import a_place
from ...standing import PASSPHRASE, a_parent, come_in
from .test_registering import ABOUT, agree

pytestmark = [pytest.mark.django_db, pytest.mark.req("GH-041")]
CHILD = {
    "child_forename": "Gwenllian",
    "child_born_on-day": "9",
    "child_born_on-month": "2",
    "child_born_on-year": "nineteen",
    "relationship": "mother",
    "postcode": "no such code",
}
PAGES = {
    "/account/personal-details": {"forename": "Dilys-Ann", "born_on-day": "32"},
    "/account/contact-details": {"postcode": "half a code", "mobile": "0770"},
    "/account/change-email/new": {"email": "not an address"},
    "/account/your-information/ask": {"right": "access", "words": "Everything since we moved here."},
    "/family/add": CHILD,
}


def switch(client, path, typed, language="cy"):
    page = client.post(path, typed | {"switch_language": language})
    assert page.status_code == 200, "nothing is judged"
    assert f'<html lang="{language}"' in page.text and page.headers["Content-Language"] == language
    assert "govuk-error-summary" not in page.text
    return page


def offers_its_form(page) -> bool:
    """Whether the language buttons in the header belong to the form of the page."""
    header = page.text.split("</header>")[0]
    return 'form="page-form" name="switch_language"' in header and 'id="page-form"' in page.text


@pytest.mark.parametrize("path", PAGES)
def test_what_is_typed_stays_and_nothing_is_saved(client, path):
    dilys = a_parent()
    come_in(client, dilys)
    assert offers_its_form(client.get(path))

    page = switch(client, path, PAGES[path])

    assert all(value in page.text for value in PAGES[path].values())
    kept = User.objects.get(pk=dilys.pk)
    assert (kept.forename, kept.email, kept.language) == (dilys.forename, dilys.email, "cy")
    assert not FamilyChild.objects.exists() and not RightsRequest.objects.exists()
    assert 'lang="cy"' in client.get("/account/").text
    assert client.post(path, PAGES[path]).status_code == 422, "the page's own button judges it again"


def test_what_a_visitor_types_to_register_stays_and_the_choice_counts_for_the_visit(client):
    agree(client)
    assert offers_its_form(client.get("/account/register"))

    page = switch(client, "/account/register", ABOUT | {"postcode": "half a code"})

    assert 'value="Nia"' in page.text and 'value="half a code"' in page.text and 'value="1988"' in page.text
    assert 'lang="cy"' in client.get("/account/register").text
    assert client.get("/account/register/sign-in").url == "/account/register", "the step is not done"


@pytest.mark.parametrize("door", ["", "council", "schools", "professionals"])
def test_a_sign_in_page_keeps_the_name_and_takes_no_password(client, door):
    a_place("elen@ysgol.example.org")
    assert offers_its_form(client.get(f"/account/sign-in?door={door}"))
    typed = {"door": door, "name": "elen@ysgol.example.org", "password": PASSPHRASE, "next": "/messages/"}

    page = switch(client, "/account/sign-in", typed)

    assert 'value="elen@ysgol.example.org"' in page.text and 'value="/messages/"' in page.text
    assert PASSPHRASE not in page.text and "pending" not in client.session


def test_a_password_is_never_drawn_again(client):
    come_in(client, a_parent())
    typed = {"old_password": PASSPHRASE, "password": "purple hill tractor moon"}
    page = switch(client, "/account/change-password", typed)
    assert PASSPHRASE not in page.text and "purple hill" not in page.text


def test_another_language_than_ours_changes_nothing(client):
    come_in(client, a_parent())
    page = client.post("/account/personal-details", {"forename": "Dilys-Ann", "switch_language": "xx"})
    assert 'lang="en"' in page.text and "Dilys-Ann" in page.text
    assert User.objects.get(email="dilys@example.org").forename != "Dilys-Ann"

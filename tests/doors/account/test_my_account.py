"""My Account: details, password, email address, consent."""

import pytest
from django.test import Client

from guildhall.people.accounts.models import User

from ...mailbox import deliver, last_letter, link_in
from ...standing import PASSPHRASE, a_parent, a_professional, another_parent, come_in

NEW = "purple hill tractor moon"
WARNING = (
    "Please be advised that you will be signed out of the system and an email will be sent to your new email "
    "address containing instructions. You will not be able to log back into the system until you have "
    "followed the instructions. Please ensure the email address supplied is correct."
)


@pytest.mark.django_db
@pytest.mark.req("SP-036")
def test_the_header_of_the_home_page_has_my_account_and_a_sign_out_that_ends_the_session(client):
    come_in(client, a_parent())
    header = client.get("/home").text.split("</header>")[0]
    assert 'href="/account/">My Account</a>' in header
    assert 'formaction="/account/sign-out">Sign Out</button>' in header

    same_session = Client()
    same_session.cookies.load(client.cookies.output().replace("Set-Cookie: ", ""))
    assert same_session.get("/account/").status_code == 200
    assert client.post("/account/sign-out").url == "/"
    for browser in (client, same_session):
        assert browser.get("/account/").url.startswith("/account/sign-in")


@pytest.mark.django_db
@pytest.mark.req("SP-038", "SP-039")
def test_personal_and_contact_details_are_changed_and_saved(client):
    dilys = a_parent(born_on="1980-05-06")
    come_in(client, dilys)
    born = {"born_on-day": "6", "born_on-month": "5", "born_on-year": "1980"}
    given = {"forename": "Dilys", "midname": "Mair", "surname": "Huws-Łowicz", "gender": "female"}
    assert client.post("/account/personal-details", given | born).url == "/account/"
    contact = {"postcode": "sa1 1aa", "street": "Ffordd y Môr", "home_phone": "(01632) 960-001"}
    assert client.post("/account/contact-details", contact).url == "/account/"
    dilys.refresh_from_db()
    assert (dilys.midname, dilys.surname) == ("Mair", "Huws-Łowicz")
    assert dilys.address["lines"] == ["Ffordd y Môr"]
    assert (dilys.address["postcode"], dilys.home_phone) == ("SA1 1AA", "01632960001")
    assert "Ffordd y Môr" in client.get("/account/contact-details").text


@pytest.mark.django_db
def test_details_that_cannot_be_right_are_refused_beside_the_field(client):
    come_in(client, a_parent())
    response = client.post("/account/contact-details", {"postcode": "nowhere", "mobile": "call me"})
    assert response.status_code == 422
    assert response.context["problems"] == {
        "postcode": "Enter a full postcode, such as CF10 1EP",
        "mobile": "Enter a mobile number, such as 07700900982",
    }
    assert 'value="call me"' in response.text


@pytest.mark.django_db
@pytest.mark.req("SP-040")
@pytest.mark.parametrize(
    "path",
    [
        "/account/personal-details",
        "/account/contact-details",
        "/account/change-email/new",
        "/account/change-password",
        "/account/two-step-verification",
    ],
)
def test_every_field_of_my_account_has_a_tooltip(client, path):
    come_in(client, a_professional(job_role="Nurse", organisation="Clinic"))
    response = client.get(path)
    form = response.context["form"]
    for name in form.fields:
        assert f'id="{name}-tooltip"' in form.draw(name), name


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["9" * 20, "-1980", "19 80", "１９８０", "0"])
def test_a_year_that_cannot_be_is_refused_beside_the_field(client, year):
    come_in(client, a_parent())
    born = {"born_on-day": "6", "born_on-month": "5", "born_on-year": year}
    response = client.post("/account/personal-details", {"forename": "Dilys", "surname": "Huws"} | born)
    assert response.context["problems"] == {
        "born_on": "Enter a real date of birth, such as 31 3 1985",
    }


@pytest.mark.django_db
@pytest.mark.req("GH-060")
@pytest.mark.parametrize("language", ["en", "cy"])
def test_an_address_that_forms_are_only_sent_to_says_so_instead_of_an_empty_page(client, language):
    come_in(client, a_parent(language=language))
    response = client.get("/account/signed-in/end")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert {"en": "Nothing has been changed.", "cy": "wedi’i newid."}[language] in response.text
    assert 'href="/home"' in response.text
    assert client.put("/account/signed-in/end").content == b""


@pytest.mark.django_db
@pytest.mark.req("SP-043", "SP-044")
def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(client):
    dilys = a_parent()
    come_in(client, dilys)
    elsewhere = come_in(Client(), dilys)
    fields = {"old_password": "not it at all", "password": NEW, "password_again": NEW}
    refused = client.post("/account/change-password", fields)
    assert list(refused.context["problems"]) == ["old_password"]

    assert client.post("/account/change-password", fields | {"old_password": PASSPHRASE}).url == "/account/"
    assert client.get("/account/").status_code == 200
    assert client.session["verified"] is True
    assert elsewhere.get("/account/").status_code == 302
    assert "has been changed" in last_letter(dilys.email).subject


@pytest.mark.django_db
@pytest.mark.req("SP-041", "SP-042", "SP-044")
def test_a_new_email_address_counts_when_its_link_is_followed(client):
    dilys = a_parent()
    come_in(client, dilys)
    warning = client.get("/account/change-email").text
    assert WARNING in warning
    assert 'href="/account/change-email/new"' in warning and "Next" in warning
    assert "Submit" in client.get("/account/change-email/new").text
    fields = {"email": "Dilys.New@example.org", "old_password": PASSPHRASE}
    assert client.post("/account/change-email/new", fields | {"old_password": "x"}).status_code == 422
    assert client.post("/account/change-email/new", fields).status_code == 302
    assert client.get("/home").status_code == 302
    for name in (dilys.email, "dilys.new@example.org"):
        assert client.post("/account/sign-in", {"name": name, "password": PASSPHRASE}).status_code == 422

    client.post(link_in(last_letter("dilys.new@example.org")))
    answer = client.post("/account/sign-in", {"name": "dilys.new@example.org", "password": PASSPHRASE})
    assert answer.url == "/account/sign-in/code"


@pytest.mark.django_db
def test_the_old_address_is_told_and_can_be_kept(client):
    dilys = a_parent()
    come_in(client, dilys)
    client.post("/account/change-email/new", {"email": "typo@example.org", "old_password": PASSPHRASE})
    new = link_in(last_letter("typo@example.org"))
    client.post(link_in(last_letter(dilys.email)))
    assert client.post(new).status_code == 410
    assert User.objects.get(pk=dilys.pk).email == "dilys@example.org"
    assert User.objects.get(pk=dilys.pk).state == "active"


@pytest.mark.django_db
def test_nobody_learns_that_another_account_has_the_new_address(client):
    marek = another_parent()
    come_in(client, a_parent())
    answer = client.post("/account/change-email/new", {"email": marek.email, "old_password": PASSPHRASE})
    assert answer.url == "/account/change-email/sent"
    deliver()
    assert last_letter(marek.email).subject == "You already have an account"
    assert User.objects.get(pk=marek.pk).email == marek.email


@pytest.mark.django_db
@pytest.mark.req("SP-045", "SP-063")
def test_a_change_of_circumstances_says_whom_to_contact(client):
    come_in(client, a_parent())
    page = client.get("/account/change-of-circumstances").text
    assert "contact us if any of your circumstances change, as this may affect your application" in page
    words = "If you need to record a change to your circumstances, you must contact your local authority."
    assert words in page
    assert 'href="mailto:' in page
    assert 'href="/home"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_of_an_account_can_be_drawn(client, language):
    client.cookies["language"] = language
    for path in ("/", "/account/sign-in", "/account/register/data-protection", "/account/forgotten"):
        assert client.get(path).status_code == 200, path
    come_in(client, a_parent(language=language))
    paths = ["", "personal-details", "contact-details", "change-email", "change-email/new", "change-password"]
    paths += ["change-of-circumstances", "two-step-verification", "consent-history", "update", "emails"]
    paths += ["language-preference", "change-email/sent"]
    for path in paths:
        assert client.get(f"/account/{path}").status_code == 200, path
    for path in ("/about", "/contact-us", "/terms-and-conditions", "/privacy-notice", "/cookies-policy"):
        assert client.get(path).status_code == 200, path

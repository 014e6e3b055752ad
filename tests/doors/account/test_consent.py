"""A newer statement before going on, the history, and withdrawing consent for good."""

import pytest
from django.test import Client
from django.utils import timezone

from guildhall.foundation.kit.refusals import Refusal
from guildhall.people.accounts.models import ConsentGiven, User
from guildhall.people.accounts.services import administration
from guildhall.people.consent import services as consents
from guildhall.people.consent.models import Withdrawal
from guildhall.people.families import queries as families

from ...definitions import a_family_child
from ...mailbox import code_in, last_letter, link_in
from ...people.consent.scene import published
from ...standing import (
    NOON,
    PASSPHRASE,
    a_parent,
    a_professional,
    an_administrator,
    an_officer,
    come_in,
)

PAGE = "/account/data-protection"
pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str):
    """Both steps, by the pages; returns the last answer."""
    client.post("/account/sign-in", {"name": email, "password": PASSPHRASE})
    return client.post("/account/sign-in/code", {"code": code_in(last_letter(email))})


@pytest.mark.req("SP-012")
def test_at_the_next_sign_in_no_page_opens_before_a_newer_statement_is_answered(client):
    dilys, statement = a_parent(), published("A newer statement")
    response = sign_in(client, dilys.email)
    assert client.get(response.url).url == f"{PAGE}?next={response.url.replace('/', '%2F')}"
    for path in ("/family/", "/account/", "/messages/", "/forms/saved/", "/account/withdraw-consent"):
        assert client.get(path).url.startswith(PAGE), path

    page = client.get(PAGE, {"next": "/family/"})
    assert "A newer statement" in page.text
    fields = {"statement": statement.pk, "agree": "yes", "next": "/family/"}
    assert client.post(PAGE, fields).url == "/family/"
    assert client.get("/family/").status_code == 200
    assert ConsentGiven.objects.get(user=dilys, statement=statement).answer == "agreed"


@pytest.mark.req("SP-012")
def test_a_newer_statement_comes_between_in_every_open_session_at_its_next_request(client):
    fatima = a_professional()
    elsewhere = come_in(Client(), fatima)
    come_in(client, fatima)
    assert client.get("/account/").status_code == elsewhere.get("/account/").status_code == 200

    statement = published()
    for browser in (client, elsewhere):
        assert browser.get("/account/").url.startswith(PAGE)
    client.post(PAGE, {"statement": statement.pk, "agree": "yes"})
    assert elsewhere.get("/account/").status_code == 200


def test_staff_who_use_the_portal_by_their_duties_are_not_asked(client):
    come_in(client, an_officer())
    published()
    assert client.get("/council/").status_code == 200
    assert client.get(PAGE).url == "/home"
    assert client.get("/account/withdraw-consent").status_code == 404


def test_pages_open_to_all_stay_open_and_so_does_signing_out(client):
    come_in(client, a_parent())
    published()
    for path in ("/privacy-notice", "/contact-us", PAGE, f"{PAGE}/decline"):
        assert client.get(path).status_code == 200, path
    assert client.post("/account/keep-alive").status_code == 204
    assert client.post("/account/language", {"language": "cy", "next": PAGE}).url == PAGE
    assert "cydsynio" in client.get(PAGE).text
    client.post("/account/sign-out")
    assert client.get("/account/").url.startswith("/account/sign-in")


def test_no_box_is_ticked_before_and_without_a_tick_nothing_is_agreed(client):
    dilys = a_parent()
    come_in(client, dilys)
    statement = published()
    assert 'id="agree"' in client.get(PAGE).text
    assert " checked" not in client.get(PAGE).text

    refused = client.post(PAGE, {"statement": statement.pk})
    assert refused.status_code == 422
    assert refused.context["problems"] == {"agree": "Tick the box to agree, or choose Decline"}
    assert not ConsentGiven.objects.filter(statement=statement).exists()


def test_a_statement_that_changed_while_it_was_read_is_shown_again(client):
    come_in(client, a_parent())
    old = published("Old words")
    new = published("New words")
    for typed in (old.pk, "", "x", "9" * 30):
        answer = client.post(PAGE, {"statement": typed, "agree": "yes"})
        assert answer.status_code == 422
        assert "New words" in answer.text
        assert " checked" not in answer.text
    assert not ConsentGiven.objects.filter(statement=new).exists()


@pytest.mark.req("SP-012")
def test_whoever_declines_is_recorded_signed_out_everywhere_and_asked_again(client):
    dilys = a_parent()
    elsewhere = come_in(Client(), dilys)
    come_in(client, dilys)
    statement = published()
    warning = client.get(f"{PAGE}/decline").text
    assert "you cannot use the portal until you agree" in warning
    assert not Withdrawal.objects.exists()

    assert client.post(f"{PAGE}/decline", {"statement": statement.pk}).url == f"{PAGE}/declined"
    assert "You did not agree" in client.get(f"{PAGE}/declined").text
    assert Withdrawal.objects.get(user=dilys).given.answer == "withheld"
    for browser in (client, elsewhere):
        assert browser.get("/home").url.startswith("/account/sign-in")

    after = sign_in(client, dilys.email).url
    assert client.get(after).url.startswith(PAGE)
    client.post(PAGE, {"statement": statement.pk, "agree": "yes"})
    assert client.get("/family/").status_code == 200


def test_what_was_sent_in_between_is_kept_until_the_statement_is_answered(client):
    dilys = a_parent()
    come_in(client, dilys)
    statement = published()
    contact = {"postcode": "SA1 1AA", "street": "Heol y Môr", "old_password": "secret"}
    asked = client.post("/account/contact-details", contact)
    assert asked.url == f"{PAGE}?next=%2Faccount%2Fheld"
    agreed = client.post(PAGE, {"statement": statement.pk, "agree": "yes", "next": "/account/held"})
    assert agreed.url == "/account/held"
    held = client.get("/account/held").text
    assert "Heol y Môr" in held
    assert "secret" not in held


def test_a_script_of_a_page_is_told_where_to_go_and_keeps_what_it_has(client):
    come_in(client, a_parent())
    published()
    answer = client.post("/account/contact-details", headers={"X-Page": "/family/"})
    assert answer.status_code == 401
    assert answer.json()["sign_in"] == f"{PAGE}?next=%2Ffamily%2F"


def test_asking_costs_no_query_once_it_is_known(client, django_assert_max_num_queries):
    come_in(client, a_parent())
    client.get("/account/emails")
    with django_assert_max_num_queries(10) as asked:
        client.get("/account/emails")
    assert not [one["sql"] for one in asked.captured_queries if "accounts_consent" in one["sql"]]


@pytest.mark.req("SP-046")
def test_the_history_lists_each_answer_with_the_words_as_they_were_read(client):
    dilys = a_parent()
    statement = published("Newest words")
    consents.agree(dilys, statement_id=statement.pk, language="cy", network="", now=NOON)
    come_in(client, dilys)
    page = client.get("/account/consent-history")
    assert [given.answer for given, _ in page.context["consents"]] == ["agreed", "agreed"]
    assert "Cymraeg: Newest words" in page.text
    assert "{authority}" not in page.text
    assert client.post("/account/consent-history").status_code == 405


@pytest.mark.req("SP-047")
def test_withdrawing_begins_with_the_statement_and_then_the_message_beside_it(client):
    come_in(client, a_parent())
    first = client.get("/account/withdraw-consent").text
    assert "Start Withdrawal of Consent" in first
    assert "keeps the information that you give us" in first
    second = client.get("/account/withdraw-consent/data-protection").text
    assert "<h1" in second and "Data Protection</h1>" in second
    assert "keeps the information that you give us" in second
    for words in (
        "You have previously agreed to the authority’s most recent Data Protection Consent Statement.",
        "If you wish to withdraw your consent, click the withdraw button below.",
        "Withdraw my consent",
    ):
        assert words in second


@pytest.mark.req("SP-048")
def test_leaving_the_pages_of_withdrawal_changes_nothing(client):
    dilys = a_parent()
    come_in(client, dilys)
    for path in ("", "/data-protection", "/decline"):
        assert client.get(f"/account/withdraw-consent{path}").status_code == 200
    assert (
        "you will not be able to access your account" in client.get("/account/withdraw-consent/decline").text
    )
    assert User.objects.get(pk=dilys.pk).state == "active"
    assert client.get("/account/").status_code == 200


@pytest.mark.req("SP-048", "SP-049")
def test_the_second_button_withdraws_and_the_last_page_has_the_words(client):
    come_in(client, a_parent())
    done = client.post("/account/withdraw-consent/decline", follow=True).text
    for words in (
        "You are now being logged out from your Citizen Portal account.",
        "You can no longer use this Citizen Portal account. If you wish to use the Citizen Portal in future "
        "to access the authority’s services, you will need to register again in the Citizen Portal.",
    ):
        assert words in done
    assert 'action="/account/sign-out"' in done
    assert ">OK<" in done.replace("\n", "").replace(" ", "")


@pytest.mark.req("SP-050", "GH-033")
def test_withdrawal_ends_every_open_session_at_its_next_request_and_closes_sign_in(client):
    dilys = a_parent()
    elsewhere = come_in(Client(), dilys)
    come_in(client, dilys)
    client.post("/account/withdraw-consent/decline")
    for browser in (client, elsewhere):
        for path in ("/home", "/family/", "/messages/", "/account/"):
            assert browser.get(path).url.startswith("/account/sign-in"), path
    for name in ("dilys@example.org", ""):
        answer = client.post("/account/sign-in", {"name": name, "password": PASSPHRASE})
        assert answer.status_code == 422


@pytest.mark.req("SP-050")
def test_neither_an_older_link_nor_an_administrator_opens_a_withdrawn_account_again(client):
    dilys = a_parent()
    Client().post("/account/forgotten", {"email": dilys.email})
    link = link_in(last_letter(dilys.email))
    come_in(client, dilys)
    client.post("/account/withdraw-consent/decline")
    new = {"password": "purple hill tractor moon", "password_again": "purple hill tractor moon"}
    assert client.post(link, new).status_code == 410
    for act in administration.ACTS.values():
        with pytest.raises(Refusal):
            act(dilys, reason="asked", by=an_administrator(), now=timezone.now())
    assert User.objects.get(pk=dilys.pk).state == "withdrawn"


@pytest.mark.req("SP-058")
def test_the_box_beside_a_statement_has_a_tooltip(client):
    come_in(client, a_parent())
    published()
    assert 'id="agree-tooltip"' in client.get(PAGE).text
    assert 'id="agree-tooltip"' in Client().get("/account/register/data-protection").text


@pytest.mark.req("SP-051")
def test_the_address_may_register_again_and_finds_nothing_of_the_old_account(client):
    dilys = a_parent()
    child = a_family_child(dilys)
    come_in(client, dilys)
    client.post("/account/withdraw-consent/decline")

    client.post("/account/register/data-protection", {"agree": "yes"})
    born = {"born_on-day": "6", "born_on-month": "5", "born_on-year": "1980"}
    client.post("/account/register", {"forename": "Dilys", "surname": "Huws", "postcode": "SA1 1AA"} | born)
    fields = {"email": "dilys@example.org", "password": "purple hill tractor moon"}
    client.post("/account/register/sign-in", fields | {"password_again": fields["password"]})
    client.post("/account/register/code", {"code": code_in(last_letter("dilys@example.org"))})

    again = User.objects.get(email="dilys@example.org")
    assert again.pk != dilys.pk
    assert families.children_of(again) == []
    assert families.children_of(dilys) == [child]
    assert ConsentGiven.objects.filter(user=dilys, answer="withdrawn").exists()
    assert not ConsentGiven.objects.filter(user=again, answer="withdrawn").exists()


def test_a_statement_in_one_language_says_so_and_is_marked_as_that_language(client):
    come_in(client, a_parent(language="cy"))
    question = consents.add_question(
        {"en": "Only English"}, agreement={"en": "Yes"}, active=True, by=an_administrator(), now=NOON
    )
    consents.schedule(question, publish_at=None, by=an_administrator(), now=NOON)
    page = client.get(PAGE).text
    assert "Mae’r datganiad hwn yn Saesneg yn unig." in page
    assert '<div lang="en">' in page


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_of_consent_can_be_drawn(client, language):
    come_in(client, a_parent(language=language))
    paths = ["withdraw-consent", "withdraw-consent/data-protection", "withdraw-consent/decline"]
    for path in (*paths, "withdraw-consent/done", "data-protection/declined", "consent-history"):
        assert client.get(f"/account/{path}").status_code == 200, path
    published()
    for path in ("data-protection", "data-protection/decline"):
        assert client.get(f"/account/{path}").status_code == 200, path

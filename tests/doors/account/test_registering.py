"""Registering: from the front page to the home page, with the code or the link."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority import services as authority
from guildhall.people.accounts.models import ConsentGiven, User

from ...mailbox import code_in, last_letter, link_in
from ...standing import NOON, PASSPHRASE, a_parent

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
CODE = "/account/register/code"


def registered() -> list[User]:
    """Every account of a person; the program's own have a user name."""
    return list(User.objects.filter(user_name=None))


def agree(client: Client) -> None:
    client.post("/account/register/data-protection", {"agree": "yes"})


def step_1(client: Client, **other: str):
    return client.post("/account/register", ABOUT | other)


def step_2(client: Client, email: str = EMAIL, password: str = PASSWORD, again: str | None = None):
    fields = {"email": email, "password": password, "password_again": again or password}
    return client.post("/account/register/sign-in", fields)


def register(client: Client, email: str = EMAIL, **other: str):
    agree(client)
    step_1(client, **other)
    return step_2(client, email)


def finish(client: Client, email: str = EMAIL) -> User:
    client.post(CODE, {"code": code_in(last_letter(email))})
    client.post("/account/register/terms", {"agree": "yes"})
    return User.objects.get(email=email)


@pytest.mark.django_db
@pytest.mark.req("SP-001", "SP-008", "CP-008", "CP-010", "CP-011")
def test_a_parent_registers_with_the_code_and_is_signed_in(client):
    assert register(client).url == CODE
    letter = last_letter(EMAIL)
    assert letter.subject == "Please verify your email address"
    assert len(code_in(letter)) == len("1234 5678")

    after = client.post(CODE, {"code": code_in(letter)})
    assert after.url == "/account/register/terms"
    assert client.post("/account/register/terms", {}).status_code == 422
    assert client.post("/account/register/terms", {"agree": "yes"}).url == "/home"

    assert client.get("/home").status_code == 200
    assert client.session["verified"] is True
    user = User.objects.get(email=EMAIL)
    assert (user.state, user.address["postcode"], user.mobile) == ("active", "CF10 3AT", "07700900982")
    assert set(user.memberships.values_list("role", flat=True)) == {"parent"}


@pytest.mark.django_db
@pytest.mark.req("SP-002")
def test_the_front_page_offers_registration_in_two_places(client):
    page = client.get("/").text
    assert page.count('href="/account/register/data-protection"') >= 2
    assert "Please register" in page
    assert ">Register<" in page


@pytest.mark.django_db
@pytest.mark.req("CP-006")
def test_the_pages_of_registration_mark_what_must_be_answered(client):
    agree(client)
    line = "</span> You must answer questions marked with a star"
    page = client.get("/account/register").text
    assert page.count(line) == 1 and "(optional)" not in page
    for label in ("First name", "Surname", "Postcode"):
        assert f'{label}\N{NO-BREAK SPACE}<span class="gh-star" aria-hidden="true">*</span>' in page
    assert 'Middle names\N{NO-BREAK SPACE}<span class="gh-star"' not in page

    step_1(client)
    page = client.get("/account/register/sign-in").text
    assert 'name="email" type="email"' in page
    assert page.count(line) == 1
    assert page.count("(required)</span>") >= 3


@pytest.mark.django_db
@pytest.mark.req("SP-003")
def test_no_step_of_registration_opens_before_the_tick(client):
    for path in ("/account/register", "/account/register/sign-in", CODE, "/account/register/terms"):
        assert client.get(path).status_code == 302, path
        assert client.post(path, ABOUT).status_code == 302, path
    assert "GDPR Consent Statement" in client.get("/account/register/data-protection").text
    assert client.post("/account/register/data-protection", {}).status_code == 422
    assert client.get("/account/register").status_code == 302

    agree(client)
    assert client.get("/account/register").status_code == 200
    assert client.get("/account/register/sign-in").status_code == 302
    assert not registered()


@pytest.mark.django_db
@pytest.mark.req("SP-004", "SP-046")
def test_the_agreement_is_recorded_and_shows_in_the_consent_history(client):
    register(client)
    user = finish(client)
    given = ConsentGiven.objects.get(user=user)
    assert (given.answer, given.language) == ("agreed", "en")
    assert "You agreed to the statement." in client.get("/account/consent-history").text


@pytest.mark.django_db
@pytest.mark.req("SP-006", "SP-010", "CP-005", "CP-006")
def test_the_mandatory_fields_are_asked_for_and_nothing_typed_is_lost(client):
    agree(client)
    response = client.post("/account/register", {"street": "Mill Street", "mobile": "07700900982"})
    assert response.status_code == 422
    assert set(response.context["problems"]) == {"forename", "surname", "born_on", "postcode"}
    assert 'value="Mill Street"' in response.text
    assert "Is this account being used in a professional capacity?" in response.text


@pytest.mark.django_db
@pytest.mark.req("SP-007")
def test_find_address_fills_the_boxes_and_says_how_to_enter_another(client):
    authority.change_setting("addresses.finder", value="invented", by=None, now=NOON)
    agree(client)
    found = step_1(client, find="1")
    assert "If your address is not listed, type it" in found.text
    one = found.context["found"][2]
    filled = step_1(client, use="1", found=one.uprn)
    assert f'value="{one.street}"' in filled.text
    assert 'value="Bowen"' in filled.text


@pytest.mark.django_db
def test_what_is_typed_is_cleaned_of_hidden_marks_and_every_box_is_kept_by_find_address(client):
    agree(client)
    odd = {"forename": " Nia\x00  Mair\u202e ", "born_on-year": "9" * 30}
    found = step_1(client, find="1", **odd)
    assert 'value="Nia Mair"' in found.text
    for name in ("day", "month", "year"):
        assert f'value="{(ABOUT | odd)[f"born_on-{name}"]}"' in found.text
    assert 'value="07700 900 982"' in found.text
    assert list(step_1(client, **odd).context["problems"]) == ["born_on"]
    register(client, forename=odd["forename"])
    assert finish(client).forename == "Nia Mair"


@pytest.mark.django_db
@pytest.mark.req("CP-005", "CP-010")
def test_a_professional_gives_role_and_organisation(client):
    agree(client)
    response = step_1(client, professional="yes")
    assert set(response.context["problems"]) == {"job_role", "organisation"}
    step_1(client, professional="yes", job_role="Head teacher", organisation="Ysgol y Bont")
    step_2(client)
    assert last_letter(EMAIL).subject == "Please verify your email address"
    user = finish(client)
    assert set(user.memberships.values_list("role", flat=True)) == {"professional"}
    assert client.get("/home").url == "/professionals/"


@pytest.mark.django_db
def test_a_young_person_is_one_besides_being_a_citizen(client):
    year = str(timezone.localdate().year - 18)
    register(client, **{"born_on-year": year})
    assert set(finish(client).memberships.values_list("role", flat=True)) == {"parent", "young-person"}


@pytest.mark.django_db
def test_a_child_under_sixteen_is_told_to_ask_a_parent(client):
    agree(client)
    response = step_1(client, **{"born_on-year": str(timezone.localdate().year - 12)})
    assert "Ask a parent or carer" in response.context["problems"]["born_on"]


@pytest.mark.django_db
@pytest.mark.req("SP-005", "CP-007")
@pytest.mark.parametrize(
    ("password", "again", "field"),
    [
        ("short one", None, "password"),
        ("x" * 129, None, "password"),
        ("qwertyuiop123", None, "password"),
        (PASSWORD, PASSWORD + "x", "password_again"),
    ],
)
def test_passwords_are_long_uncommon_and_typed_twice(client, password, again, field):
    agree(client)
    step_1(client)
    response = step_2(client, password=password, again=again)
    assert list(response.context["problems"]) == [field]
    assert not registered()


@pytest.mark.django_db
def test_a_secret_question_is_asked_for_only_where_the_authority_wants_one(client):
    agree(client)
    step_1(client)
    assert "Secret Question" not in client.get("/account/register/sign-in").text
    authority.change_setting("secret_question.on", value=True, by=None, now=NOON)
    asked = step_2(client).context["problems"]
    assert list(asked) == ["secret_question", "secret_answer"]
    assert asked["secret_question"] == "Choose a secret question", "it is a list"
    extra = {"secret_question": "pet", "secret_answer": "Mot"}
    both = {"email": EMAIL, "password": PASSWORD, "password_again": PASSWORD}
    client.post("/account/register/sign-in", both | extra)
    assert registered()[0].secret_answer.startswith("argon2")


@pytest.mark.django_db
@pytest.mark.req("SP-008", "SP-009")
def test_nobody_signs_in_before_the_link_is_followed(client):
    register(client)
    path = link_in(last_letter(EMAIL))
    other = Client()
    assert other.post("/account/sign-in", {"name": EMAIL, "password": PASSWORD}).status_code == 422

    assert other.get(path).status_code == 200
    assert not User.objects.filter(email=EMAIL).exists()
    assert "is confirmed" in other.post(path).text
    assert (
        other.post("/account/sign-in", {"name": EMAIL, "password": PASSWORD}).url == "/account/sign-in/code"
    )


@pytest.mark.django_db
@pytest.mark.req("SP-011")
def test_the_link_works_once_and_for_72_hours(client):
    register(client)
    path = link_in(last_letter(EMAIL))
    with time_machine.travel(timezone.now() + timedelta(hours=72, minutes=1)):
        assert client.get(path).status_code == 410
        assert client.post(path).status_code == 410
    assert client.post(path).status_code == 200
    assert client.post(path).status_code == 410


@pytest.mark.django_db
@pytest.mark.req("SP-011", "CP-013")
def test_a_known_address_gets_the_same_page_and_another_email(client):
    dilys = a_parent()
    mine, theirs = Client(), Client()
    fresh, known = register(mine, "fresh@example.org"), register(theirs, dilys.email)
    assert (fresh.status_code, fresh.url) == (known.status_code, known.url)
    pages = [re.sub(r'name="csrf\w+" value="\w+"', "", one.get(CODE).text) for one in (mine, theirs)]
    assert pages[0] == pages[1]
    letter = last_letter(dilys.email)
    assert letter.subject == "You already have an account"
    assert "/account/sign-in" in letter.text
    assert User.objects.get(email=dilys.email).check_password(PASSPHRASE)


@pytest.mark.django_db
@pytest.mark.req("CP-012")
def test_spaces_do_not_matter_and_five_wrong_codes_cancel_the_right_one(client):
    register(client)
    code = code_in(last_letter(EMAIL)).replace(" ", "")
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _ in range(5):
        assert client.post(CODE, {"code": wrong}).status_code == 422
    assert "Ask for a new code" in client.post(CODE, {"code": code}).text

    client.post("/account/register/new-code")
    code = code_in(last_letter(EMAIL)).replace(" ", "")
    assert client.post(CODE, {"code": f" {code[:3]}  {code[3:]} "}).url == "/account/register/terms"


@pytest.mark.django_db
@pytest.mark.req("CP-012")
def test_a_registration_code_lasts_thirty_minutes_and_a_new_one_replaces_it(client):
    register(client)
    first = code_in(last_letter(EMAIL))
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert "Ask for a new code" in client.post(CODE, {"code": first}).text
        client.post("/account/register/new-code")
        second = code_in(last_letter(EMAIL))
        if first != second:
            assert client.post(CODE, {"code": first}).status_code == 422
        assert client.post(CODE, {"code": second}).status_code == 302


@pytest.mark.django_db
@pytest.mark.req("CP-008", "CP-009")
def test_step_3_says_what_to_do(client):
    register(client)
    page = client.get(CODE).text
    assert "We have just sent you an email to confirm your email address." in page
    assert "it may be in your spam/junk email folder." in page.replace("&#x27;", "'")
    assert "Please send me a new code" in page
    assert 'Code\N{NO-BREAK SPACE}<span class="gh-star" aria-hidden="true">*</span>' in page
    after = page[page.index('id="code"') :]
    places = [after.index(one) for one in ("Next", 'href="/account/register/sign-in"', "Back", "Cancel")]
    assert places == sorted(places)


@pytest.mark.django_db
def test_going_back_changes_the_address_without_a_second_account(client):
    register(client, "wrong@example.org")
    step_2(client, EMAIL)
    assert len(registered()) == 1
    finish(client)
    assert registered()[0].email == EMAIL


@pytest.mark.django_db
def test_an_unconfirmed_registration_does_not_keep_an_address_busy(client):
    register(Client(), EMAIL)
    register(client, EMAIL)
    assert finish(client).email == EMAIL


@pytest.mark.django_db
@pytest.mark.req("CP-024")
def test_registering_leads_back_to_the_form_that_asked_for_it(client):
    client.get("/account/register/data-protection?next=/send/")
    register(client)
    client.post(CODE, {"code": code_in(last_letter(EMAIL))})
    assert client.post("/account/register/terms", {"agree": "yes"}).url == "/send/"


@pytest.mark.django_db
@pytest.mark.req("GH-046")
def test_registering_leaves_its_marks_in_the_audit(client):
    register(client)
    client.post(CODE, {"code": "1"})
    finish(client)
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    wanted = ["account.registered", "account.code_failed", "account.confirmed", "account.signed_in"]
    assert [verb for verb in verbs if verb in wanted] == wanted

"""The schools' own sign-in page, from the first email to the home page of the portal."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guildhall.foundation.authority import services as authority
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership

from ...mailbox import code_in, last_letter, link_in
from ...people.membership.schools import a_place, a_school, given, the_council
from ...standing import NOON, PASSPHRASE, a_parent, an_administrator, come_in

pytestmark = pytest.mark.django_db
PAGE = "/account/sign-in?door=schools"
COOKIES = (
    "Notice: This application uses cookies to ensure essential services work as intended. You are agreeing "
    "to this by signing in. Without cookies, this application will not function properly."
)


def put(key, value):
    authority.change_setting(key, value=value, by=None, now=NOON)


def sign_in(client, email, **more):
    typed = {"door": "schools", "name": email, "password": PASSPHRASE, "terms": "on"}
    return client.post("/account/sign-in", typed | more)


@pytest.mark.req("SC-003", "SC-004", "SY-004")
def test_the_page_has_the_schools_words_fields_links_and_notice(client):
    put("schools.email", "portal@schools.example.org")
    page = client.get(PAGE).text
    for words in (
        ">School Portal Login</h1>",
        "Sign in to your account",
        ">Password reset</a>",
        ">Minimum requirements</a>",
        ">Forgotten username or password?</a>",
        ">First time here?</a>",
        "I agree to the terms of use",
        "mailto:portal@schools.example.org",
        COOKIES,
    ):
        assert words in page
    for label in ("Username", "Password"):
        assert label in page.split("<form", 2)[-1]
    assert "Minimum requirements" in client.get("/schools/help/requirements").text
    assert "School Portal Login" not in client.get("/account/sign-in").text
    assert PAGE in client.get("/schools/").text


@pytest.mark.req("SC-003")
def test_pages_of_the_schools_lead_to_their_own_sign_in_page(client):
    away = client.get("/schools/account-management/")
    assert "School Portal Login" in client.get(away.url).text


@pytest.mark.req("SY-004")
def test_nobody_signs_in_there_without_agreeing_to_the_terms_of_use(client):
    elen = a_place("elen@ysgol.example.org")
    assert "checked" not in client.get(PAGE).text, "nobody agrees for them"
    assert "checked" in sign_in(client, elen.user.email, password="not this one").text
    refused = sign_in(client, elen.user.email, terms="")
    assert refused.status_code == 422
    assert "Tick the box to agree to the terms of use" in refused.text
    assert sign_in(client, elen.user.email).url == "/account/sign-in/code"


@pytest.mark.req("SY-004")
def test_a_passkey_at_that_door_asks_for_the_terms_of_use_before_anybody_is_in(client, settings, monkeypatch):
    settings.SITE_URL = "http://localhost:8000"  # browsers know passkeys only for a name
    elen = a_place("elen@ysgol.example.org").user
    monkeypatch.setattr(accounts, "check_passkey", lambda *_, **__: elen)
    assert "/account/sign-in/passkey?door=schools" in client.get(PAGE).text
    client.get("/account/sign-in/passkey?door=schools")
    assert client.post("/account/sign-in/passkey").url == "/account/register/terms"
    assert client.get("/schools/account-management/").status_code == 302
    assert "I agree to these" in client.get("/account/register/terms").text
    assert client.post("/account/register/terms", {"agree": "yes"}).status_code == 302
    assert client.get("/schools/account-management/").status_code == 200

    client.post("/account/sign-out")
    client.get("/account/sign-in/passkey?door=schools")
    assert sign_in(client, elen.email).url == "/account/sign-in/code"
    code = code_in(last_letter(elen.email))
    assert client.post("/account/sign-in/code", {"code": code}).url != "/account/register/terms", "ticked"


def test_who_was_locked_while_the_terms_were_open_does_not_come_in(client, settings, monkeypatch):
    settings.SITE_URL = "http://localhost:8000"
    elen = a_place("elen@ysgol.example.org").user
    monkeypatch.setattr(accounts, "check_passkey", lambda *_, **__: elen)
    client.get("/account/sign-in/passkey?door=schools")
    client.post("/account/sign-in/passkey")
    User.objects.filter(pk=elen.pk).update(session_epoch=elen.session_epoch + 1)
    assert client.post("/account/register/terms", {"agree": "yes"}).url == "/account/sign-in"


def test_a_wrong_password_says_the_same_of_an_account_and_of_nobody(client):
    a_place("elen@ysgol.example.org")
    answers = [
        sign_in(client, name, password="not this one") for name in ("elen@ysgol.example.org", "x@y.zz")
    ]
    assert [one.status_code for one in answers] == [422, 422]
    assert all("School Portal Login" in one.text for one in answers)


@pytest.mark.req("SC-006", "SC-008")
def test_activation_asks_for_the_emailed_code_then_the_security_question_then_opens_the_portal(client):
    put("secret_question.on", True)
    council = an_administrator()
    membership.add_person(
        given("new@ysgol.example.org", a_school()), holder=the_council(), by=council, now=timezone.now()
    )
    link = link_in(last_letter("new@ysgol.example.org"))
    client.post(link, {"password": PASSPHRASE, "password_again": PASSPHRASE})
    browser = Client()
    assert sign_in(browser, "new@ysgol.example.org", next="/schools/").url == "/account/sign-in/code"
    assert browser.get("/schools/account-management/").status_code == 302, "not in before the code"
    code = code_in(last_letter("new@ysgol.example.org"))
    asked = browser.post("/account/sign-in/code", {"code": code})
    assert asked.url.startswith("/account/first-secret-question?next=")
    page = browser.get(asked.url).text
    assert "<select" in page
    assert "Save" in page.split("<select")[1]
    options = browser.get(asked.url).context["form"].fields["secret_question"].choices
    key = next(key for key, _ in options if key)
    chosen = {"secret_question": key, "secret_answer": "Heol Fawr"}
    assert browser.post(asked.url, chosen).url == "/schools/"
    assert "Account Management" in browser.get("/schools/").text


@pytest.mark.req("SC-007", "SC-013")
def test_a_code_times_out_after_five_minutes_and_sending_another_ends_the_first(client):
    elen = a_place("elen@ysgol.example.org")
    sign_in(client, elen.user.email)
    assert 'action="/account/sign-in/new-code"' in client.get("/account/sign-in/code").text
    first = code_in(last_letter(elen.user.email))
    client.post("/account/sign-in/new-code")
    second = code_in(last_letter(elen.user.email))
    if first != second:
        assert client.post("/account/sign-in/code", {"code": first}).status_code == 422
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        assert client.post("/account/sign-in/code", {"code": second}).status_code == 422
    assert client.post("/account/sign-in/code", {"code": second}).status_code == 302


@pytest.mark.req("SC-013")
def test_a_school_person_is_asked_again_only_on_a_device_that_is_not_remembered(client):
    elen = a_place("elen@ysgol.example.org")
    sign_in(client, elen.user.email)
    code = code_in(last_letter(elen.user.email))
    client.post("/account/sign-in/code", {"code": code, "remember": "on"})
    client.post("/account/sign-out")
    assert sign_in(client, elen.user.email, next="/schools/").url == "/schools/"
    assert sign_in(Client(), elen.user.email).url == "/account/sign-in/code"


@pytest.mark.req("SC-009", "SY-006")
def test_password_reset_asks_the_question_and_a_wrong_answer_in_other_capitals_stops_it(client):
    put("secret_question.on", True)
    elen = a_place("elen@ysgol.example.org")
    sign_in(client, elen.user.email)
    code = code_in(last_letter(elen.user.email))
    asked = client.post("/account/sign-in/code", {"code": code}).url
    options = client.get(asked).context["form"].fields["secret_question"].choices
    key = next(key for key, _ in options if key)
    client.post(asked, {"secret_question": key, "secret_answer": "Heol Fawr"})
    for answer, sent in (("heol fawr", False), ("Heol Fawr", True)):
        other = Client()
        assert other.post("/account/forgotten", {"email": elen.user.email}).url.endswith("question")
        other.post("/account/forgotten/secret-question", {"secret_answer": answer})
        subject = last_letter(elen.user.email).subject
        assert ("password" in subject.lower()) is sent, subject


def test_whoever_is_no_school_person_reaches_only_their_own_home(client):
    parent = a_parent(two_step="none")
    assert sign_in(client, parent.email).url == "/home"
    assert User.objects.get(pk=parent.pk).is_active


@pytest.mark.req("SC-003")
def test_a_session_that_ended_on_a_page_of_every_door_leads_back_to_the_schools_page(client):
    elen = a_place("elen@ysgol.example.org")
    come_in(client, elen.user)
    assert client.get("/messages/").status_code == 200
    del client.cookies["session"]
    assert "School Portal Login" in client.get("/messages/", follow=True).text
    assert "School Portal Login" not in client.get("/account/sign-in").text, "who asks for no page is anybody"
    assert "School Portal Login" not in client.get("/family/", follow=True).text

    come_in(client, elen.user)
    client.get("/messages/")
    client.post("/account/sign-out")
    assert "School Portal Login" not in client.get("/messages/", follow=True).text

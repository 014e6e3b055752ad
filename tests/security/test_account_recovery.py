"""Row T31 of the threat table: whoever has the mailbox alone, or the password alone, sees no record."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guildhall.foundation.authority import services as authority
from guildhall.foundation.outbox.mailbox import letters
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.mail.messages.models import Message
from guildhall.people.accounts import queries, sealing
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import Authenticator, User
from guildhall.people.accounts.services import administration

from ..mailbox import code_in, deliver, last_letter, link_in
from ..standing import NOON, PASSPHRASE, a_parent, a_professional, an_administrator, an_officer

SIGN_IN, CODE, APP = "/account/sign-in", "/account/sign-in/code", "/account/sign-in/app"
SUBMITTED, SAVED = "/forms/submitted/", "/forms/saved/"
NEW = "purple hill tractor moon"
BOTH = {"password": NEW, "password_again": NEW}
CLOSED = "This page is closed for now"


@pytest.fixture
def dilys(db: None) -> User:
    return used(a_parent())


def used(user: User) -> User:
    """Somebody who has signed in before, elsewhere."""
    user.last_login = NOON
    user.save(update_fields=["last_login"])
    return user


def by_email(client: Client, user: User, password: str = NEW) -> Client:
    """Sign in with a password and the code that was emailed."""
    assert client.post(SIGN_IN, {"name": user.email, "password": password}).url == CODE
    assert client.post(CODE, {"code": code_in(last_letter(user.email))}).status_code == 302
    return client


def set_password(user: User) -> None:
    Client().post(link_in(last_letter(user.email)), BOTH)


def reset(user: User) -> None:
    accounts.invite_to_set_password(user, mail="Password_Forget", now=timezone.now())
    set_password(user)


def sees(client: Client) -> bool:
    answer = client.get(SUBMITTED)
    assert (answer.status_code == 200) != (CLOSED in answer.text)
    return answer.status_code == 200


def forgot(user: User) -> Client:
    Client().post("/account/forgotten", {"email": user.email})
    deliver()
    set_password(user)
    return by_email(Client(), user)


def answered(user: User) -> Client:
    authority.change_setting("secret_question.on", value=True, by=None, now=NOON)
    accounts.set_secret_question(user, question="pet", answer="Mot", now=NOON)
    asking = Client()
    asking.post("/account/forgotten", {"email": user.email})
    asking.post("/account/forgotten/secret-question", {"secret_answer": "Mot"})
    deliver()
    set_password(user)
    return by_email(Client(), user)


def unlocked(user: User) -> Client:
    for _ in range(10):
        Client().post(SIGN_IN, {"name": user.email, "password": "guess"})
    Client().post(link_in(last_letter(user.email)))
    return by_email(Client(), user, PASSPHRASE)


def reset_by_an_administrator(user: User) -> Client:
    administration.reset_password(user, reason="asked", by=an_administrator(), now=timezone.now())
    set_password(user)
    return by_email(Client(), user)


def second_step_reset_too(user: User) -> Client:
    accounts.reset_second_step(user, by=an_administrator(), now=timezone.now())
    reset(user)
    return by_email(Client(), user)


def address_changed_by_an_administrator(user: User) -> Client:
    administration.change_email(
        user, email="other@example.org", reason="asked", by=an_administrator(), now=timezone.now()
    )
    Client().post(link_in(last_letter("other@example.org")))
    user.refresh_from_db()
    reset(user)
    return by_email(Client(), user)


def address_changed_with_the_password_alone(user: User) -> Client:
    """The second step is off: a password opens the account, changes its address and puts the step on."""
    accounts.change_two_step(user, method="none", now=timezone.now())
    thief = Client()
    thief.post(SIGN_IN, {"name": user.email, "password": PASSPHRASE})
    accounts.ask_new_email(user, email="thief@example.org", password=PASSPHRASE, now=timezone.now())
    Client().post(link_in(last_letter("thief@example.org")))
    user.refresh_from_db()
    accounts.change_two_step(user, method="email", now=timezone.now())
    return by_email(thief, user, PASSPHRASE)


def twice_with_a_new_app_between(user: User) -> Client:
    """An app that was added after the first recovery proves nothing after a second one."""
    reset(user)
    app = an_app(user, at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        reset(user)
        return by_app(Client(), user, app)


def an_app(user: User, *, at) -> str:
    secret = pyotp.random_base32()
    Authenticator.objects.create(
        user=user, name="Phone", secret=sealing.seal(secret), made_at=at, confirmed_at=at
    )
    return secret


def by_app(client: Client, user: User, secret: str, password: str = NEW) -> Client:
    assert client.post(SIGN_IN, {"name": user.email, "password": password}).url == APP
    code = pyotp.TOTP(secret).at(timezone.now())
    assert client.post(APP, {"app_code": code}).status_code == 302
    return client


PATHS = [
    forgot,
    answered,
    unlocked,
    reset_by_an_administrator,
    second_step_reset_too,
    address_changed_by_an_administrator,
    address_changed_with_the_password_alone,
    twice_with_a_new_app_between,
]


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_no_way_back_into_an_account_ends_at_records_by_one_factor(dilys, path):
    assert not sees(path(dilys))


def test_without_the_hold_the_mailbox_alone_would_open_everything(dilys):
    authority.change_setting("recovery.hold_hours", value=0, by=None, now=NOON)

    assert sees(forgot(dilys))


def test_saved_forms_stay_open_and_the_page_says_what_is_closed_and_how_to_open_it(dilys):
    client = forgot(dilys)

    assert client.get(SAVED).status_code == 200
    assert client.get("/family/").status_code == 200
    page = client.get(SUBMITTED).text
    assert "It opens on" in page
    assert "passkey" in page
    assert f'href="{SAVED}"' in page


def test_a_private_message_is_closed_too_and_its_subject_not_shown(dilys):
    messages.send(
        dilys, subject="Private heading", body="Zqy", key="zqx", about=About(kind="submission"), now=NOON
    )
    client = forgot(dilys)

    listed = client.get("/messages/").text
    opened = client.get(f"/messages/{Message.objects.get().pk}/")
    assert "Private heading" not in listed
    assert opened.status_code == 403
    assert CLOSED in opened.text


def test_records_open_after_a_day_and_with_the_browser_or_the_app_that_were_there_before(dilys):
    app = an_app(dilys, at=NOON)
    known = by_app(Client(), dilys, app, PASSPHRASE)
    known.post("/account/sign-out")
    reset(dilys)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        known.post(SIGN_IN, {"name": dilys.email, "password": NEW})
        known.get("/account/sign-in/another-way")
        assert sees(by_app(Client(), dilys, app))
    stranger = by_new_code(Client(), dilys)
    assert not sees(stranger)
    assert sees(by_new_code(known, dilys))
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=5)):
        assert sees(by_new_code(Client(), dilys))


def by_new_code(client: Client, user: User) -> Client:
    client.post(SIGN_IN, {"name": user.email, "password": NEW})
    client.post("/account/sign-in/new-code")
    assert client.post(CODE, {"code": code_in(last_letter(user.email))}).status_code == 302
    return client


def test_somebody_who_checks_who_they_are_opens_it_at_once_in_the_same_session(dilys):
    client = forgot(dilys)
    assert dilys.pk in queries.shut_out([User.objects.get(pk=dilys.pk)], now=timezone.now())

    administration.forgive_tries(User.objects.get(pk=dilys.pk), by=an_administrator(), now=timezone.now())

    assert sees(client)


def test_a_new_password_set_in_a_held_session_does_not_open_it(dilys):
    client = forgot(dilys)
    again = {"old_password": NEW, "password": PASSPHRASE, "password_again": PASSPHRASE}

    assert client.post("/account/change-password", again).status_code == 302
    assert not sees(client)


def test_the_owner_is_told_at_the_old_address_too(dilys):
    address_changed_with_the_password_alone(dilys)
    deliver()

    told = {letter.to for letter in letters() if letter.subject == "Your account was recovered by email"}
    assert told == {"dilys@example.org", "thief@example.org"}


@pytest.mark.django_db
def test_a_first_password_and_a_professional_are_treated_alike():
    teacher = a_professional()
    reset(teacher)
    assert sees(by_email(Client(), teacher))

    reset(used(teacher))
    assert not sees(by_email(Client(), teacher))


@pytest.mark.django_db
def test_staff_whose_app_was_set_up_after_the_recovery_wait_and_those_with_an_older_one_do_not():
    officer = used(an_officer())
    accounts.require_authenticator(officer)
    old = an_app(officer, at=NOON)
    reset(officer)
    assert by_app(Client(), officer, old).get("/council/review/").status_code == 200

    accounts.reset_second_step(officer, by=an_administrator(), now=timezone.now())
    fresh = an_app(officer, at=timezone.now())
    answer = by_app(Client(), officer, fresh).get("/council/review/")
    assert answer.status_code == 403
    assert CLOSED in answer.text

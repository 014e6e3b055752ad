"""A forgotten password, the secret question, and changing the password before signing in."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guildhall.foundation.authority import services as authority
from guildhall.foundation.outbox.mailbox import letters
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import Guard, User
from guildhall.people.membership import services as membership

from ...mailbox import code_in, deliver, last_letter, link_in
from ...people.membership.schools import a_place
from ...standing import NOON, PASSPHRASE, a_parent, a_professional, an_officer
from .test_signing_in import CODE, SIGN_IN, WRONG, first_step

FORGOTTEN, QUESTION, SENT = (
    "/account/forgotten",
    "/account/forgotten/secret-question",
    "/account/forgotten/sent",
)
CHANGE = "/account/sign-in/change-password"
NEW = "purple hill tractor moon"
BOTH = {"password": NEW, "password_again": NEW}


@pytest.fixture
def asking(db: None) -> User:
    """An authority that asks secret questions, and a parent who has one."""
    authority.change_setting("secret_question.on", value=True, by=None, now=NOON)
    dilys = a_parent()
    accounts.set_secret_question(dilys, question="pet", answer="Mot", now=NOON)
    return dilys


def forgot(client: Client, email: str, answer: str):
    assert client.post(FORGOTTEN, {"email": email}).url == QUESTION
    page = client.get(QUESTION)
    return page, client.post(QUESTION, {"secret_answer": answer})


def letters_put() -> int:
    deliver()
    return sum(letter.subject.startswith("Set a new password") for letter in letters())


@pytest.mark.req("SP-022", "SP-023", "SC-009")
def test_the_right_answer_has_a_link_emailed(client, asking):
    assert "Forgotten your password?" in client.get(SIGN_IN).text
    page, answer = forgot(client, "Dilys@example.org", " Mot ")
    assert "Secret Question" in page.text
    assert "What was the name of your first pet?" in page.text
    assert "Secret Answer" in page.text
    assert answer.url == SENT
    assert "A password change has been requested." in client.get(SENT).text
    assert "password" in last_letter(asking.email).subject
    assert "/account/set-password/" in last_letter(asking.email).text


@pytest.mark.req("SP-024", "SP-025")
def test_the_link_sets_a_password_once_within_its_time_and_only_the_new_one_works(client, asking):
    forgot(client, asking.email, "Mot")
    path = link_in(last_letter(asking.email))
    page = client.get(path).text
    assert re.findall(r"<label[^>]*>\s*([A-Z][A-Za-z ]+)", page) == ["Password", "Confirm Password"]
    for minutes, status in ((24 * 60 - 1, 200), (24 * 60 + 1, 410)):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            assert client.get(path).status_code == status
    done = client.post(path, BOTH)
    assert "Your password has been changed." in done.text
    assert f'href="{SIGN_IN}"' in done.text
    assert client.post(path, BOTH).status_code == 410
    assert "password has been changed" in last_letter(asking.email).subject
    assert WRONG in first_step(Client(), asking.email).text
    assert first_step(client, asking.email, NEW).url == CODE


@pytest.mark.django_db
@pytest.mark.req("CP-004")
def test_the_link_of_who_is_here_for_work_lasts_an_hour_and_the_page_says_the_same_to_all(client):
    marek, pages, start = a_professional(), [], timezone.now()
    with time_machine.travel(start, tick=False):
        for email in (marek.email, a_parent().email, "nobody@example.org"):
            pages.append(_plain(client.post(FORGOTTEN, {"email": email}, follow=True).text))
        path = link_in(last_letter(marek.email))
    assert pages[0] == pages[1] == pages[2]
    for minutes, status in ((59, 200), (61, 410)):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert client.get(path).status_code == status
    assert client.post(path, BOTH).status_code == 200
    assert client.post(path, BOTH).status_code == 410


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("en", "until 2:30pm on 1 June 2026"), ("cy", "tan 2:30yp ar 1 Mehefin 2026")]
)
def test_the_email_says_until_when_its_link_works(language, words):
    marek = a_professional(language=language)
    accounts.send_password_link(marek.email, now=NOON + timedelta(minutes=30))
    assert words in last_letter(marek.email).text


@pytest.mark.django_db
def test_somebody_at_a_school_is_led_on_to_the_sign_in_page_of_schools(client):
    elen = a_place("elen@ysgol.example.org").user
    accounts.send_password_link(elen.email, now=timezone.now())
    done = client.post(link_in(last_letter(elen.email)), BOTH)
    assert f'href="{SIGN_IN}?door=schools"' in done.text


@pytest.mark.req("SY-006", "SC-009", "SP-025")
@pytest.mark.parametrize("answer", ["mot", "MOT", "", "Fido"])
def test_a_wrong_answer_sends_nothing_and_counts_as_a_wrong_password(client, asking, answer):
    _, reply = forgot(client, asking.email, answer)
    assert reply.url == SENT
    assert letters_put() == 0
    assert Guard.objects.get(what="password", whose=f"user:{asking.pk}").run == 1


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-025")
def test_ten_wrong_answers_lock_and_then_even_the_right_one_sends_nothing(client, asking):
    for _ in range(10):
        forgot(client, asking.email, "wrong")
    assert forgot(client, asking.email, "Mot")[1].url == SENT
    assert letters_put() == 0
    assert WRONG in first_step(Client(), asking.email).text
    client.post(link_in(last_letter(asking.email)))
    forgot(client, asking.email, "Mot")
    assert letters_put() == 1


def test_right_answers_do_not_make_room_for_more_guesses(client, asking):
    for _ in range(9):
        first_step(client, asking.email, "guess")
    forgot(client, asking.email, "Mot")
    first_step(client, asking.email, "guess")
    assert WRONG in first_step(client, asking.email).text


@pytest.mark.req("SP-025")
def test_an_unknown_address_gets_the_same_pages_and_no_email(client, asking):
    texts = []
    for who in ("dilys@example.org", "nobody@example.org"):
        person = Client()
        page, answer = forgot(person, who, "wrong")
        words = page.text.replace(queries.question_for(who), "QUESTION")
        texts.append(
            (page.status_code, _plain(words), answer.status_code, answer.url, _plain(person.get(SENT).text))
        )
    assert texts[0] == texts[1]
    assert letters_put() == 0


def _plain(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_an_unknown_address_is_always_asked_the_same_question(asking):
    asked = {queries.question_for(f"nobody{number}@example.org") for number in range(40)}
    assert len(asked) > 3
    assert len({queries.question_for("Nobody@example.org"), queries.question_for("nobody@example.org ")}) == 1


def test_known_and_unknown_cost_the_same_statements_before_the_answer_leaves(asking):
    spent = []
    for email in ("dilys@example.org", "nobody@example.org"):
        Guard.objects.all().delete()
        accounts.answer_secret_question(email, "wrong", address="192.0.2.1", now=timezone.now())
        with CaptureQueriesContext(connection) as found:
            accounts.answer_secret_question(email, "wrong", address="192.0.2.1", now=timezone.now())
        spent.append([one["sql"].split()[0] for one in found if "SAVEPOINT" not in one["sql"]])
    assert spent[0] == spent[1]


def test_who_never_had_a_question_leaves_it_empty(client, asking):
    officer = an_officer()
    forgot(client, officer.email, "")
    assert letters_put() == 1


def test_the_question_alone_opens_nothing(client, asking):
    assert client.get(QUESTION).url == FORGOTTEN
    forgot(client, asking.email, "Mot")
    assert client.get("/home").status_code == 302
    assert client.post(QUESTION, {"secret_answer": "Mot"}).url == FORGOTTEN


@pytest.mark.django_db
@pytest.mark.req("SC-006", "SC-007", "SC-008")
def test_an_invited_person_gives_a_code_and_chooses_a_question_at_first_sign_in(client):
    authority.change_setting("secret_question.on", value=True, by=None, now=NOON)
    user = User.objects.create(
        email="sian@ysgol.example.org",
        forename="Sian",
        surname="Rees",
        job_role="Teacher",
        state="active",
        registered_at=NOON,
        confirmed_at=NOON,
        terms_agreed_at=NOON,
    )
    membership.give_role(user, role="professional", by=None, now=NOON)
    statement = queries.current_statement(NOON)
    accounts.answer(user, statement, answer="agreed", by=user, now=NOON)
    accounts.invite_to_set_password(user, mail="Invitation", now=timezone.now())
    client.post(link_in(last_letter(user.email)), BOTH)
    assert first_step(client, user.email, NEW).url == CODE
    first = code_in(last_letter(user.email))
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        assert client.post(CODE, {"code": first}).status_code == 422
        client.post("/account/sign-in/new-code")
        answer = client.post(CODE, {"code": code_in(last_letter(user.email))})
        assert answer.url == "/account/first-secret-question?next=%2Fhome"
        page = client.get(answer.url).text
        assert "<select" in page
        assert client.post(answer.url, {"secret_question": "", "secret_answer": ""}).status_code == 422
        kept = client.post(answer.url, {"secret_question": "street", "secret_answer": "Heol y Bont"})
        assert kept.url == "/home"
    user.refresh_from_db()
    assert user.secret_question == "street"
    assert "Heol" not in user.secret_answer


@pytest.mark.django_db
@pytest.mark.req("SP-020")
def test_staff_change_their_password_from_the_sign_in_page(client):
    officer = an_officer()
    assert CHANGE in client.get(f"{SIGN_IN}?door=council").text
    page = client.get(CHANGE).text
    for word in ("Change Password", "Old Password", ">New Password", "Confirm New Password", "OK"):
        assert word in page
    given = {"name": officer.email, "old_password": PASSPHRASE} | BOTH
    assert WRONG in client.post(CHANGE, given | {"old_password": "wrong"}).text
    assert client.post(CHANGE, given | {"password_again": "other words here now"}).status_code == 422
    officer.refresh_from_db()
    assert officer.check_password(PASSPHRASE)
    assert "Your password has been changed." in client.post(CHANGE, given).text
    officer.refresh_from_db()
    assert officer.check_password(NEW)
    assert client.get("/home").status_code == 302


@pytest.mark.django_db
def test_changing_at_the_sign_in_page_guesses_no_faster_than_signing_in(client):
    dilys = a_parent()
    for _ in range(10):
        client.post(CHANGE, {"name": dilys.email, "old_password": "guess"} | BOTH)
    assert WRONG in client.post(CHANGE, {"name": dilys.email, "old_password": PASSPHRASE} | BOTH).text
    assert WRONG in first_step(Client(), dilys.email).text


@pytest.mark.django_db
@pytest.mark.req("SY-008")
def test_a_password_that_expires_warns_fourteen_days_before_and_must_then_be_changed(client):
    dilys = a_parent()
    User.objects.filter(pk=dilys.pk).update(password_set_at=timezone.now() - timedelta(days=351, hours=1))
    assert first_step(Client(), dilys.email).url == CODE, "off by default"
    authority.change_setting("password.expires_days", value=365, by=None, now=NOON)

    first_step(client, dilys.email)
    client.post(CODE, {"code": code_in(last_letter(dilys.email))})
    assert "until your password must be changed: 14" in client.get("/home", follow=True).text

    with time_machine.travel(timezone.now() + timedelta(days=14)):
        late = Client()
        page = first_step(late, dilys.email).text
        assert "it is too old" in page
        assert 'value="dilys@example.org"' in page
        late.post(CHANGE, {"name": dilys.email, "old_password": PASSPHRASE} | BOTH)
        assert first_step(late, dilys.email, NEW).url == CODE


@pytest.mark.django_db
@pytest.mark.req("SY-005")
def test_a_new_passphrase_can_be_taken_from_a_list_where_the_authority_offers_one(client):
    assert "take one of these" not in client.get(CHANGE).text
    authority.change_setting("password.offer_passphrases", value=True, by=None, now=NOON)
    offered = client.get(CHANGE).context["offered"]
    assert len(set(offered)) == 5
    assert all(len(one) >= 12 for one in offered)
    assert offered != client.get(CHANGE).context["offered"]


@pytest.mark.django_db
@pytest.mark.req("SC-010", "SY-005")
def test_who_is_given_an_account_takes_an_offered_passphrase_or_makes_one_and_may_keep_it(client):
    authority.change_setting("password.offer_passphrases", value=True, by=None, now=NOON)
    person = a_parent()
    accounts.invite_to_set_password(person, mail="SchoolInvitation", now=timezone.now(), portal_link="/x")
    page = client.get(link_in(last_letter(person.email)))
    taken = page.context["offered"][0]
    assert f"<li>{taken}</li>" in page.text
    client.post(link_in(last_letter(person.email)), {"password": taken, "password_again": taken})
    person.refresh_from_db()
    assert person.check_password(taken)
    own = client.post(CHANGE, {"name": person.email, "old_password": taken} | BOTH)
    person.refresh_from_db()
    assert (own.status_code, person.check_password(NEW)) == (200, True)

"""The two steps of signing in, signing out, and what the session forgets."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority import services as authority
from guildhall.people.accounts import codes, queries
from guildhall.people.membership import services as membership

from ...mailbox import code_in, deliver, last_letter, link_in
from ...standing import NOON, PASSPHRASE, a_parent, a_professional, an_officer, come_in
from ...work.sharing.scene import an_entry, on_involvement

SIGN_IN, CODE = "/account/sign-in", "/account/sign-in/code"
DOORS = ("professionals", "schools", "council")
WRONG = "There were problems logging you in. Email Address/Password is incorrect. Please try again."
INVALID = (
    "The Verification Code you entered is invalid. Please try again. Codes expire after 5 minutes and are "
    "6 numbers long. If you make 4 incorrect attempts, your account will be locked for 4 minutes before you "
    "can sign in again."
)


def first_step(client: Client, name: str, password: str = PASSPHRASE, **more: str):
    return client.post(SIGN_IN, {"name": name, "password": password} | more)


def wrong_of(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.mark.django_db
@pytest.mark.req("SP-014", "SP-026", "SP-031")
def test_a_parent_signs_in_with_password_and_emailed_code(client):
    dilys = a_parent()
    assert "Login" in client.get("/").text
    assert first_step(client, "Dilys@Example.org ").url == CODE
    assert client.get("/home").status_code == 302
    assert client.get("/account/").status_code == 302

    code = code_in(last_letter(dilys.email))
    assert client.post(CODE, {"code": f" {code[:3]} {code[3:]} "}).url == "/home"
    assert client.get("/home").status_code == 200
    assert client.session["verified"] is True


@pytest.mark.django_db
@pytest.mark.req("SP-016", "SP-021")
def test_a_wrong_password_gets_the_exact_words(client):
    a_parent()
    for name, password in (("dilys@example.org", PASSPHRASE.upper()), ("nobody@example.org", PASSPHRASE)):
        response = first_step(client, name, password)
        assert response.status_code == 422
        assert WRONG in response.text
        assert "Check that you have entered the correct email address." in response.text
        assert "If you have forgotten your password, it will need to be reset." in response.text
        assert "Forgotten your password?" in response.text
        assert PASSPHRASE not in response.text


@pytest.mark.django_db
@pytest.mark.req("SP-033")
def test_a_wrong_code_gets_the_exact_words(client):
    dilys = a_parent()
    first_step(client, dilys.email)
    code = code_in(last_letter(dilys.email))
    response = client.post(CODE, {"code": wrong_of(code)})
    assert INVALID in response.text
    assert client.post(CODE, {"code": code}).status_code == 302


@pytest.mark.django_db
def test_the_words_about_codes_follow_the_limits_that_the_authority_sets(client):
    dilys = a_parent()
    for name, value in (("minutes", 7), ("tries", 2), ("lock_minutes", 9)):
        authority.change_setting(f"sign_in_code.{name}", value=value, by=None, now=NOON)
    first_step(client, dilys.email)
    code = code_in(last_letter(dilys.email))
    wrong = client.post(CODE, {"code": wrong_of(code)}).text
    assert "Codes expire after 7 minutes" in wrong
    assert "If you make 2 incorrect attempts, your account will be locked for 9 minutes" in wrong
    assert "There were 2 incorrect codes" in client.post(CODE, {"code": wrong_of(code)}).text


@pytest.mark.django_db
@pytest.mark.req("SP-032")
def test_a_code_is_six_numbers_and_lasts_five_minutes(client):
    dilys = a_parent()
    first_step(client, dilys.email)
    code = code_in(last_letter(dilys.email))
    assert len(code) == 6
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        assert INVALID in client.post(CODE, {"code": code}).text
        client.post("/account/sign-in/new-code")
        assert client.post(CODE, {"code": code_in(last_letter(dilys.email))}).url == "/home"


@pytest.mark.django_db
@pytest.mark.req("SP-032")
def test_four_wrong_codes_lock_the_account_for_four_minutes_over_all_sign_ins(client):
    dilys = a_parent()
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        for sender in (client, Client()):
            first_step(sender, dilys.email)
            code = code_in(last_letter(dilys.email))
            for _ in range(2):
                response = sender.post(CODE, {"code": wrong_of(code)})
        assert "your account is locked" in response.text
        assert "your account is locked" in first_step(client, dilys.email).text
        assert WRONG in first_step(client, dilys.email, "not the password").text
    with time_machine.travel(start + timedelta(minutes=3, seconds=59), tick=False):
        assert "your account is locked" in first_step(Client(), dilys.email).text
    with time_machine.travel(start + timedelta(minutes=4, seconds=1), tick=False):
        assert first_step(client, dilys.email).url == CODE


@pytest.mark.django_db
@pytest.mark.req("SP-015")
def test_staff_sign_in_with_their_user_name(client, settings):
    settings.DEMONSTRATION = True
    authority.change_setting("staff.emailed_codes", value=True, by=None, now=NOON)
    membership.make_staff(
        "apugh",
        email="a.pugh@council.example.org",
        forename="Angharad",
        surname="Pugh",
        roles=[("send-officer", "send")],
        by=None,
        now=NOON,
        password=PASSPHRASE,
    )
    assert "User Name" in client.get(f"{SIGN_IN}?door=council").text
    assert first_step(client, "APugh", door="council").url == CODE
    client.post(CODE, {"code": code_in(last_letter("a.pugh@council.example.org"))})
    assert client.get("/home").url == "/council/"


@pytest.mark.django_db
@pytest.mark.req("SP-015")
def test_whoever_was_on_a_page_of_the_council_signs_in_with_a_user_name(client):
    page = client.get(client.get("/council/").url).text
    assert "User Name" in page
    assert "Email Address" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["council", "schools", "professionals"])
def test_the_sign_in_page_of_a_door_is_drawn_as_that_door_also_after_an_error(client, door):
    address = f"{SIGN_IN}?door={door}"
    wrong = first_step(client, "nobody@example.org", door=door, terms="on").text
    for page in (client.get(address).text, wrong):
        assert f'class="govuk-template__body gh-door-{door}"' in page
        assert f'href="{address}"' in page.split("<main")[0]
    assert f'name="next" value="{address}"' in wrong, "another language is the same page"


@pytest.mark.django_db
@pytest.mark.req("SP-002")
def test_registering_is_offered_only_at_the_doors_where_people_register(client):
    header = {door: client.get(f"{SIGN_IN}?door={door}").text.split("<main")[0] for door in ("", *DOORS)}
    assert [door for door in header if ">Register<" in header[door]] == ["", "professionals"]


@pytest.mark.django_db
@pytest.mark.req("SP-027", "SP-034", "SP-035")
def test_without_a_second_step_the_send_area_is_refused(client):
    dilys = a_parent()
    come_in(client, dilys)
    page = client.get("/account/two-step-verification").text
    assert "you cannot open the Special Educational Needs and Disabilities area" in page
    assert "You will be signed out and will need to sign in again." in page
    assert client.post("/account/two-step-verification", {"method": "none"}).url == SIGN_IN
    assert client.get("/home").status_code == 302

    assert first_step(client, dilys.email).url == "/home"
    refused = client.get("/send/")
    assert refused.status_code == 403
    assert "This area requires Two Step Verification to be enabled before you can access it." in refused.text
    assert 'href="/account/two-step-verification"' in refused.text
    assert client.get("/family/").status_code == 200


@pytest.mark.django_db
@pytest.mark.req("SP-028", "SP-029", "SP-030")
def test_the_prompt_stays_until_it_is_followed_or_dismissed(client):
    dilys = a_parent(two_step="none")
    first_step(client, dilys.email)
    for _ in range(2):
        page = client.get("/home").text
        assert "Enable Two Step Verification now" in page
        assert "Enable now" in page
    choice = client.get("/account/two-step-verification").text
    assert "Preferred method" in choice
    assert "No Two Step Verification" in choice
    client.post("/account/two-step-verification/later")
    assert "Enable Two Step Verification now" not in client.get("/home").text


@pytest.mark.django_db
@pytest.mark.req("SP-030", "SP-031")
@pytest.mark.parametrize(("before", "method"), [("none", "email"), ("email", "email"), ("email", "none")])
def test_saving_either_method_signs_out_and_counts_at_the_next_sign_in(client, before, method):
    dilys = a_parent(two_step=before)
    come_in(client, dilys)
    page = client.get("/account/two-step-verification")
    assert list(dict(page.context["form"].fields["method"].choices).values()) == [
        "Email",
        "No Two Step Verification",
    ]
    assert "You will be signed out and will need to sign in again." in page.text
    assert client.post("/account/two-step-verification", {"method": method}).url == SIGN_IN
    assert client.get("/home").status_code == 302
    assert first_step(client, dilys.email).url == (CODE if method == "email" else "/home")
    assert client.get("/home").status_code == (302 if method == "email" else 200)


@pytest.mark.django_db
@pytest.mark.req("SP-034")
def test_a_professional_with_whom_a_child_is_shared_cannot_switch_the_second_step_off(client):
    marek, page = a_professional(), "/account/two-step-verification"
    come_in(client, marek)
    assert "Preferred method" in client.get(page).text
    on_involvement(an_entry(), marek)
    assert "Information about a child is shared with you" in client.get(page).text
    client.post(page, {"method": "none"})
    marek.refresh_from_db()
    assert marek.two_step == "email"


@pytest.mark.django_db
def test_two_step_verification_cannot_be_switched_off_by_staff(client):
    officer = an_officer()
    come_in(client, officer)
    client.post("/account/two-step-verification", {"method": "none"})
    officer.refresh_from_db()
    assert officer.two_step == "app"


@pytest.mark.django_db
@pytest.mark.req("SP-036")
def test_signing_out_ends_the_session_and_is_never_a_link(client):
    come_in(client, a_parent())
    assert client.get("/account/sign-out").status_code == 405
    key = client.session.session_key
    assert client.post("/account/sign-out").status_code == 302
    client.cookies["session"] = key
    assert client.get("/home").status_code == 302


@pytest.mark.django_db
def test_ten_wrong_passwords_lock_the_account_and_tell_its_owner_how_to_open_it(client):
    dilys = a_parent()
    for _ in range(10):
        first_step(client, dilys.email, "not the password")
    assert WRONG in first_step(client, dilys.email).text
    letter = last_letter(dilys.email)
    assert "locked" in letter.subject
    path = link_in(letter)
    assert client.get(path).status_code == 200
    assert WRONG in first_step(client, dilys.email).text
    client.post(path)
    assert first_step(client, dilys.email).url == CODE


@pytest.mark.django_db
def test_a_locked_account_opens_by_itself_after_a_quarter_of_an_hour(client):
    dilys = a_parent()
    for _ in range(10):
        first_step(client, dilys.email, "not the password")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert first_step(client, dilys.email).url == CODE


@pytest.mark.django_db
@pytest.mark.req("GH-046")
def test_signing_in_leaves_its_marks_in_the_audit(client):
    dilys = a_parent()
    first_step(client, dilys.email, "not the password")
    first_step(client, dilys.email)
    code = code_in(last_letter(dilys.email))
    client.post(CODE, {"code": wrong_of(code)})
    client.post(CODE, {"code": code})
    client.post("/account/sign-out")
    verbs = list(
        Entry.objects.filter(verb__startswith="account.").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == [
        "account.sign_in_failed",
        "account.code_sent",
        "account.code_failed",
        "account.signed_in",
        "account.signed_out",
    ]


@pytest.mark.django_db
def test_a_disabled_person_is_out_at_the_next_request(client):
    marek = a_professional()
    come_in(client, marek)
    assert client.get("/account/").status_code == 200
    marek.state = "disabled"
    marek.save()
    assert client.get("/account/").status_code == 302
    assert WRONG in first_step(client, marek.email).text


@pytest.mark.django_db
def test_the_language_is_kept_before_and_after_signing_in(client):
    assert 'lang="cy"' in client.get("/", headers={"accept-language": "cy"}).text
    assert client.post("/account/language", {"language": "cy", "next": "/account/sign-in"}).url == SIGN_IN
    assert "Mewngofnodi" in client.get(SIGN_IN).text
    dilys = a_parent()
    come_in(client, dilys)
    client.post("/account/language", {"language": "cy", "next": "/home"})
    assert "Fy Nghyfrif" in come_in(Client(), dilys).get("/account/").text


@pytest.mark.django_db
@pytest.mark.req("SP-061")
@pytest.mark.parametrize(("kept", "picked"), [("en", "cy"), ("cy", "en")])
def test_the_language_chosen_before_signing_in_wins_and_is_kept_with_the_account(client, kept, picked):
    dilys = a_parent(language=kept)
    client.post("/account/language", {"language": picked, "next": "/account/sign-in"})

    first_step(client, dilys.email)
    dilys.refresh_from_db()
    assert dilys.language == kept, "a password alone changes nothing"
    client.post(CODE, {"code": code_in(last_letter(dilys.email))})

    assert f'lang="{picked}"' in client.get("/home").text
    dilys.refresh_from_db()
    assert dilys.language == picked


@pytest.mark.django_db
@pytest.mark.req("SP-061")
def test_who_chose_no_language_before_signing_in_gets_the_one_of_the_account(client):
    dilys = a_parent(language="cy")

    first_step(client, dilys.email)
    client.post(CODE, {"code": code_in(last_letter(dilys.email))})

    assert 'lang="cy"' in client.get("/home", headers={"accept-language": "en"}).text


@pytest.mark.django_db
def test_codes_are_not_sent_without_end(client):
    dilys = a_parent()
    first_step(client, dilys.email)
    for _ in range(15):
        response = client.post("/account/sign-in/new-code", follow=True)
    assert "too many tries" in response.text
    deliver()


@pytest.mark.django_db
def test_a_forgotten_password_is_set_by_a_link_that_works_once(client):
    dilys = a_parent()
    same = [client.post("/account/forgotten", {"email": who}).url for who in (dilys.email, "no@example.org")]
    assert same[0] == same[1]
    path = link_in(last_letter(dilys.email))
    both = {"password": "purple hill tractor moon", "password_again": "purple hill tractor moon"}
    assert client.post(path, both).status_code == 200
    assert client.post(path, both).status_code == 410
    assert first_step(client, dilys.email, both["password"]).url == CODE
    assert WRONG in first_step(Client(), dilys.email).text


@pytest.mark.django_db
def test_keep_alive_answers_without_a_page(client):
    come_in(client, a_parent())
    assert client.post("/account/keep-alive").status_code == 204


CONTROLS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.mark.django_db(transaction=True)
def test_a_sign_in_takes_fifteen_statements_in_one_transaction_before_the_hash_and_one_after(client):
    dilys = a_parent()
    client.post(SIGN_IN, {"name": "nobody@example.org", "password": "wrong"})

    with CaptureQueriesContext(connection) as asked:
        answer = Client().post(SIGN_IN, {"name": dilys.email, "password": PASSPHRASE})

    assert answer.status_code == 302
    said = [one["sql"] for one in asked]
    assert len([sql for sql in said if not sql.startswith(CONTROLS)]) == 15
    assert said.count("COMMIT") == 2


@pytest.mark.django_db
def test_a_known_name_costs_as_many_statements_as_an_unknown_one_also_with_the_cookie_of_a_device(client):
    a_parent()
    client.cookies["device"] = codes.new_key()
    counts = []
    for who in ("warm@example.org", "dilys@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as asked:
            client.post(SIGN_IN, {"name": who, "password": "wrong"})
        counts.append(len(asked))

    assert counts[1] == counts[2]


@pytest.mark.django_db
def test_an_email_address_goes_before_the_same_words_as_a_user_name():
    dilys, officer = a_parent(), an_officer(user_name="Dilys@example.org")

    assert queries.user_by_name(" DILYS@example.org ") == dilys
    type(dilys).objects.filter(pk=dilys.pk).update(email="other@example.org")
    assert queries.user_by_name("dilys@example.org") == officer

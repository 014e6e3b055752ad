"""The second step by app and by recovery code, choosing between them, and setting them up."""

import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guildhall.foundation.authority import services as authority
from guildhall.people.accounts import sealing
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import Authenticator, Passkey, RecoveryCode, User
from guildhall.people.membership import services as membership

from ...mailbox import code_in, last_letter, link_in
from ...standing import NOON, PASSPHRASE, a_parent, a_professional, an_administrator, an_officer, come_in
from .test_signing_in import CODE, SIGN_IN, first_step

APP, RECOVERY, ANOTHER = (
    "/account/sign-in/app",
    "/account/sign-in/recovery-code",
    "/account/sign-in/another-way",
)
WAYS = "/account/ways-to-sign-in"


def with_app(user: User, *, codes: bool = False) -> tuple[pyotp.TOTP, list[str]]:
    """Give ``user`` an app that was set up a while ago, and recovery codes if asked."""
    then = timezone.now() - timedelta(minutes=10)
    secret = pyotp.TOTP(sealing.unseal(accounts.begin_authenticator(user, now=then).secret))
    accounts.confirm_authenticator(user, code=secret.at(then), name="Phone", by=user, now=then)
    return secret, accounts.make_recovery_codes(user, by=user, now=then) if codes else []


def now_of(secret: pyotp.TOTP, *, steps: int = 0) -> str:
    return secret.at(timezone.now() + timedelta(seconds=30 * steps))


@pytest.mark.django_db
def test_who_has_an_app_is_asked_for_its_code_and_can_choose_the_email_instead(client):
    dilys = a_parent()
    secret, _ = with_app(dilys)

    assert first_step(client, dilys.email).url == APP
    assert client.get("/home").status_code == 302
    page = client.get(APP).text
    assert ANOTHER in page
    assert "Email me a code" in client.get(ANOTHER).text
    assert client.post("/account/sign-in/new-code").url == CODE
    assert client.post(CODE, {"code": code_in(last_letter(dilys.email))}).url == "/home"

    other = Client()
    first_step(other, dilys.email)
    assert other.post(APP, {"app_code": f" {now_of(secret)} "}).url == "/home"
    assert other.session["verified"] is True


@pytest.mark.django_db
def test_a_code_of_an_app_counts_once_even_in_another_session(client):
    dilys = a_parent()
    secret, _ = with_app(dilys)
    with time_machine.travel(timezone.now(), tick=False):
        code = now_of(secret)
        first_step(client, dilys.email)
        assert client.post(APP, {"app_code": code}).url == "/home"
        thief = Client()
        first_step(thief, dilys.email)
        assert thief.post(APP, {"app_code": code}).status_code == 422
        assert thief.post(APP, {"app_code": now_of(secret, steps=-1)}).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 302), (0, 302), (1, 302), (2, 422)])
def test_a_clock_may_be_wrong_by_half_a_minute(client, steps, status):
    dilys = a_parent()
    secret, _ = with_app(dilys)
    with time_machine.travel(timezone.now(), tick=False):
        first_step(client, dilys.email)
        assert client.post(APP, {"app_code": now_of(secret, steps=steps)}).status_code == status


@pytest.mark.django_db
def test_wrong_codes_of_every_kind_share_one_lock(client):
    dilys = a_parent()
    secret, _ = with_app(dilys, codes=True)
    with time_machine.travel(timezone.now(), tick=False):
        first_step(client, dilys.email)
        client.post(APP, {"app_code": "12345x"})
        client.post(APP, {"app_code": "½²³456"})
        client.post(RECOVERY, {"recovery_code": "aaaaa-bbbbb"})
        client.post("/account/sign-in/new-code")
        locked = client.post(CODE, {"code": "nothing"})
        assert "your account is locked" in locked.text
        again = Client()
        assert "your account is locked" in first_step(again, dilys.email).text
        assert again.post(APP, {"app_code": now_of(secret)}).url.startswith(SIGN_IN)


@pytest.mark.django_db
def test_a_recovery_code_works_once_and_its_owner_is_told(client):
    dilys = a_parent()
    _, codes = with_app(dilys, codes=True)
    assert len(set(codes)) == 10
    for person, status in ((client, 302), (Client(), 422)):
        first_step(person, dilys.email)
        answer = person.post(RECOVERY, {"recovery_code": f" {codes[0].upper()} "})
        assert answer.status_code == status
    letter = last_letter(dilys.email)
    assert "recovery code" in letter.subject
    assert "9" in letter.text
    assert codes[0] not in str(list(RecoveryCode.objects.values_list("digest", flat=True)))


@pytest.mark.django_db
def test_whoever_has_few_recovery_codes_left_is_told_where_to_make_new_ones(client):
    dilys = a_parent()
    _, codes = with_app(dilys, codes=True)
    shown = []
    for code in codes:
        first_step(client, dilys.email)
        assert client.post(RECOVERY, {"recovery_code": code}).status_code == 302
        shown.append(client.get("/home").text)
        client.post("/account/sign-out")
    assert ["Make new ones now" in page for page in shown] == [False] * 7 + [True] * 3
    assert "Recovery codes you have left: 0" in shown[-1]
    assert "Recovery codes you have left: 0" in last_letter(dilys.email).text


@pytest.mark.django_db
def test_new_recovery_codes_replace_the_old_ones_and_are_shown_once(client):
    dilys = a_parent()
    _, old = with_app(dilys, codes=True)
    come_in(client, dilys)
    page = client.post(f"{WAYS}/recovery-codes").text
    new = re.findall(r">([a-z2-9]{5}-[a-z2-9]{5})<", page)
    assert len(new) == 10
    assert not set(new) & set(old)
    assert new[0] not in client.get(f"{WAYS}/recovery-codes").text
    other = Client()
    first_step(other, dilys.email)
    assert other.post(RECOVERY, {"recovery_code": old[0]}).status_code == 422
    assert other.post(RECOVERY, {"recovery_code": new[0]}).status_code == 302


@pytest.mark.django_db
def test_an_app_is_added_by_picture_or_text_named_and_removed(client):
    dilys = a_parent()
    come_in(client, dilys)
    assert client.post(f"{WAYS}/app", {"begin": "1"}).url == f"{WAYS}/app"
    page = client.get(f"{WAYS}/app").text
    assert "<svg" in page
    secret = sealing.unseal(Authenticator.objects.get().secret)
    assert " ".join(re.findall("....", secret)) in page
    assert secret not in Authenticator.objects.get().secret
    assert client.post(f"{WAYS}/app", {"app_code": "000000"}).status_code == 422

    code = pyotp.TOTP(secret).now()
    assert client.post(f"{WAYS}/app", {"app_code": code, "way_name": "My phone"}).url.endswith(
        "recovery-codes"
    )
    assert "new way to sign in" in last_letter(dilys.email).subject
    app = Authenticator.objects.get()
    client.post(f"{WAYS}/app/{app.pk}/name", {"way_name": "Old phone"})
    assert "Old phone" in client.get(WAYS).text
    client.post(f"{WAYS}/recovery-codes")
    asked = client.get(f"{WAYS}/app/{app.pk}/remove").text
    assert "Remove Old phone?" in asked
    assert "your recovery codes stop working too" in asked
    client.post(f"{WAYS}/app/{app.pk}/remove")
    assert not Authenticator.objects.exists()
    assert "removed" in last_letter(dilys.email).subject
    assert first_step(Client(), dilys.email).url == CODE


@pytest.mark.django_db
def test_ways_are_nobody_elses_and_need_the_second_step(client):
    dilys, marek = a_parent(), a_professional()
    with_app(dilys)
    app = Authenticator.objects.get()
    come_in(client, marek)
    for what in ("name", "remove"):
        assert client.get(f"{WAYS}/app/{app.pk}/{what}").status_code == 404
        assert client.get(f"{WAYS}/nothing/{app.pk}/{what}").status_code == 404
    unsure = come_in(Client(), dilys, verified=False)
    assert unsure.get(WAYS).status_code == 403
    assert unsure.post(f"{WAYS}/app", {"begin": "1"}).status_code == 403


@pytest.mark.django_db
def test_switching_on_an_app_switches_the_second_step_on(client):
    dilys = a_parent(two_step="none")
    with_app(dilys)
    dilys.refresh_from_db()
    assert dilys.two_step == "email"
    assert first_step(client, dilys.email).url == APP


@pytest.mark.django_db
def test_staff_are_led_from_their_invitation_through_setting_up_an_app_before_anything_else(client):
    user, address = membership.make_staff(
        "apugh",
        email="a.pugh@council.example.org",
        forename="Angharad",
        surname="Pugh",
        roles=[("send-officer", "send")],
        by=None,
        now=timezone.now(),
    )
    path = link_in(last_letter(user.email))
    assert address.endswith(path)
    both = {"password": PASSPHRASE, "password_again": PASSPHRASE}
    assert client.post(path, both).url == "/account/sign-in/enrol"
    assert client.get("/council/").status_code == 302
    assert "Set up an app" in client.get("/account/sign-in/enrol").text
    assert client.post("/account/sign-in/enrol/done").url == "/account/sign-in/enrol"

    client.post("/account/sign-in/enrol/app", {"begin": "1"})
    assert "<svg" in client.get("/account/sign-in/enrol/app").text
    secret = pyotp.TOTP(sealing.unseal(Authenticator.objects.get().secret))
    shown = client.post("/account/sign-in/enrol/app", {"app_code": secret.now()}).text
    assert len(re.findall(r">([a-z2-9]{5}-[a-z2-9]{5})<", shown)) == 10
    assert client.get("/council/").status_code == 302
    assert client.post("/account/sign-in/enrol/done").url == "/home"
    assert client.get("/council/").status_code == 200

    again = Client()
    assert first_step(again, "apugh").url == APP
    assert again.post("/account/sign-in/new-code").url == SIGN_IN, "no emailed codes for staff"


@pytest.mark.django_db
def test_staff_whose_password_was_stolen_before_they_set_up_an_app_are_safe(client):
    officer = an_officer()
    assert first_step(client, officer.email).url == CODE
    for path in ("", "/app", "/passkey"):
        assert client.get(f"/account/sign-in/enrol{path}").url == SIGN_IN
    assert client.post("/account/sign-in/enrol/app", {"begin": "1"}).url == SIGN_IN
    assert client.post("/account/sign-in/enrol/done").url == SIGN_IN
    assert client.post(CODE, {"code": code_in(last_letter(officer.email))}).url == "/account/sign-in/enrol"
    assert client.get("/council/").status_code == 302


@pytest.mark.django_db
def test_staff_never_remove_their_last_way(client):
    officer = an_officer()
    with_app(officer)
    come_in(client, officer)
    app = Authenticator.objects.get()
    assert "/remove" not in client.get(WAYS).text
    client.post(f"{WAYS}/app/{app.pk}/remove")
    assert Authenticator.objects.filter(pk=app.pk).exists()
    with_app(officer)
    client.post(f"{WAYS}/app/{app.pk}/remove")
    assert not Authenticator.objects.filter(pk=app.pk).exists()


@pytest.mark.django_db
def test_emailed_codes_for_staff_are_for_a_demonstration_only_which_says_so(client, settings):
    authority.change_setting("staff.emailed_codes", value=True, by=None, now=NOON)
    officer = an_officer()
    for demonstration in (False, True):
        settings.DEMONSTRATION = demonstration
        person = Client()
        assert first_step(person, officer.email).url == CODE
        assert ("in this demonstration only" in person.get(CODE).text) is demonstration
        answer = person.post(CODE, {"code": code_in(last_letter(officer.email))})
        assert answer.url == ("/home" if demonstration else "/account/sign-in/enrol")


@pytest.mark.django_db
def test_a_lost_phone_is_reset_by_somebody_else_and_every_session_ends(client):
    officer, admin = an_officer(), an_administrator()
    secret, codes = with_app(officer, codes=True)
    first_step(client, officer.email)
    client.post(APP, {"app_code": now_of(secret)})
    assert client.get("/council/").status_code == 200

    accounts.reset_second_step(officer, by=admin, now=timezone.now())

    assert client.get("/council/").status_code == 302
    assert "reset" in last_letter(officer.email).subject
    person = Client()
    assert first_step(person, officer.email).url == CODE
    assert person.post(RECOVERY, {"recovery_code": codes[0]}).url == SIGN_IN


@pytest.mark.django_db
def test_nobody_keeps_more_than_ten_apps(client):
    dilys = a_parent()
    for _ in range(10):
        with_app(dilys)
    come_in(client, dilys)
    assert "You have 10 already" in client.post(f"{WAYS}/app", {"begin": "1"}, follow=True).text


@pytest.mark.django_db
@pytest.mark.req("GH-033")
def test_nobody_keeps_more_than_ten_passkeys_and_the_page_of_the_next_says_so(client, settings):
    settings.SITE_URL = "http://localhost:8000"  # browsers know passkeys only for a name
    dilys = a_parent()
    Passkey.objects.bulk_create(
        Passkey(user=dilys, credential=f"c{number}", handle="h", public_key=b"k", made_at=NOON)
        for number in range(10)
    )
    come_in(client, dilys)

    page = client.get(f"{WAYS}/passkey", follow=True)

    assert page.redirect_chain == [(WAYS, 302)]
    assert "You have 10 already" in page.text


@pytest.mark.django_db
def test_a_code_that_is_sent_once_more_begins_no_other_app(client):
    dilys = a_parent()
    come_in(client, dilys)
    client.post(f"{WAYS}/app", {"begin": "1"})
    secret = sealing.unseal(Authenticator.objects.get().secret)
    sent = {"app_code": pyotp.TOTP(secret).now(), "way_name": "My phone"}
    client.post(f"{WAYS}/app", sent)
    assert client.post(f"{WAYS}/app", sent).url == WAYS
    assert [app.name for app in Authenticator.objects.all()] == ["My phone"]

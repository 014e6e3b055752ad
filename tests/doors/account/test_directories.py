"""Signing in with a directory, against a real OpenID Connect provider in a process of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import Identity, Provider, User
from guildhall.people.membership import services as membership

from ...people.membership.schools import a_place
from ...standing import NOON, PASSPHRASE, a_person, an_administrator, an_officer
from ...support.directory.running import Directory, running
from ...support.directory.serve import CLIENT, SECRET
from .test_second_step import APP, now_of, with_app
from .test_signing_in import SIGN_IN, first_step

BEGIN = "/account/sign-in/directory/council"
BACK = f"{BEGIN}/back"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    folder = tmp_path_factory.mktemp("directory")
    with running(folder, redirects=[f"http://127.0.0.1:8000{BACK}"]) as found:
        yield found


def values(issuer: str, **other: Any) -> dict[str, Any]:
    return {
        "name": {"en": "the council's directory", "cy": "cyfeiriadur y cyngor"},
        "door": "council",
        "issuer": issuer,
        "client_id": CLIENT,
        "domains": ["council.example.org"],
        "trusted_acr": [],
        "trusted_amr": ["mfa"],
        "on": True,
    } | other


@pytest.fixture
def provider(db: None, directory: Directory) -> Provider:
    return accounts.keep_provider(
        None, key="council", values=values(directory.url), secret=SECRET, by=an_administrator(), now=NOON
    )


def come_back(client: Client, directory: Directory, name: str, **altered: str):
    """Sign in at the directory as ``name`` and bring its answer back."""
    away = client.get(BEGIN)
    assert away.status_code == 302
    assert away.url.startswith(directory.url)
    return client.get(BACK, directory.sign_in(name, away.url) | altered)


def linked(provider: Provider, directory: Directory, name: str = "honest") -> User:
    """An officer whose account is connected with ``name`` of the directory, and who has an app."""
    officer, client = an_officer(), Client()
    secret, _ = with_app(officer)
    come_back(client, directory, name)
    first_step(client, officer.email)
    client.post(APP, {"app_code": now_of(secret, steps=-1)})
    assert Identity.objects.filter(user=officer, provider=provider).exists()
    return officer


@pytest.mark.req("GH-051")
def test_the_account_is_connected_once_its_owner_has_signed_in_to_it(client, provider, directory):
    officer = an_officer()
    secret, _ = with_app(officer)
    page = client.get(f"{SIGN_IN}?door=council").text
    assert "Sign in with the council" in page
    assert BEGIN in page

    answer = come_back(client, directory, "honest")
    assert answer.url == f"{SIGN_IN}?door=council"
    assert "There is an account with your address" in client.get(answer.url).text
    assert client.get("/council/").status_code == 302
    assert not Identity.objects.exists()

    assert first_step(client, officer.email).url == APP
    client.post(APP, {"app_code": now_of(secret)})
    assert Identity.objects.get().user == officer
    client.post("/account/sign-out")

    assert come_back(client, directory, "honest").url == APP, (
        "its own second step, as the directory asserts none"
    )
    client.post(APP, {"app_code": now_of(secret, steps=1)})
    assert client.get("/council/").status_code == 200
    assert client.post("/account/sign-out").url == "/account/signed-out", (
        "the directory is still signed in to"
    )


@pytest.mark.heavy
@pytest.mark.both
def test_who_was_made_anew_in_the_directory_connects_their_account_anew(client, provider, directory):
    officer = linked(provider, directory)
    before = Identity.objects.get().subject
    secret, _ = with_app(officer)
    assert come_back(client, directory, "twice-sure").url == f"{SIGN_IN}?door=council"
    first_step(client, officer.email)
    client.post(APP, {"app_code": now_of(secret)})
    assert Identity.objects.get().subject != before
    client.post("/account/sign-out")
    assert come_back(client, directory, "twice-sure").url == "/home"


def test_with_another_issuer_nobody_is_who_they_were(provider, directory):
    Identity.objects.create(user=an_officer(), provider=provider, subject="1", linked_at=NOON)
    for issuer, kept in ((directory.url, True), ("https://elsewhere.example", False)):
        given = {"key": "council", "values": values(issuer, on=False), "secret": ""}
        accounts.keep_provider(provider, **given, by=provider.changed_by, now=NOON)
        assert Identity.objects.exists() is kept


@pytest.mark.req("SY-004", "GH-051")
def test_a_directory_of_schools_asks_for_the_terms_of_use_each_time(client, provider, directory):
    Provider.objects.update(door="schools")
    elen = a_place("send.officer@council.example.org").user
    come_back(client, directory, "twice-sure")
    subject = client.session["linking"]["subject"]
    Identity.objects.create(user=elen, provider=provider, subject=subject, linked_at=NOON)
    for _ in range(2):
        asked = come_back(client, directory, "twice-sure").url
        assert asked == "/account/register/terms"
        assert client.get("/schools/account-management/").status_code == 302, "not in yet"
        assert client.post(asked).status_code == 422
        assert client.post(asked, {"agree": "yes"}).url == "/home"
        assert client.session["verified"] is True
        assert client.session["provider"] == provider.key, "to sign out of the directory too"
        client.post("/account/sign-out")


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("GH-051")
def test_a_second_step_of_the_directory_counts_where_it_is_trusted(client, provider, directory):
    linked(provider, directory, "twice-sure")
    assert come_back(client, directory, "twice-sure").url == "/home"
    assert client.session["verified"] is True
    out = client.post("/account/sign-out")
    assert out.url == "/account/signed-out"
    assert "Sign in" in client.get(out.url).text

    Provider.objects.update(trusted_amr=[])
    assert come_back(Client(), directory, "twice-sure").url == APP
    Provider.objects.update(trusted_acr=["two-steps"])
    assert come_back(Client(), directory, "twice-sure").url == "/home"


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize("name", ["wrong-issuer", "wrong-nonce", "wrong-audience", "expired"])
def test_an_identity_token_that_does_not_hold_opens_nothing(client, provider, directory, name):
    an_officer()
    answer = come_back(client, directory, name)
    assert answer.status_code == 403
    assert "The other sign-in did not work" in answer.text
    assert "linking" not in client.session
    assert Entry.objects.filter(verb="account.directory_refused").exists()


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize("name", ["unknown", "unverified", "elsewhere"])
def test_nobody_gets_an_account_by_the_directorys_word(client, provider, directory, name):
    an_officer()
    a_person("send.officer@elsewhere.example.org", role="send-officer")
    people = User.objects.count()
    answer = come_back(client, directory, name)
    assert answer.status_code == 403
    assert "There is no account here for that sign-in" in answer.text
    assert "linking" not in client.session
    assert Entry.objects.filter(verb="account.directory_stranger").count() == 1, "kept though refused"
    assert User.objects.count() == people


@pytest.mark.heavy
@pytest.mark.both
def test_a_role_at_that_door_is_needed_still(client, provider, directory):
    a_person("dilys@council.example.org", role="parent")
    assert come_back(client, directory, "family").status_code == 403
    officer = linked(provider, directory)
    membership.end_role(officer.memberships.get(), by=None, now=timezone.now())
    assert come_back(client, directory, "honest").status_code == 403


@pytest.mark.heavy
@pytest.mark.both
def test_an_answer_counts_once_and_only_in_the_browser_that_asked(client, provider, directory):
    linked(provider, directory, "twice-sure")
    thief = Client()
    thief.get(BEGIN)
    away = client.get(BEGIN)
    given = directory.sign_in("twice-sure", away.url)
    assert thief.get(BACK, given).status_code == 403
    assert client.get(BACK, given).url == "/home"
    client.post("/account/sign-out")
    assert client.get(BACK, given).status_code == 403
    client.get(BEGIN)
    assert client.get(BACK, given).status_code == 403


@pytest.mark.heavy
@pytest.mark.both
def test_an_answer_after_ten_minutes_is_too_late(client, provider, directory):
    linked(provider, directory, "twice-sure")
    away = client.get(BEGIN)
    given = directory.sign_in("twice-sure", away.url)
    session = client.session
    session["directory"] = session["directory"] | {"at": timezone.now().timestamp() - 601}
    session.save()
    assert client.get(BACK, given).status_code == 403


def test_the_directory_may_refuse_or_another_answer_for_it(client, provider, directory):
    away = client.get(BEGIN)
    state = dict(part.split("=") for part in away.url.split("?")[1].split("&"))["state"]
    assert client.get(BACK, {"state": state, "error": "access_denied"}).status_code == 403
    client.get(BEGIN)
    assert client.get(BACK).status_code == 403
    answer = come_back(client, directory, "honest", iss="https://elsewhere.example")
    assert answer.status_code == 403


def test_somebody_else_signing_in_does_not_connect_their_account(client, provider, directory):
    an_officer()
    other = a_person("other@council.example.org", role="send-officer")
    secret, _ = with_app(other)
    come_back(client, directory, "honest")
    first_step(client, other.email, PASSPHRASE)
    client.post(APP, {"app_code": now_of(secret)})
    assert client.get("/council/").status_code == 200
    assert not Identity.objects.exists()


def test_a_directory_that_is_off_unknown_or_down_harms_nobody(client, provider, directory):
    Provider.objects.update(on=False)
    assert client.get(BEGIN).status_code == 404
    assert client.get(BACK).status_code == 404
    assert "directory" not in client.get(f"{SIGN_IN}?door=council").text
    Provider.objects.update(on=True, issuer="http://127.0.0.1:9")
    down = client.get(BEGIN)
    assert down.status_code == 502
    assert "The other sign-in did not work" in down.text
    assert 'href="#directory"' in down.text
    assert "Check that you have entered" not in down.text, "no password was wrong"


def test_a_test_of_the_directory_says_what_is_wrong(provider, directory):
    assert accounts.try_provider(provider, now=NOON) == ""
    for issuer, trouble in (
        ("http://elsewhere.example", "not a safe one"),
        (directory.url + "/", "calls itself"),
        ("http://127.0.0.1:9", "cannot be reached"),
    ):
        provider.issuer = issuer
        assert trouble in accounts.try_provider(provider, now=NOON)


def test_the_secret_is_not_in_the_database_in_words(provider):
    assert SECRET not in Provider.objects.get().client_secret

"""Row T5 of the threat table: nobody learns whether an account exists, by words or by time."""

import gc
import re
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client

from guildhall.people.accounts.hashers import BoundedArgon2Hasher
from guildhall.people.accounts.models import Guard, User
from guildhall.people.accounts.services import sign_in

from ..doors.account.test_registering import agree, step_1
from ..standing import PASSPHRASE, a_parent, a_professional, another_parent, come_in

KNOWN, UNKNOWN = "dilys@example.org", "nobod@example.org"
PAIRS = 500
NEW = "purple hill tractor moon"

Ask = Callable[[], HttpResponse]
Route = Callable[[str], Iterator[Ask]]


def login(who: str) -> Iterator[Ask]:
    while True:
        yield lambda: Client().post("/account/sign-in", {"name": who, "password": "wrong"})


def reset(who: str) -> Iterator[Ask]:
    while True:
        yield lambda: Client().post("/account/forgotten", {"email": who})


def register(who: str) -> Iterator[Ask]:
    client, filled = Client(), {"email": who, "password": NEW, "password_again": NEW}
    agree(client)
    step_1(client)
    while True:
        yield lambda: client.post("/account/register/sign-in", filled)


def resend(who: str) -> Iterator[Ask]:
    client, filled = Client(), {"email": who, "password": NEW, "password_again": NEW}
    agree(client)
    step_1(client)
    client.post("/account/register/sign-in", filled)
    while True:
        yield lambda: client.post("/account/register/new-code")


def change_email(who: str) -> Iterator[Ask]:
    asks = a_professional() if who == KNOWN else another_parent(job_role="Teacher")
    while True:
        User.objects.filter(pk=asks.pk).update(state=User.State.ACTIVE, session_epoch=0)
        client = come_in(Client(), asks)
        filled = {"email": who, "old_password": PASSPHRASE}
        yield partial(client.post, "/account/change-email/new", filled)


ROUTES = [login, reset, register, resend, change_email]
every_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)


@every_route
@pytest.mark.django_db
def test_answers_for_known_and_unknown_names_are_equal(route):
    a_parent()
    seen = []
    for who in (KNOWN, UNKNOWN):
        answer = next(route(who))()
        after = answer.client.get(answer.url) if answer.status_code == 302 else answer
        seen.append(
            (answer.status_code, answer.headers.get("Location"), set(answer.cookies), _words(after, who))
        )
    assert seen[0] == seen[1]


def _words(answer: HttpResponse, who: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.text.replace(who, ""))


@pytest.fixture
def a_cheap_hash(monkeypatch) -> Iterator[None]:
    """A small part of what a hash costs, so that a difference beside it shows so much better."""
    monkeypatch.setattr(BoundedArgon2Hasher, "memory_cost", 4 * 1024)
    monkeypatch.setattr(BoundedArgon2Hasher, "time_cost", 1)
    sign_in.nobodys_hash.cache_clear()
    yield
    sign_in.nobodys_hash.cache_clear()


@pytest.mark.slow
@every_route
@pytest.mark.django_db
@pytest.mark.usefixtures("a_cheap_hash")
def test_time_does_not_tell_known_from_unknown(route):
    assert _told_apart(route, PAIRS) <= 0.6


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("dear_hashes")
def test_time_would_tell_if_an_unknown_name_cost_no_hash(monkeypatch):
    """The control, with the hash that people get."""
    matches = sign_in._matches
    monkeypatch.setattr(sign_in, "_matches", lambda user, password: bool(user) and matches(user, password))

    assert _told_apart(login, 40, sure=0) >= 0.9


def _told_apart(route: Route, pairs: int, *, sure: int = 1) -> float:
    """How well processor time tells known from unknown (0.5: not at all).

    ``sure`` 1: the upper end of its 95 % interval.
    """
    for person in (a_parent(), a_professional(), another_parent(job_role="Teacher")):
        User.objects.filter(pk=person.pk).update(password=make_password(PASSPHRASE))
    asked = {who: route(who) for who in (KNOWN, UNKNOWN)}
    spans: dict[str, list[float]] = {who: [] for who in asked}
    gc.disable()
    try:
        for turn in range(-5, pairs):
            for who in sorted(asked, reverse=turn % 2 == 0):
                Guard.objects.all().delete()
                ask = next(asked[who])
                begun = time.process_time()
                ask()
                spans[who].append(time.process_time() - begun)
    finally:
        gc.enable()
    return _area(spans[KNOWN][5:], spans[UNKNOWN][5:], sure)


def _area(known: list[float], unknown: list[float], sure: int) -> float:
    """Area under the curve of the classifier "longer is known" or its contrary, whichever is better."""
    pairs = len(known) * len(unknown)
    longer = sum((one > other) + (one == other) / 2 for one in known for other in unknown) / pairs
    error = ((len(known) + len(unknown) + 1) / (12 * pairs)) ** 0.5
    return max(longer, 1 - longer) + sure * 1.96 * error

"""The standing people of the tests, and how they come in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from django.utils import timezone

from guildhall.foundation.access.permissions import ROLES
from guildhall.foundation.authority import stamps
from guildhall.people.accounts.first import statement
from guildhall.people.accounts.models import ConsentGiven, ConsentStatement, User
from guildhall.people.membership import services as membership
from guildhall.people.organisations.first import TEAMS
from guildhall.people.organisations.models import Team
from guildhall.records.children.models import Child
from guildhall.work.privacy import services as privacy

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
PASSPHRASE = "river otter candle meadow"


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is taken back at the end, for the next act on a scene that is dear to make."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def begin() -> None:
    """The rows that every authority starts with, where they are missing."""
    there = set(Team.objects.values_list("key", flat=True))
    for key, name in TEAMS.items():
        if key not in there:
            Team.objects.create(key=key, name=name)
    if not ConsentStatement.objects.exists():
        ConsentStatement.objects.create(published_at=datetime(2020, 1, 1, tzinfo=UTC), **statement())
        stamps.touch("consent")


@cache
def _hashed(password: str) -> str:
    """The hash that every standing person of this process shares: working one out is dear on purpose."""
    return make_password(password)


def a_person(email: str, *, role: str, team: str = "", at: datetime = NOON, **details: Any) -> User:
    """An active account with one role since ``at``. Asking again for the same email gives the same person."""
    if known := User.objects.filter(email=email).first():
        return known
    user = User(
        email=email,
        state=User.State.ACTIVE,
        registered_at=at,
        confirmed_at=at,
        terms_agreed_at=at,
        **({"forename": email.split("@")[0].title(), "surname": "Pritchard"} | details),
    )
    user.password = _hashed(PASSPHRASE)
    user.save()
    membership.give_role(user, role=role, team=team, by=None, now=at)
    if role in ROLES and ROLES[role].door in {"families", "professionals"}:
        ConsentGiven.objects.create(
            user=user,
            statement=ConsentStatement.objects.latest("pk"),
            answer="agreed",
            language="en",
            at=at,
        )
    return user


def a_parent(**details: Any) -> User:
    return a_person("dilys@example.org", role="parent", **details)


def another_parent(**details: Any) -> User:
    return a_person("marek@example.org", role="parent", **details)


def a_professional(**details: Any) -> User:
    return a_person("teacher@school.example.org", role="professional", **details)


def an_officer(**details: Any) -> User:
    return a_person("send.officer@council.example.org", role="send-officer", team="send", **details)


def a_safeguarding_officer(**details: Any) -> User:
    return a_person(
        "mash.officer@council.example.org", role="safeguarding-officer", team="safeguarding", **details
    )


def an_administrator(**details: Any) -> User:
    return a_person("admin@council.example.org", role="administrator", **details)


def come_in(client: Client, user: User, *, verified: bool = True) -> Client:
    """Sign ``user`` in without the sign-in pages; ``verified``: the second step was passed."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["verified"] = verified
    session["consent"] = ConsentStatement.objects.latest("published_at", "pk").pk
    session.save()
    return client


def may_look(user: User, *children: Child) -> None:
    """``user`` said why they open the records of ``children``, with whom they need no work then."""
    for child in children:
        privacy.give_reason(child, kind="check", words="For a test", by=user, now=timezone.now())


class AskedClient(Client):
    """Says why, as an officer would, when that is asked before the record of a child opens."""

    def generic(self, method: str, path: str, data: Any = "", *args: Any, **extra: Any) -> Any:
        response = super().generic(method, path, data, *args, **extra)
        asks = response.headers.get("Location", "")
        if "/why/?next=" not in asks:
            return response
        self.post(asks, {"kind": "check", "words": "For a test"})
        return self.generic(method, path, data, *args, **extra)

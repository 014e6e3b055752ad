"""Asks for home pages, settings and texts, and for pages of revoked sessions; prints what it found."""

import json
import sys
from typing import Any

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.people.membership.schools import a_supervisor
from tests.standing import NOON, a_parent, a_professional, an_administrator, an_officer, come_in

from guildhall.foundation.authority import stamps
from guildhall.foundation.authority.declared import DECLARED, SECRETS
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import Membership
from scripts.measure.listing import timed

HOMES = {
    "families": "/home",
    "professionals": "/professionals/",
    "schools": "/schools/",
    "council": "/council/",
}
# A page of each door that nobody opens without signing in.
INSIDE = HOMES | {"professionals": "/forms/saved/", "schools": "/schools/account-management/"}


def people() -> dict[str, User]:
    """Somebody of each door."""
    return {
        "families": a_parent(),
        "professionals": a_professional(),
        "schools": a_supervisor().user,
        "council": an_officer(),
    }


def looked_up() -> dict[str, dict[str, int]]:
    """Statements of asking for every setting and every text in one request of a process that knows some."""
    names = [key for key in DECLARED if key not in SECRETS]
    words = [(name, language) for name in catalogue() for language in ("en", "cy")]
    stamps.begin_request()
    setting(names[0]), say(*words[0])
    with CaptureQueriesContext(connection) as settings:
        for key in names:
            setting(key)
    asked = len(settings)
    with CaptureQueriesContext(connection) as texts:
        for name, language in words:
            say(name, language)
    stamps.end_request()
    return {
        "settings": {"asked": len(names), "statements": asked},
        "texts": {"asked": len(words), "statements": len(texts)},
    }


def revoked(times: int) -> dict[str, int]:
    """How many of the open sessions still got a page at their first request after they were revoked."""
    ways = (
        lambda user: accounts.end_sessions(user),
        lambda user: User.objects.filter(pk=user.pk).update(state=User.State.LOCKED),
        lambda user: User.objects.filter(pk=user.pk).update(state=User.State.DISABLED),
        _end_roles,
    )
    asked = stale = 0
    for _ in range(times):
        for way in ways:
            for door, user in people().items():
                user.refresh_from_db()
                was = list(Membership.objects.filter(user=user).values_list("pk", flat=True))
                browsers = [come_in(Client(), user) for _ in range(2)]
                before = [one.get(INSIDE[door]) for one in browsers]
                assert [one.status_code for one in before] == [200, 200], (door, way, before)
                way(user)
                asked += len(browsers)
                stale += sum(one.get(INSIDE[door]).status_code == 200 for one in browsers)
                User.objects.filter(pk=user.pk).update(state=User.State.ACTIVE, session_epoch=0)
                Membership.objects.filter(pk__in=was).update(ended_at=None)
    return {"asked": asked, "stale": stale, "ways": len(ways)}


def _end_roles(user: User) -> None:
    for held in Membership.objects.filter(user=user, ended_at=None):
        membership.end_role(held, by=None, now=NOON)


def main(times: int) -> None:
    """Print everything as JSON."""
    an_administrator()
    found: dict[str, Any] = {
        "homes": {
            door: timed(come_in(Client(), user), HOMES[door], times) for door, user in people().items()
        },
        "looked_up": looked_up(),
        "revoked": revoked(1 if times < 10 else 3),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))

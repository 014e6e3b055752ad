"""What accounts no longer need is forgotten by the schedule; what anybody may still use stays."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings

from guildhall.foundation.audit.models import Entry
from guildhall.people.accounts import tasks
from guildhall.people.accounts.models import (
    BrowserSession,
    ConsentGiven,
    ConsentStatement,
    Guard,
    HeldPost,
    Proof,
    User,
)
from tests.standing import NOON, a_parent

pytestmark = pytest.mark.django_db
WEEK_AGO = NOON - timedelta(days=7, minutes=1)
LATELY = NOON - timedelta(days=6)


def unconfirmed(at: datetime, **more: object) -> User:
    user = User.objects.create(forename="A", surname="B", registered_at=at, **more)
    statement = ConsentStatement.objects.latest("pk")
    ConsentGiven.objects.create(user=user, statement=statement, answer="agreed", language="en", at=at)
    a_proof(user, "register", at)
    return user


def a_proof(user: User, purpose: str, at: datetime, **more: object) -> Proof:
    until = at + timedelta(hours=1)
    fields = {"email": "x@example.org", "code_until": until, "made_at": at} | more
    return Proof.objects.create(user=user, purpose=purpose, **fields)


def test_an_account_that_nobody_confirmed_is_forgotten_after_a_week():
    old, new = unconfirmed(WEEK_AGO), unconfirmed(LATELY)
    active = a_parent()
    User.objects.filter(pk=active.pk).update(registered_at=WEEK_AGO)
    staff = unconfirmed(WEEK_AGO, user_name="new.officer")

    before = set(User.objects.all())
    tasks.sweep(NOON)

    assert before - set(User.objects.all()) == {old}
    assert {new, active, staff} < before
    assert not ConsentGiven.objects.filter(user_id=old.pk).exists()
    assert Entry.objects.get(verb="account.never_confirmed").about_id == str(old.pk)


def test_codes_and_links_that_ended_are_forgotten_and_those_that_count_stay():
    user = a_parent()
    ended = a_proof(user, "sign-in", WEEK_AGO, ended_at=WEEK_AGO)
    ran_out = a_proof(user, "sign-in", WEEK_AGO - timedelta(hours=2))
    counts = a_proof(user, "change-email", WEEK_AGO, link_digest="d", link_until=NOON + timedelta(hours=1))
    recent = a_proof(user, "sign-in", LATELY, ended_at=LATELY)

    tasks.sweep(NOON)

    assert set(Proof.objects.all()) == {counts, recent}
    assert not {ended.pk, ran_out.pk} & {counts.pk, recent.pk}


def test_counts_of_tries_long_ago_are_forgotten_unless_the_door_is_still_shut():
    def guard(whose: str, at: datetime, shut_until: datetime | None = None) -> Guard:
        return Guard.objects.create(
            what="password", whose=whose, run=1, tries=[at.timestamp()], shut_until=shut_until
        )

    guard("old", WEEK_AGO, NOON - timedelta(days=6))
    recent, shut = guard("recent", LATELY), guard("shut", WEEK_AGO, NOON + timedelta(minutes=1))

    tasks.sweep(NOON)

    assert set(Guard.objects.all()) == {recent, shut}


def test_pages_and_sessions_whose_time_is_over_are_forgotten():
    user = a_parent()
    for end in (NOON - timedelta(minutes=1), NOON + timedelta(minutes=1)):
        HeldPost.objects.create(
            user=user, key_digest=str(end), path="/", fields=[], held_at=WEEK_AGO, expires_at=end
        )
        BrowserSession.objects.create(session_key=str(end.minute), session_data="", expire_date=end)

    tasks.sweep(NOON)

    assert HeldPost.objects.count() == BrowserSession.objects.count() == 1


def test_the_schedule_sweeps():
    assert settings.SCHEDULE["accounts-sweep"][1] == "guildhall.people.accounts.tasks.sweep"

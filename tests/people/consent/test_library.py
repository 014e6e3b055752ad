"""The library of consent statements, their schedule, and what is published."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.people.accounts.models import ConsentGiven, ConsentStatement
from guildhall.people.consent import queries, services
from guildhall.people.consent.models import Question, Scheduled

from ...mailbox import deliver
from ...standing import NOON, a_parent, an_administrator
from .scene import a_question, published

LATER = NOON + timedelta(hours=2)
pytestmark = pytest.mark.django_db


@pytest.mark.req("SP-317")
def test_a_scheduled_statement_is_published_at_its_moment_and_its_wording_frozen():
    before = queries.current()
    question = a_question("First words")
    services.schedule(question, publish_at=LATER, by=an_administrator(), now=NOON)
    services.change_question(
        question,
        revision=1,
        statement={"en": "Second words"},
        agreement={"en": "Yes."},
        active=True,
        by=an_administrator(),
        now=NOON,
    )

    deliver(LATER - timedelta(seconds=1))
    assert queries.current() == before
    deliver(LATER)

    current = queries.current()
    assert current.wording == {"en": "Second words"}
    services.change_question(
        question,
        revision=2,
        statement={"en": "Third words"},
        agreement={"en": "Yes."},
        active=True,
        by=an_administrator(),
        now=LATER,
    )
    current.refresh_from_db()
    assert current.wording == {"en": "Second words"}


@pytest.mark.req("SP-317")
def test_a_statement_without_a_moment_is_published_at_once_and_the_last_one_is_current():
    first = published("One")
    second = published("Two")
    assert queries.current() == second
    assert queries.current_id() == second.pk != first.pk


@pytest.mark.req("SP-317")
def test_only_active_questions_are_scheduled_and_only_for_the_future():
    with pytest.raises(services.NotActive):
        services.schedule(a_question(active=False), publish_at=LATER, by=an_administrator(), now=NOON)
    with pytest.raises(services.TooEarly):
        services.schedule(a_question(), publish_at=NOON, by=an_administrator(), now=NOON)
    assert not Scheduled.objects.exists()


def test_a_question_that_waits_to_be_published_stays_active():
    question = a_question()
    services.schedule(question, publish_at=LATER, by=an_administrator(), now=NOON)
    with pytest.raises(services.StillScheduled):
        services.change_question(
            question,
            revision=1,
            statement={"en": "x"},
            agreement={"en": "y"},
            active=False,
            by=an_administrator(),
            now=NOON,
        )


def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused():
    question = a_question()
    words = {"statement": {"en": "Mine"}, "agreement": {"en": "Yes."}, "active": True}
    services.change_question(question, revision=1, **words, by=an_administrator(), now=NOON)
    with pytest.raises(ChangedMeanwhile):
        services.change_question(question, revision=1, **words, by=an_administrator(), now=NOON)
    assert Question.objects.get(pk=question.pk).revision == 2


@pytest.mark.req("SP-315")
def test_what_is_scheduled_can_be_deleted_until_it_is_published():
    waiting = services.schedule(a_question(), publish_at=LATER, by=an_administrator(), now=NOON)
    services.unschedule(waiting, by=an_administrator(), now=NOON)
    before = ConsentStatement.objects.count()
    deliver(LATER)
    assert ConsentStatement.objects.count() == before

    done = services.schedule(a_question(), publish_at=None, by=an_administrator(), now=NOON)
    with pytest.raises(services.AlreadyPublished):
        services.unschedule(done, by=an_administrator(), now=NOON)
    assert Scheduled.objects.filter(pk=done.pk).exists()


def test_publishing_what_is_due_twice_publishes_it_once_and_in_order():
    for hours, words in ((2, "Later"), (1, "Sooner")):
        moment = NOON + timedelta(hours=hours)
        services.schedule(a_question(words), publish_at=moment, by=an_administrator(), now=NOON)
    late = NOON + timedelta(days=1)
    assert services.publish_due(now=late) == 2
    assert services.publish_due(now=late) == 0
    assert queries.current().wording["en"] == "Later"


def test_names_in_a_statement_are_frozen_with_it():
    assert "{authority}" not in published("{authority} keeps it.").wording["en"]


@pytest.mark.parametrize("how", ["update", "delete"])
def test_the_database_refuses_to_change_a_published_statement(how):
    statement = published("We keep what you send.")
    rows = ConsentStatement.objects.filter(pk=statement.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(wording={"en": "Other"}) if how == "update" else rows.delete()
    statement.refresh_from_db()
    assert statement.wording["en"] == "We keep what you send."


def test_the_database_refuses_to_change_an_answer():
    given = ConsentGiven.objects.get(user=a_parent())
    with pytest.raises(DatabaseError), transaction.atomic():
        ConsentGiven.objects.filter(pk=given.pk).update(answer="withdrawn")
    given.refresh_from_db()
    assert given.answer == "agreed"


def test_everything_done_to_the_library_is_in_the_audit():
    question = a_question()
    waiting = services.schedule(question, publish_at=LATER, by=an_administrator(), now=NOON)
    services.unschedule(waiting, by=an_administrator(), now=NOON)
    verbs = Entry.objects.filter(verb__startswith="consent.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["consent.question_added", "consent.scheduled", "consent.unscheduled"]

"""Entries of Information Requested: what is filled in, what is kept of each state, and how they stand."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.outbox.models import Task
from guildhall.people.membership.queries import holder_for
from guildhall.records.persons.models import Person
from guildhall.work.advice import queries, services, showing
from guildhall.work.advice.models import Change, Requested
from guildhall.work.advice.queries import Asked
from guildhall.work.advice.rules import State, state_of
from guildhall.work.sharing import services as sharing
from guildhall.work.sharing.models import Involvement
from tests.standing import NOON, a_parent, a_professional, an_officer, another_parent
from tests.work.cases.scene import LATER
from tests.work.sharing.scene import an_entry, child_of, on_involvement

from .scene import DETAILS, DUE, TEACHER, TODAY, a_request, a_request_without_account, a_teacher_on, told

pytestmark = pytest.mark.django_db


@pytest.mark.req("SP-249", "SP-250")
def test_name_address_and_role_come_from_the_portal_user():
    requested = a_request(a_teacher_on(an_entry()), name="Somebody else", email="typed@example.org")

    assert requested.name == str(a_professional())
    assert requested.email == a_professional().email
    assert requested.role == "SENCO"
    assert (requested.details, requested.due_on) == (DETAILS, DUE)


@pytest.mark.req("SP-253")
def test_the_officer_the_time_and_every_state_are_kept():
    requested = a_request()

    services.change_request(
        requested,
        told(portal_user=requested.portal_user, details="More"),
        seen=requested.version,
        by=an_officer(),
        now=LATER,
    )

    assert (requested.made_by, requested.made_at, requested.form) == (an_officer(), NOON, None)
    first, second = Change.objects.order_by("version")
    assert (first.details, first.by, first.at) == (DETAILS, an_officer(), NOON)
    assert (second.details, second.at) == ("More", LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.update(details="Never said")
    verbs = Audited.objects.filter(verb__startswith="advice.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["advice.added", "advice.changed"]
    assert {one.child_id for one in verbs} == {requested.involvement.child_id}


@pytest.mark.req("SP-249")
def test_an_entry_begins_the_involvement_and_is_made_once():
    child, key = child_of(an_entry()), uuid4()

    for _ in range(2):
        services.add_request(child, told(name="Dr Okafor"), key=key, by=an_officer(), now=NOON)

    assert Involvement.objects.get(child=child).requested.count() == 1


@pytest.mark.req("SP-252")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"portal_user": None, "name": ""}, "portal_user"),
        ({"details": ""}, "details"),
        ({"details": "x" * 4_001}, "details"),
        ({"due_on": None}, "due_on"),
        ({"due_on": TODAY - timedelta(days=9), "notified_on": TODAY}, "due_on"),
        ({"notified_on": TODAY + timedelta(days=1)}, "notified_on"),
        ({"notified_on": TODAY, "received_on": TODAY - timedelta(days=1)}, "received_on"),
    ],
)
def test_what_is_missing_or_cannot_be_is_named_beside_its_field(wrong: dict[str, Any], field: str):
    with pytest.raises(services.EntryIncomplete) as refused:
        a_request_without_account(**wrong)

    assert list(refused.value.problems) == [field]
    assert not Requested.objects.exists()


def test_two_officers_cannot_overwrite_each_other():
    requested = a_request_without_account()
    seen = requested.version
    services.change_request(requested, told(name="Dr Jones"), seen=seen, by=an_officer(), now=LATER)

    with pytest.raises(ChangedMeanwhile):
        services.change_request(requested, told(name="Dr Evans"), seen=seen, by=an_officer(), now=LATER)

    assert Requested.objects.get().name == "Dr Jones"


def test_nothing_is_kept_when_nothing_changed():
    requested = a_request_without_account()
    same = told(name=requested.name, role=requested.role, notified_on=TODAY)

    services.change_request(requested, same, seen=requested.version, by=an_officer(), now=LATER)

    assert Change.objects.count() == 1


@pytest.mark.req("SP-249")
def test_what_is_removed_is_gone_for_whom_it_was_asked_of_and_can_be_put_back():
    requested = a_request()

    services.remove_request(requested, seen=requested.version, by=an_officer(), now=LATER)
    assert not queries.asked_of(a_professional()).exists()
    services.put_back(requested, by=an_officer(), now=LATER)

    assert queries.asked_of(a_professional()).get() == requested
    assert list(Change.objects.order_by("version").values_list("removed", flat=True)) == [False, True, False]


def test_a_portal_user_of_another_child_cannot_be_asked():
    other = on_involvement(an_entry(), a_parent())

    with pytest.raises(services.NotPartOfIt):
        a_request(other, child=child_of(an_entry()))


@pytest.mark.req("SP-250", "SP-349")
def test_the_person_in_the_records_is_filled_in_where_the_account_is_linked_with_one():
    entry = a_teacher_on(an_entry())
    person = Person.objects.create(
        surname="Hughes", role="Doctor", email="hughes@example.org", added_at=NOON, added_by=an_officer()
    )
    person.links.create(user=a_professional(), linked_at=NOON, linked_by=an_officer())

    assert a_request(entry).person == person
    assert a_request_without_account(name="", role="", person=person).role == "Doctor"


def test_an_alert_hears_which_fields_changed_but_not_what_they_say():
    requested = a_request()
    Task.objects.all().delete()

    changed = told(portal_user=requested.portal_user, due_on=DUE + timedelta(days=1), notified_on=TODAY)
    services.change_request(requested, changed, seen=requested.version, by=an_officer(), now=LATER)

    [task] = Task.objects.filter(kind="involvement.changed")
    assert task.payload["context"] == "info_requested"
    assert task.payload["changed"] == ["due_on"]
    assert task.payload["entry"] == requested.pk


@pytest.mark.req("GH-010")
@pytest.mark.parametrize(
    ("days", "state"), [(-1, State.LATE), (0, State.SOON), (7, State.SOON), (8, State.OPEN)]
)
def test_how_a_request_stands(days: int, state: State):
    assert state_of(due_on=TODAY + timedelta(days=days), received_on=None, today=TODAY) == state
    assert state_of(due_on=TODAY + timedelta(days=days), received_on=TODAY, today=TODAY) == State.RECEIVED


def officer() -> Holder:
    return holder_for(an_officer(), verified=True)


@pytest.mark.req("SP-345")
def test_every_request_is_listed_by_state_means_and_words():
    entry = a_teacher_on(an_entry())
    child = entry.involvement.child
    late = a_request(entry, due_on=TODAY + timedelta(days=1))
    came = a_request(child=child, name="Dr Okafor", notified_on=TODAY, received_on=TODAY)
    today = TODAY + timedelta(days=2)

    def found(**asked: str) -> list[Requested]:
        return list(queries.requests_about(officer(), child, Asked.read(asked), today=today))

    assert found() == [late, came]
    assert found(sort="-due") == [came, late]
    assert found(state="late") == [late]
    assert found(state="received") == [came]
    assert found(means="none") == [late, came]
    assert found(means="letter") == []
    assert found(q="okafor") == [came]
    assert queries.counts(officer(), child, today=today)[State.LATE] == 1


@pytest.mark.req("SP-345")
def test_each_request_is_held_against_the_six_weeks_of_the_law():
    requested = a_request_without_account(notified_on=TODAY - timedelta(days=7))

    [in_time] = showing.lines_of([requested], today=TODAY + timedelta(days=35))
    [over] = showing.lines_of([requested], today=TODAY + timedelta(days=36))

    assert in_time.law_on == TODAY + timedelta(days=35)
    assert (in_time.after_law, over.after_law) == (False, True)


def test_whoever_may_not_share_finds_nothing():
    requested = a_request()

    child = requested.involvement.child
    assert not queries.requests_about(
        holder_for(another_parent(), verified=True), child, Asked(), today=TODAY
    ).exists()
    assert queries.request_about(holder_for(another_parent(), verified=True), child, requested.pk) is None


def test_an_entry_keeps_the_details_of_an_account_until_it_is_saved_again():
    entry = a_teacher_on(an_entry())
    requested = a_request(entry)
    again = replace(TEACHER, relation="Head teacher")
    sharing.change_portal_user(entry, details=again, seen=entry.version, by=an_officer(), now=LATER)

    requested.refresh_from_db()
    assert requested.role == "SENCO"

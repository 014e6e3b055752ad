"""The communication log of a case and of a child: what evidence says, and what officers note and correct."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.outbox import worker
from guildhall.foundation.outbox.models import Delivery
from guildhall.foundation.outbox.queries import Way
from guildhall.foundation.outbox.services import evidence
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.models import Message
from guildhall.people.membership.queries import holder_for
from guildhall.records.persons import services as persons
from guildhall.records.persons.services import links
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from guildhall.work.communications import bounced, queries, rules, services, trail
from guildhall.work.communications.models import Communication, Correction
from guildhall.work.communications.queries import Line
from guildhall.work.communications.services import Details
from guildhall.work.communications.services.forgetting import forget_evidence
from tests.standing import NOON, a_parent, a_person, an_officer, another_parent
from tests.work.cases.scene import LETTER, an_open_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)


def the_officer() -> Holder:
    return holder_for(an_officer(), verified=True)


def a_call(**changes: Any) -> Details:
    said = {
        "means": "telephone",
        "addressee": "Dr Price",
        "summary": "Asked for the report",
        "happened_at": NOON,
    }
    return Details(**(said | changes))


def written(**changes: Any) -> tuple[Case, Message]:
    """A case about which an officer has written to its sender."""
    case = an_open_case(**changes)
    cases.write_message(case, LETTER, seen=case.version, by=an_officer(), now=NOON)
    return case, Message.objects.filter(about=case.reference, from_user=an_officer()).latest("sent_at")


def work() -> None:
    worker.drain(lambda: NOON + timedelta(minutes=1))


def log(case: Case) -> list[Line]:
    return queries.log_of_case(the_officer(), case).lines


def the_line(case: Case, message: Message) -> Line:
    return next(line for line in log(case) if line.message == message)


def ways(case: Case, message: Message) -> tuple[Way, bool]:
    line = the_line(case, message)
    assert line.state
    return line.state.way, line.told


@pytest.mark.req("GH-011")
def test_a_message_is_queued_then_sent_then_delivered_when_it_is_opened():
    case, message = written()
    assert ways(case, message) == (Way.QUEUED, False)
    work()
    assert ways(case, message) == (Way.SENT, True)

    messages.mark_read([message], by=a_parent(), now=LATER)
    assert ways(case, message) == (Way.DELIVERED, True)
    assert the_line(case, message).name == "Dilys Pritchard"


@pytest.mark.req("GH-011")
def test_a_bounce_never_counts_as_told_and_waits_for_an_officer_until_somebody_was_told_otherwise():
    case, message = written()
    work()
    evidence.bounced(evidence.hash_of(f"message-waiting:{message.pk}"), code="5.1.1", now=LATER)

    assert ways(case, message) == (Way.BOUNCED, False)
    found = queries.log_of_case(the_officer(), case)
    assert found.bounced == 1
    (one,) = bounced.not_arrived(the_officer())
    assert (one.case, one.name, one.evidence.code) == (case, "Dilys Pritchard", "5.1.1")
    assert len(bounced.not_arrived_about(case)) == 1

    note_by_hand(case, a_call(happened_at=LATER + timedelta(minutes=5)), now=LATER + timedelta(hours=1))
    assert bounced.not_arrived(the_officer()) == []
    assert ways(case, message) == (Way.BOUNCED, False)


@pytest.mark.req("GH-011")
def test_a_message_that_was_opened_is_told_although_the_email_about_it_bounced():
    case, message = written()
    work()
    evidence.bounced(evidence.hash_of(f"message-waiting:{message.pk}"), code="5.2.2", now=LATER)
    messages.mark_read([message], by=a_parent(), now=LATER)

    line = the_line(case, message)
    assert line.told
    assert line.bounce and line.bounce.code == "5.2.2"
    assert bounced.not_arrived(the_officer()) == []


@pytest.mark.req("GH-011")
def test_officers_of_another_team_see_neither_the_log_nor_the_bounce():
    case, message = written()
    work()
    evidence.bounced(evidence.hash_of(f"message-waiting:{message.pk}"), code="5.1.1", now=LATER)
    person = a_person("help@council.example.org", role="early-help-officer", team="early-help")
    other = holder_for(person, verified=True)

    assert queries.log_of_case(other, case).lines == []
    assert bounced.not_arrived(other) == []


@pytest.mark.req("SP-273")
def test_what_was_sent_to_a_portal_user_stands_against_them_and_the_person_they_are_linked_with():
    case, message = written()
    child, mother = case.mention.child, a_parent()
    key = "alert:1"
    sent = messages.send(mother, subject="Draft plan", body="Read it", key=key, now=LATER)
    note = {
        "to": mother,
        "means": "message",
        "summary": "Draft plan",
        "message": sent,
        "by": None,
        "now": LATER,
    }
    assert services.note(child, **note) == services.note(child, **note)

    def line() -> Line:
        found = queries.log_of_child(the_officer(), child).lines
        return next(each for each in found if each.message == sent)

    assert (line().user, line().person, line().state and line().state.way) == (mother.pk, None, Way.QUEUED)
    person = persons.add_person(persons.Details("Pritchard", "Dilys"), key=uuid4(), by=an_officer(), now=NOON)
    links.link_user(mother, person=person, child=child.pk, by=an_officer(), now=NOON)
    assert line().person == person
    assert message in [each.message for each in queries.log_of_child(the_officer(), child).lines]
    assert Entry.objects.filter(verb="communications.noted", child_id=child.pk).count() == 1


@pytest.mark.req("SP-273")
def test_an_email_that_bounced_is_shown_against_the_child():
    case, _ = written()
    child = case.mention.child
    sent = messages.send(another_parent(), subject="Draft plan", body="Read it", key="alert:2", now=NOON)
    services.note(
        child, to=another_parent(), means="message", summary="Plan", message=sent, by=None, now=NOON
    )
    work()
    evidence.bounced(evidence.hash_of(f"message-waiting:{sent.pk}"), code="5.1.1", now=LATER)

    (one,) = bounced.not_arrived(the_officer())
    assert (one.child, one.case, one.name) == (child, None, "Marek Pritchard")


def note_by_hand(about: Any, details: Details, **more: Any) -> Communication:
    acting = {"key": uuid4(), "by": an_officer(), "now": LATER} | more
    return services.note_by_hand(about, details=details, **acting)


@pytest.mark.req("GH-011")
def test_a_letter_noted_by_hand_is_in_the_log_of_the_case_and_of_its_child_once():
    case, _ = written()
    key = uuid4()
    for _ in range(2):
        kept = note_by_hand(case, a_call(means="letter"), key=key)

    assert [line.summary for line in log(case) if line.kept] == ["Asked for the report"]
    of_child = queries.log_of_child(the_officer(), case.mention.child)
    assert kept in [line.kept for line in of_child.lines]


@pytest.mark.req("GH-011")
def test_a_correction_keeps_what_was_said_before_and_striking_out_no_longer_counts():
    case, _ = written()
    kept = note_by_hand(case, a_call())
    acting: dict[str, Any] = {"by": an_officer(), "now": LATER}
    kept = services.correct(
        kept, details=a_call(summary="Sent the report"), reason="Wrong way round", seen=1, **acting
    )
    with pytest.raises(ChangedMeanwhile):
        services.strike_out(kept, struck_out=True, reason="Twice", seen=1, **acting)
    kept = services.strike_out(kept, struck_out=True, reason="Twice", seen=2, **acting)

    (line,) = [line for line in log(case) if line.kept]
    assert (line.summary, line.told, line.corrected) == ("Sent the report", False, 2)
    before = Correction.objects.order_by("version")
    assert [(one.summary, one.reason) for one in before] == [
        ("Asked for the report", "Wrong way round"),
        ("Sent the report", "Twice"),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        before.update(summary="Nothing")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"means": "message"}, "means"),
        ({"addressee": ""}, "addressee"),
        ({"summary": ""}, "summary"),
        ({"summary": "x" * 4_001}, "summary"),
        ({"happened_at": None}, "happened_on"),
        ({"happened_at": LATER + timedelta(minutes=1)}, "happened_on"),
        ({"happened_at": NOON - timedelta(days=366 * 40)}, "happened_on"),
    ],
)
def test_what_is_missing_or_has_not_happened_yet_is_refused(changes: dict[str, Any], field: str):
    case = an_open_case()
    with pytest.raises(Refusals) as refused:
        note_by_hand(case, a_call(**changes))
    assert list(refused.value.problems) == [field]


def test_what_the_portal_sent_cannot_be_corrected_by_hand():
    case = an_open_case()
    child = case.mention.child
    kept = services.note(
        child, to=a_parent(), means="email", summary="Plan", by=None, now=NOON, email_key="a:1"
    )
    with pytest.raises(services.NotByHand):
        services.strike_out(kept, struck_out=True, reason="No", seen=1, by=an_officer(), now=LATER)


@pytest.mark.req("GH-011")
def test_statements_do_not_grow_with_the_lines():
    case, _ = written()
    holder, child = the_officer(), case.mention.child

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.log_of_case(holder, case)
            queries.log_of_child(holder, child)
        return len(asked)

    note_by_hand(case, a_call())
    few = statements()
    for number in range(5):
        note_by_hand(case, a_call())
        case.refresh_from_db()
        cases.write_message(
            case, LETTER, seen=case.version, by=an_officer(), now=LATER + timedelta(minutes=number)
        )
    assert statements() == few


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("5.1.1", "Address"),
        ("5.2.2", "Full"),
        ("4.4.7", "Late"),
        ("5.7.26", "Policy"),
        ("550", "Address"),
        ("", "Other"),
    ],
)
def test_the_codes_of_mail_systems_become_reasons(code: str, why: str):
    assert rules.why_not(code) == why


@pytest.mark.req("GH-011")
def test_whether_an_email_arrived_is_known_as_long_as_its_message_and_else_for_90_days():
    message = messages.send(a_parent(), subject="Draft plan", body="Read it", key="alert:3", now=NOON)
    work()
    evidence.sent("post-daily:7:1", now=NOON)
    later = NOON + timedelta(days=91)

    assert forget_evidence(now=later - timedelta(days=2)) == 0
    assert forget_evidence(now=later) == 1
    kept = Delivery.objects.get()
    assert kept.key == f"message-waiting:{message.pk}"

    message.delete()
    assert forget_evidence(now=later) == 1


def test_the_way_of_every_email_in_a_log_is_needed():
    case, message = written()
    services.note(
        case.mention.child, to=None, means="email", summary="x", by=None, now=NOON, email_key="advice-1"
    )
    keys = {f"{trail.WAITING}{message.pk}", f"{trail.NEWS}{message.key}", "advice-1"}
    keys.add(f"{trail.RECEIVED}{case.submission_id}")

    assert trail.needed([*keys, "advice-2", f"{trail.RECEIVED}0", f"{trail.WAITING}{uuid4()}"]) == keys

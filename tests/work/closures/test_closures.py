"""Unavoidable closures: what they count, whom they tell, and what becomes of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from guildhall.foundation.kit.refusals import Refusal
from guildhall.mail.messages.models import Message
from guildhall.people.calendars import queries
from guildhall.people.calendars.days import Span
from guildhall.people.calendars.models import Closure, ClosureReason
from guildhall.people.calendars.services import NoSession, NotOpen, Overlaps, Told
from guildhall.work.closures import services

from ...mailbox import last_letter
from ...people.calendars.years import publish
from ...people.membership.schools import a_place, a_school, another_school
from ...standing import a_person, an_administrator

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def a_closure(key: UUID | None = None, *, last_on: date = MONDAY, **more: Any) -> Closure:
    told = Told(first_on=MONDAY, last_on=last_on, reason=ClosureReason.objects.get(position=1), **more)
    return services.report(a_school(), told=told, key=key or uuid4(), by=_elen(), now=NOW)


def _open(school_id: int, day: date) -> bool:
    return day in queries.days_of(school_id, Span(day, day))


def _elen():
    return a_place("elen@ysgol.example.org").user


@pytest.mark.req("SC-078", "SC-079")
def test_a_closure_counts_the_sessions_that_are_lost_and_closes_the_calendar_at_once():
    publish(2026)
    closure = a_closure(last_on=date(2026, 12, 1), from_afternoon=True)

    assert closure.sessions == 7 * 2 - 1
    assert [one.act for one in closure.changes.all()] == ["reported"]
    assert _open(closure.school_id, MONDAY)  # the morning was held
    assert not _open(closure.school_id, date(2026, 11, 24))
    assert queries.closed_now(closure.school_id, date(2026, 11, 28)) == closure
    assert queries.closed_on(MONDAY) == [closure]
    assert _open(another_school().pk, date(2026, 11, 24))


@pytest.mark.req("SC-079")
def test_officers_are_told_once_in_their_language_and_email_says_nothing_of_it():
    an_administrator(language="cy")
    send = a_person("send.officer@council.example.org", role="send-officer", team="send")
    key = uuid4()

    first = a_closure(key)
    assert a_closure(key) == first

    [message] = Message.objects.filter(key__startswith="closure:")
    assert message.to.email == "admin@council.example.org" and message.to != send
    assert message.subject == "Cau ysgol: Carreg Primary School"
    assert "Eira, rhew neu lifogydd" in message.body and "/council/administration/closures/" in message.body
    letter = last_letter("admin@council.example.org", NOW)
    assert "Carreg" not in letter.subject + letter.text


@pytest.mark.req("SC-079")
def test_a_closure_is_extended_ended_and_withdrawn_with_a_history():
    publish(2026)
    an_administrator()
    acting: dict[str, Any] = {"by": _elen(), "now": NOW}
    closure = a_closure()

    friday = date(2026, 11, 27)
    assert services.extend(closure, last_on=friday, until_midday=False, **acting).sessions == 10
    services.extend(closure, last_on=friday, until_midday=False, **acting)
    with pytest.raises(Refusal):
        services.extend(closure, last_on=date(2026, 11, 25), until_midday=False, **acting)
    with pytest.raises(Refusal):
        services.end(closure, last_on=date(2026, 11, 30), until_midday=False, **acting)
    assert services.end(closure, last_on=date(2026, 11, 24), until_midday=True, **acting).sessions == 3
    with pytest.raises(NotOpen):
        services.extend(closure, last_on=friday, until_midday=False, **acting)
    assert _open(closure.school_id, date(2026, 11, 25))

    services.withdraw(closure, **acting)
    services.withdraw(closure, **acting)

    acts = ["reported", "extended", "ended", "withdrawn"]
    assert [one.act for one in closure.changes.order_by("pk")] == acts
    assert Message.objects.filter(key__startswith="closure:").count() == len(acts)
    assert _open(closure.school_id, MONDAY)
    with pytest.raises(NotOpen):
        services.end(closure, last_on=MONDAY, until_midday=True, **acting)


@pytest.mark.req("SC-079")
def test_closures_of_a_school_never_overlap_but_withdrawn_ones_count_nowhere():
    publish(2026)
    closure = a_closure(last_on=date(2026, 11, 25), part="Years 7 and 8")
    with pytest.raises(Overlaps):
        a_closure()
    assert _open(closure.school_id, MONDAY)  # only a part is closed

    services.withdraw(closure, by=_elen(), now=NOW)

    assert a_closure().whole


def test_days_that_cannot_be_closed_are_refused():
    publish(2026)
    with pytest.raises(NoSession):
        a_closure(from_afternoon=True, until_midday=True)
    with pytest.raises(Refusal):
        a_closure(last_on=MONDAY - timedelta(days=1))
    with pytest.raises(Refusal):
        a_closure(last_on=MONDAY + timedelta(days=400))
    told = Told(first_on=date(2026, 8, 3), last_on=MONDAY, reason=ClosureReason.objects.get(position=1))
    with pytest.raises(Refusal):
        services.report(a_school(), told=told, key=uuid4(), by=_elen(), now=NOW)
    assert not Closure.objects.exists()


@pytest.mark.req("SC-097")
def test_the_form_school_closure_makes_the_same_record_and_is_never_held_up_by_the_calendar():
    publish(2026)
    an_administrator()
    answers = {
        "CLOSURE_EXTENT": "early",
        "CLOSURE_DATES": {"from": "2026-11-23", "to": "2026-11-24"},
        "CLOSURE_REASON": "water",
        "CLOSURE_WHAT": "A pipe burst.",
    }
    sent: dict[str, Any] = {"key": uuid4(), "by": _elen(), "now": NOW}

    closure = services.report_form(a_school().pk, answers=answers, **sent)
    assert closure is not None
    assert (closure.sessions, closure.reason.name["en"], closure.words) == (3, "No water", "A pipe burst.")
    assert Message.objects.filter(key__startswith="closure:").count() == 1

    assert services.report_form(a_school().pk, answers=answers, **sent | {"key": uuid4()}) is None  # overlaps
    assert services.report_form(a_school().pk, answers={"ABSENCE": "x"}, **sent | {"key": uuid4()}) is None
    assert Closure.objects.count() == 1

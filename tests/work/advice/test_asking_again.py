"""After the first answer: more is asked in place, there is none, other days and other people."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from guildhall.records.linkage.models import Mention
from guildhall.work.advice import queries, services, showing
from guildhall.work.advice.models import Answer, Further, Requested
from guildhall.work.advice.rules import State
from guildhall.work.communications.models import Communication
from tests.standing import NOON, a_parent, a_professional, an_officer
from tests.work.cases.scene import LATER, a_case
from tests.work.sharing.scene import an_entry, not_authenticated, on_involvement

from .scene import DUE, TODAY, a_request, a_request_without_account, a_teacher_on, at, told

pytestmark = [pytest.mark.django_db, pytest.mark.req("GH-010")]

NEXT = TODAY + timedelta(days=30)


def answered(requested: Requested, words: str = "She reads well.") -> Requested:
    how: dict[str, Any] = {"uploads": [], "key": uuid4(), "by": a_professional(), "now": LATER}
    services.answer(requested, words=words, **how)
    requested.refresh_from_db()
    return requested


def ask_more(requested: Requested, *, key: Any = None, due_on: date | None = NEXT, words: str = "And maths?"):
    requested.refresh_from_db()
    how: dict[str, Any] = {"key": key or uuid4(), "by": an_officer(), "now": LATER}
    made = services.ask_more(requested, services.More(words, due_on), seen=requested.version, **how)
    requested.refresh_from_db()
    return made


def subjects(user: User) -> list[str]:
    return sorted(Message.objects.filter(to=user).values_list("subject", flat=True))


def test_more_is_asked_in_place_and_both_answers_are_kept():
    requested = answered(a_request())

    ask_more(requested)

    assert (requested.received_on, requested.due_on) == (None, NEXT)
    assert requested.chase_on == NEXT - timedelta(days=7)
    assert queries.waiting_for(a_professional()) == 1
    assert subjects(a_professional()) == ["We ask you for more information by 1 July 2026"]
    assert requested.notifications.count() == Communication.objects.count() == 1
    answered(requested, "She can add to 20.")
    turns = showing.turns_of(queries.answers_to(requested), queries.furthers_of(requested))
    assert {turn.words for turn in turns} == {"She reads well.", "And maths?", "She can add to 20."}
    assert requested.received_on == TODAY


def test_more_is_asked_once_a_page_and_only_of_what_was_answered():
    requested, key = a_request(), uuid4()
    with pytest.raises(ChangedMeanwhile):
        ask_more(requested)
    answered(requested)

    first = ask_more(requested, key=key)

    assert ask_more(requested, key=key) == first
    assert Further.objects.count() == Message.objects.filter(to=a_professional()).count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": ""}, "words"),
        ({"due_on": None}, "due_on"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
    ],
)
def test_more_needs_words_and_a_day_that_is_not_over(changes: dict[str, Any], field: str):
    requested = answered(a_request())

    with pytest.raises(services.MoreIncomplete) as refused:
        ask_more(requested, **changes)

    assert list(refused.value.problems) == [field]


@pytest.mark.req("SP-345")
def test_what_came_in_time_is_not_late_by_law_because_more_was_asked():
    requested = answered(a_request())
    ask_more(requested, due_on=TODAY + timedelta(weeks=9))

    [line] = showing.lines_of([requested], today=TODAY + timedelta(weeks=8))

    assert not line.after_law


def test_the_form_that_came_before_is_no_answer_to_what_was_asked_after_it():
    entry = an_entry()
    requested = a_request(a_teacher_on(entry), wanted="SEND-SHORT")
    case = a_case(matched="waiting", sender=a_professional(), now=NOON + timedelta(minutes=5))
    Mention.objects.filter(pk=case.mention_id).update(
        child=entry.mention.child, state="linked", settled_at=NOON
    )
    assert services.take_forms(now=LATER) == 1
    ask_more(requested)

    assert services.take_forms(now=LATER + timedelta(days=1)) == 0


def test_more_that_is_asked_of_somebody_without_an_account_waits_for_the_officer_to_tell_them():
    requested = a_request_without_account(received_on=TODAY)

    ask_more(requested)

    assert requested.received_on is None
    assert not Communication.objects.exists()


def test_somebody_who_cannot_answer_says_why_and_is_not_reminded():
    requested = a_request()
    by = a_professional()

    for _ in range(2):
        services.decline(requested, words="Ask Ms Rees.", key=requested.key, by=by, now=LATER)

    requested.refresh_from_db()
    [line] = showing.lines_of([requested], today=DUE + timedelta(days=9))
    assert (line.state, requested.chase_on, requested.received_on) == (State.DECLINED, None, None)
    assert subjects(an_officer()) == [f"{by} cannot give the information"]
    assert queries.waiting_for(by) == 0
    assert services.chase_due(now=at(DUE)) == 0
    with pytest.raises(services.NothingAnswered):
        services.decline(requested, words="", key=uuid4(), by=by, now=LATER)
    answered(requested)  # They can after all.
    assert (requested.received_on, requested.declined_on) == (TODAY, None)
    assert Answer.objects.filter(declines=True).count() == 1


def test_asking_again_opens_what_was_declined():
    requested = a_request()
    services.decline(requested, words="I am away.", key=uuid4(), by=a_professional(), now=LATER)

    ask_more(requested, words="Can you by July?")

    assert (requested.declined_on, requested.chase_on) == (None, NEXT - timedelta(days=7))


def test_nothing_is_seen_or_answered_before_it_is_told():
    requested = a_request(notified_on=None)

    assert queries.asked(a_professional(), requested.key) is None
    with pytest.raises(services.AnswerClosed):
        answered(requested)
    way = services.Way(frozenset({"message"}))
    services.notify(requested, way, key=uuid4(), by=an_officer(), now=LATER)

    assert queries.asked(a_professional(), requested.key) == requested


def test_another_due_date_and_a_withdrawal_are_told_to_whoever_knew():
    requested = a_request()
    changed = told(portal_user=requested.portal_user, due_on=NEXT, notified_on=TODAY)
    services.change_request(requested, changed, seen=requested.version, by=an_officer(), now=LATER)
    requested.refresh_from_db()
    services.remove_request(requested, seen=requested.version, by=an_officer(), now=LATER)

    assert subjects(a_professional()) == [
        "New date: we need your information by 1 July 2026",
        "You do not need to answer our request for information",
    ]


@pytest.mark.parametrize("why", ["untold", "answered", "no access"])
def test_nobody_hears_of_the_end_of_what_does_not_wait_for_them(why: str):
    requested = a_request(notified_on=None if why == "untold" else TODAY)
    if why == "answered":
        answered(requested)
    if why == "no access" and requested.portal_user:
        not_authenticated(requested.portal_user)

    services.remove_request(requested, seen=requested.version, by=an_officer(), now=LATER)

    assert subjects(a_professional()) == []


def test_whom_it_is_asked_of_instead_was_not_told_yet():
    entry = an_entry()
    requested = a_request(a_teacher_on(entry))
    mother = on_involvement(entry, a_parent())

    instead = told(portal_user=mother, notified_on=TODAY)
    services.change_request(requested, instead, seen=requested.version, by=an_officer(), now=LATER)

    requested.refresh_from_db()
    assert requested.notified_on is None
    assert queries.waiting_for(a_parent()) == queries.waiting_for(a_professional()) == 0
    assert subjects(a_professional()) == ["You do not need to answer our request for information"]

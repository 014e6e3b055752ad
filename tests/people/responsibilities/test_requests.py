"""Asking for responsibilities: nothing changes until a supervisor has decided."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from guildhall.foundation.kit.refusals import Refusals
from guildhall.people.membership import services as membership
from guildhall.people.responsibilities import queries, tasks
from guildhall.people.responsibilities import services as responsibilities
from guildhall.people.responsibilities.models import ChangeRequest

from ...standing import NOON
from ..membership.schools import a_place, a_school, a_supervisor, another_school, holder
from .scene import INTERESTED, LEAD, ask, decide, give, held, letters_to

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


def waiting(place):
    return queries.waiting_for(holder(place), a_school().pk)


@pytest.mark.req("SC-045")
def test_nothing_changes_until_the_supervisor_approves_and_the_supervisor_is_told():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    give(elen, sian, Catering=LEAD)
    asked = ask(elen, "Finance")
    assert held(elen) == {"Catering": LEAD}
    assert waiting(sian) == [asked]
    letter = letters_to("sian@ysgol.example.org")[0]
    assert "/schools/alerts/" in letter.text
    assert "Finance" not in letter.text

    assert decide(asked, sian, "end", LEAD) == []
    assert held(elen) == {"Finance": LEAD}
    asked.refresh_from_db()
    assert (asked.outcome, asked.closed_by) == ("approved", sian.user)
    assert waiting(sian) == []


@pytest.mark.req("SC-054")
def test_a_supervisor_approves_in_part_with_a_reason():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    asked = ask(elen, "Finance", "Catering")
    decide(asked, sian, INTERESTED, "no", reason="The bursar does it.")
    assert held(elen) == {"Catering": INTERESTED}
    asked.refresh_from_db()
    assert (asked.outcome, asked.reason) == ("partly", "The bursar does it.")


@pytest.mark.req("SC-054")
def test_a_refusal_says_why_and_every_line_has_an_answer():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    asked = ask(elen, "Finance", "Catering")
    first, second = [wish.pk for wish in asked.wishes.order_by("responsibility__position")]
    for answers, reason, fields in (
        (["no", "no"], " ", {"reason"}),
        (["no", "no"], "x" * 501, {"reason"}),
        ([LEAD], "", {f"wish-{second}"}),
        (["end", "owner"], "", {f"wish-{first}", f"wish-{second}"}),
    ):
        with pytest.raises(Refusals) as caught:
            decide(asked, sian, *answers, reason=reason)
        assert caught.value.problems.keys() == fields
    assert held(elen) == {}

    decide(asked, sian, "no", "no", reason="Not this year.")
    asked.refresh_from_db()
    assert (asked.outcome, held(elen)) == ("refused", {})
    assert "/schools/alerts/" in letters_to("elen@ysgol.example.org")[0].text
    with pytest.raises(responsibilities.AlreadyClosed):
        decide(asked, sian, LEAD, LEAD)


@pytest.mark.req("SC-054")
def test_a_supervisors_own_request_goes_to_the_other_supervisor():
    sian, gwen = a_supervisor(), a_supervisor("gwen@ysgol.example.org")
    before = len(letters_to("sian@ysgol.example.org"))
    asked = ask(sian, "Finance")
    assert (waiting(sian), waiting(gwen)) == ([], [asked])
    assert len(letters_to("sian@ysgol.example.org")) == before
    with pytest.raises(responsibilities.NotTheirs):
        decide(asked, sian, LEAD)
    membership.end_supervision(gwen, holder=holder(sian), by=sian.user, now=NOON)
    assert waiting(sian) == [asked], "nobody else is left"
    decide(asked, sian, LEAD)
    assert held(sian) == {"Finance": LEAD}


def test_who_may_not_decide_or_ask():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    far = a_supervisor("far@ysgol.example.org", another_school())
    asked = ask(elen, "Finance")
    assert queries.waiting_for(holder(far), a_school().pk) == waiting(elen) == []
    for who in (elen, far):
        with pytest.raises(responsibilities.NotTheirs):
            decide(asked, who, LEAD)
        with pytest.raises(responsibilities.NotTheirs):
            responsibilities.ask_for_change(sian, wanted={1: ""}, by=who.user, now=NOON)
    with pytest.raises(responsibilities.NotTheirs):
        responsibilities.withdraw_request(asked, by=sian.user, now=NOON)


def test_a_new_request_takes_the_place_of_the_old_one_and_can_be_taken_back():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    first, second = ask(elen, "Finance"), ask(elen, "Catering")
    first.refresh_from_db()
    assert (first.outcome, waiting(sian)) == ("withdrawn", [second])
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRequest.objects.create(place=elen, asked_at=NOON)
    responsibilities.withdraw_request(second, by=elen.user, now=NOON)
    assert waiting(sian) == []
    with pytest.raises(responsibilities.AlreadyClosed):
        decide(second, sian, LEAD)


def test_asking_for_what_one_has_or_for_nothing_there_is_is_refused():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    give(elen, sian, Finance=LEAD)
    with pytest.raises(responsibilities.NothingAsked):
        ask(elen, "Finance")
    responsibilities.ask_for_change(elen, wanted={987_654_321: ""}, by=elen.user, now=NOON)
    assert [wish.wanted for wish in waiting(sian)[0].wishes.all()] == [False]


@pytest.mark.req("SC-054")
def test_supervisors_are_reminded_after_seven_days_and_every_seven_days():
    a_supervisor()
    elen = a_place("elen@ysgol.example.org")
    asked = ask(elen, "Finance")
    before = len(letters_to("sian@ysgol.example.org"))

    def told():
        return len(letters_to("sian@ysgol.example.org")) - before

    tasks.remind_of_requests(NOON + 7 * DAYS - timedelta(minutes=1))
    assert told() == 0
    for _ in range(2):
        tasks.remind_of_requests(NOON + 7 * DAYS)
    assert told() == 1
    tasks.remind_of_requests(NOON + 14 * DAYS)
    assert told() == 2
    responsibilities.withdraw_request(asked, by=elen.user, now=NOON)
    tasks.remind_of_requests(NOON + 30 * DAYS)
    assert told() == 2


@pytest.mark.req("SC-045", "SC-048")
def test_an_interested_party_asks_to_lead_and_a_lead_contact_to_be_interested():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    give(elen, sian, Finance=INTERESTED, Catering=LEAD)
    asked = ask(elen, Finance=LEAD, Catering=INTERESTED)
    assert held(elen) == {"Finance": INTERESTED, "Catering": LEAD}, "nothing changes until it is approved"
    wishes = asked.wishes.order_by("responsibility__position")
    assert [(wish.wanted, wish.level) for wish in wishes] == [(True, INTERESTED), (True, LEAD)]
    decide(asked, sian, INTERESTED, LEAD)
    assert held(elen) == {"Finance": LEAD, "Catering": INTERESTED}
    asked.refresh_from_db()
    assert (asked.outcome, asked.reason) == ("approved", "")


@pytest.mark.req("SC-054")
def test_another_level_than_was_asked_is_approval_in_part_and_says_why():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    asked = ask(elen, Finance=LEAD)
    with pytest.raises(Refusals) as caught:
        decide(asked, sian, INTERESTED)
    assert caught.value.problems.keys() == {"reason"}
    decide(asked, sian, INTERESTED, reason="Two people lead already.")
    asked.refresh_from_db()
    assert (asked.outcome, held(elen)) == ("partly", {"Finance": INTERESTED})


def test_the_level_that_one_has_is_no_wish_and_a_long_reason_is_refused_with_every_answer():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    give(elen, sian, Finance=LEAD)
    with pytest.raises(responsibilities.NothingAsked):
        ask(elen, Finance=LEAD)
    asked = ask(elen, Finance=INTERESTED)
    with pytest.raises(Refusals) as caught:
        decide(asked, sian, INTERESTED, reason="x" * 501)
    assert caught.value.problems.keys() == {"reason"}

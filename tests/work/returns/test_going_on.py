"""A school's return from the familiarisation area to the council's authorisation."""

from datetime import date, datetime, timedelta

import pytest

from guildhall.demonstration.census_files import Plan
from guildhall.foundation.kit.refusals import Refusal
from guildhall.mail.messages.models import Message
from guildhall.work.returns import collections, queries, services
from guildhall.work.returns.models import Changed, Event, Found, Return, Upload
from guildhall.work.returns.moves import MOVES, SENT, Move

from ...people.membership.schools import a_place, a_supervisor, another_school
from ...standing import an_administrator
from .scene import (
    EARLY,
    LIVE,
    ODD_YEAR,
    SURNAME_GONE,
    YEAR,
    a_head,
    a_sender,
    an_officer,
    autumn,
    file_with,
    moment,
    officer_acting,
    rules_in,
    sent,
)

pytestmark = pytest.mark.django_db
State = Return.State


def explained(own, place, at=LIVE):
    for one in Found.objects.filter(of=own, is_error=False, note=""):
        services.explain(one, "Checked with the class teacher.", place=place, now=moment(at))
    return own


def submitted(place):
    own = explained(sent(place, file_with()), place)
    return services.submit(own, place=place, now=moment(LIVE))


@pytest.mark.req("SY-054")
@pytest.mark.req("SY-060")
def test_the_days_of_2025_are_those_that_the_authority_knows():
    days = {one.key: one for one in collections.of_year(2025)}
    assert {key: one.census_on for key, one in days.items()} == {
        "AUT": date(2025, 10, 2),
        "SWF": date(2025, 11, 6),
        "SPR": date(2026, 1, 15),
        "SUM": date(2026, 5, 21),
    }
    assert {key: one.practice_until.date() for key, one in days.items()} == {
        "AUT": date(2025, 9, 26),
        "SWF": date(2025, 10, 31),
        "SPR": date(2026, 1, 9),
        "SUM": date(2026, 5, 15),
    }


@pytest.mark.req("SY-060")
def test_an_administrator_sets_a_census_day_and_everything_follows_it():
    admin = an_administrator()
    how = officer_acting(EARLY, admin)
    services.set_day("AUT", YEAR, date(2026, 10, 7), **how)
    one = autumn()
    assert (one.census_on, one.changed, one.practice_until.date()) == (
        date(2026, 10, 7),
        True,
        date(2026, 10, 2),
    )
    with pytest.raises(Refusal, match="school year"):
        services.set_day("AUT", YEAR, date(2027, 10, 7), **how)
    with pytest.raises(Refusal, match="Monday"):
        services.set_day("AUT", YEAR, date(2026, 10, 4), **how)
    with pytest.raises(services.NotSetting):
        services.set_day("AUT", YEAR, None, **officer_acting(EARLY))
    services.set_day("AUT", YEAR, None, **how)
    assert autumn().census_on == date(2026, 10, 1)
    assert not Changed.objects.exists()


@pytest.mark.req("SY-055")
@pytest.mark.req("SY-056")
@pytest.mark.req("SY-061")
@pytest.mark.parametrize(
    ("area", "at", "opens"),
    [
        ("practice", datetime(2026, 9, 2, 23, 59), False),
        ("practice", datetime(2026, 9, 3, 0, 0), True),
        ("practice", datetime(2026, 9, 25, 15, 59), True),
        ("practice", datetime(2026, 9, 25, 16, 0), False),
        ("live", datetime(2026, 10, 1, 7, 29), False),
        ("live", datetime(2026, 10, 1, 7, 30), True),
    ],
)
def test_each_area_takes_files_in_its_time_and_at_no_other(area, at, opens):
    place = a_sender()
    if opens:
        assert sent(place, file_with(), area, at).area == area
        return
    with pytest.raises(services.NotOpen):
        sent(place, file_with(), area, at)
    assert not Return.objects.exists()


@pytest.mark.req("SY-057")
@pytest.mark.req("GH-036")
def test_both_areas_find_the_same_and_practice_is_never_a_return():
    place = a_sender()
    wrong = file_with(SURNAME_GONE, ODD_YEAR)
    practised, live = sent(place, wrong, "practice", EARLY), sent(place, wrong)
    assert rules_in(practised) == rules_in(live)
    assert "1580" in rules_in(live)
    assert (practised.state, live.state) == (State.ERRORS, State.ERRORS)
    right = explained(sent(place, file_with(), "practice", EARLY), place, EARLY)
    with pytest.raises(services.NotNow, match="familiarisation"):
        services.submit(right, place=place, now=moment(EARLY))
    assert [row.state for row in queries.standing(officer_acting(LIVE)["holder"], autumn())] == [State.ERRORS]


@pytest.mark.req("SY-062")
@pytest.mark.req("GH-036")
def test_errors_block_queries_need_an_explanation_and_then_it_goes_all_the_way():
    supervisor = a_supervisor()
    place, head = a_sender(by=supervisor), a_head(school=supervisor.school)
    own = sent(place, file_with(SURNAME_GONE))
    with pytest.raises(services.NotReady, match="Errors: 1"):
        services.submit(own, place=place, now=moment(LIVE))
    [error] = Found.objects.filter(of=own, is_error=True)
    with pytest.raises(Refusal, match="cannot be explained"):
        services.explain(error, "It is right so.", place=place, now=moment(LIVE))
    own = sent(place, file_with(ODD_YEAR))
    assert own.state == State.QUERIES
    assert queries.unexplained(own) == own.queries > 0
    with pytest.raises(services.NotReady, match="Explain every query"):
        services.submit(own, place=place, now=moment(LIVE))
    own = services.submit(explained(own, place), place=place, now=moment(LIVE))
    assert Message.objects.filter(to=head.user, subject__startswith="Approve a return").exists()
    with pytest.raises(services.NotYours):
        services.approve(own, place=place, now=moment(LIVE))
    with pytest.raises(services.NotNow):
        services.authorise(own, **officer_acting(LIVE))
    own = services.approve(own, place=head, now=moment(LIVE))
    with pytest.raises(services.NotHandling):
        services.authorise(own, **officer_acting(LIVE, an_administrator()))
    own = services.authorise(own, **officer_acting(LIVE))
    assert own.state == State.AUTHORISED
    with pytest.raises(services.NotTaken):
        sent(place, file_with())
    assert Message.objects.filter(to=place.user, subject__startswith="Your return was authorised").exists()


@pytest.mark.req("SY-062")
def test_a_returned_return_says_why_and_can_be_sent_anew():
    supervisor = a_supervisor()
    place, head = a_sender(by=supervisor), a_head(school=supervisor.school)
    own = services.approve(submitted(place), place=head, now=moment(LIVE))
    with pytest.raises(Refusal) as refused:
        services.return_it(own, " ", **officer_acting(LIVE))
    assert refused.value.field == "answer"
    own = services.return_it(own, "Year 6 is missing.", **officer_acting(LIVE))
    assert (own.state, own.answer) == (State.RETURNED, "Year 6 is missing.")
    assert "Year 6 is missing." in Message.objects.get(to=place.user, subject__contains="came back").body
    assert sent(place, file_with()).state == State.QUERIES


@pytest.mark.req("SY-062")
def test_the_table_of_moves_lets_nothing_be_authorised_that_no_headteacher_approved():
    assert set(MOVES) == set(State.values)
    leading = {state for state, moves in MOVES.items() if Move.AUTHORISE in moves}
    assert leading == {State.APPROVED}
    assert {state for state, moves in MOVES.items() if Move.APPROVE in moves} == {State.SUBMITTED}
    assert not any(Move.FIND_ERRORS in MOVES[state] for state in SENT)


@pytest.mark.req("GH-036")
def test_what_was_explained_last_time_is_offered_again_for_the_same_pupil_and_rule():
    supervisor = a_supervisor()
    place, head = a_sender(by=supervisor), a_head(school=supervisor.school)
    own = explained(sent(place, file_with(ODD_YEAR)), place)
    services.approve(services.submit(own, place=place, now=moment(LIVE)), place=head, now=moment(LIVE))
    spring = collections.collection("SPR", YEAR)
    at = datetime(2027, 1, 21, 9, 0)
    from_spring = file_with(ODD_YEAR, plan=Plan(term="SPR"))
    later = sent(place, from_spring, at=at, one=spring)
    offered = queries.offered(later)
    assert {one.rule for one, _note in offered} >= {"2020Q"}
    assert all(note == "Checked with the class teacher." for _one, note in offered)
    count = services.take_offered(later, place=place, now=moment(at))
    assert count == len(offered)
    assert queries.offered(later) == []


def _spring():
    from guildhall.demonstration.census_files import Plan

    return Plan(term="SPR")


@pytest.mark.req("SY-063")
def test_schools_that_have_not_submitted_are_chased_in_one_step_and_only_they():
    supervisor = a_supervisor()
    place = a_sender(by=supervisor)
    other = a_supervisor("mair@ucheldir.example.org", another_school())
    late = a_sender("gareth@ucheldir.example.org", other)
    submitted(place)
    with pytest.raises(Refusal, match="census day"):
        services.chase(autumn(), **officer_acting(EARLY))
    done = services.chase(autumn(), **officer_acting(LIVE))
    assert (done.schools, done.nobody) == (1, 0)
    services.chase(autumn(), **officer_acting(LIVE))
    assert Message.objects.filter(subject__contains="awaited").count() == 1
    assert Message.objects.get(subject__contains="awaited").to == late.user
    assert Event.objects.filter(act="chase").count() == 2
    with pytest.raises(services.NotHandling):
        services.chase(autumn(), **officer_acting(LIVE, an_administrator()))


@pytest.mark.req("SY-061")
def test_practice_is_deleted_fourteen_days_after_census_day_and_a_live_return_is_not():
    place = a_sender()
    sent(place, file_with(), "practice", EARLY)
    live = sent(place, file_with())
    assert services.forget_old(now=moment(LIVE) + timedelta(days=13)) == 0
    assert services.forget_old(now=moment(LIVE) + timedelta(days=14)) == 1
    assert list(Return.objects.all()) == [live]
    assert list(Upload.objects.all()) == [live.upload]


@pytest.mark.req("SY-053")
def test_a_file_of_another_term_or_school_or_no_census_file_is_refused_with_its_reason():
    place = a_sender()
    place.school.la_code, place.school.number = "936", "2001"
    place.school.save()
    reasons = []
    for content in (
        b"not XML at all",
        b"<Message><a></Message>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><Message/>',
        b"<Other></Other>",
        file_with().replace(b"<Term>AUT", b"<Term>SPR"),
        file_with().replace(b"<Collection>SC", b"<Collection>CIN"),
        file_with().replace(b"<Estab>2001", b"<Estab>2002"),
    ):
        own = sent(place, content)
        assert own.upload is not None
        reasons.append(own.upload.reason)
        assert own.state == State.NONE
    assert reasons == ["xml", "broken", "doctype", "census", "term", "collection", "school"]
    assert not Found.objects.exists()


def test_only_who_has_the_service_sends_and_nobody_reads_another_schools_returns():
    supervisor = a_supervisor()
    own = sent(a_sender(by=supervisor), file_with())
    plain = a_place("bryn@ysgol.example.org", supervisor.school)
    with pytest.raises(services.NotTaken):
        sent(plain, file_with())
    assert not queries.returns_of(plain, today=LIVE.date()).exists()
    other = a_sender(
        "gareth@ucheldir.example.org", a_supervisor("mair@ucheldir.example.org", another_school())
    )
    assert not queries.returns_of(other, today=LIVE.date()).exists()
    with pytest.raises(services.NotYours):
        services.submit(own, place=other, now=moment(LIVE))


@pytest.mark.req("SY-059")
def test_officers_see_every_schools_live_return_and_no_practice():
    place = a_sender()
    sent(place, file_with(), "practice", EARLY)
    holder = officer_acting(LIVE)["holder"]
    assert not queries.all_returns(holder).exists()
    live = sent(place, file_with())
    assert list(queries.all_returns(holder)) == [live]
    assert not queries.all_returns(officer_acting(LIVE, an_administrator())["holder"]).exists()
    assert an_officer()

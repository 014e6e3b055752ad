"""The board of what is due, its forecast, and timeliness; and who may follow a child."""

from datetime import date, timedelta

import pytest

from guildhall.people.membership.queries import holder_for
from guildhall.records.clocks.states import State, Timeliness, state_of
from guildhall.work.ehcprocess import queries
from guildhall.work.sharing import services as sharing
from guildhall.work.sharing.services import Details
from tests.records.some import a_child
from tests.standing import NOON, a_parent, a_safeguarding_officer, an_officer, another_parent

from .scene import TODAY, a_process, excuse, facts, keep, officer, weeks

pytestmark = pytest.mark.django_db


def received(days_ago: int, **more: date) -> object:
    return facts(received=TODAY - timedelta(days=days_ago), **more)


def some() -> None:
    """Processes at different stages."""
    a_process(a_child(forename="Ana"), received(10))
    a_process(a_child(forename="Bea"), received(38))
    a_process(a_child(forename="Cai"), received(50))
    a_process(a_child(forename="Dai"), received(50, assess=TODAY - timedelta(days=10)))
    late = a_process(a_child(forename="Eva"), received(100, assess=TODAY - timedelta(days=50)))
    start = TODAY - timedelta(days=95)
    excuse(late, first_on=start, last_on=start + timedelta(days=30), decided_on=TODAY)
    a_process(a_child(forename="Fay"), received(60, assess=TODAY - timedelta(days=30)))


@pytest.mark.req("GH-006")
def test_every_step_has_its_due_date_and_state_the_first_due_first():
    some()

    rows = list(queries.ordered(queries.board(officer(), today=TODAY), "due"))

    by_child = {one.process.involvement.child.forename: one.state for one in rows if one.step == "assess"}
    assert by_child == {
        "Ana": "on-time",
        "Bea": "at-risk",
        "Cai": "overdue",
        "Dai": "met",
        "Eva": "excused",
        "Fay": "met",
    }
    assert [one.due_on for one in rows] == sorted(one.due_on for one in rows)


@pytest.mark.req("GH-006")
def test_the_database_says_the_same_state_as_the_rule():
    some()
    risks = {"assess": 7, "issue": 14, "final": 14}

    for days in (-30, -7, 0, 1, 6, 7, 8, 40, 90):
        today = TODAY + timedelta(days=days)
        for one in queries.board(officer(), today=today):
            said = state_of(one.due_on, one.met_on, today=today, risk=risks[one.step], excused=one.excused)
            assert one.state == said


@pytest.mark.req("GH-006")
def test_the_board_is_narrowed_searched_and_sorted():
    some()
    process = a_process(a_child(forename="Gwen"), facts(received=TODAY))
    told = process.facts
    keep(process, type(told)(dates=told.dates, owner=an_officer().pk))
    rows = queries.board(officer(), today=TODAY)

    def children(**narrow: object) -> set[str]:
        return {one.process.involvement.child.forename for one in queries.narrowed(rows, **narrow)}

    assert children(state="overdue") == {"Cai"}
    assert children(state="met") == {"Dai", "Fay"}
    assert children(state="open", owner="mine", me=an_officer().pk) == {"Gwen"}
    assert "Gwen" not in children(state="all", owner="nobody")
    assert children(words="gwe") == {"Gwen"}
    assert children(words=process.involvement.child.reference.lower()) == {"Gwen"}
    assert children(step="assess", state="open") == {"Ana", "Bea", "Cai", "Gwen"}
    names = [one.process.involvement.child.forename for one in queries.ordered(rows, "-child")]
    assert names == sorted(names, reverse=True)
    worst = [one.state for one in queries.ordered(rows, "state")]
    assert (worst[0], worst[-1]) == ("overdue", "met")
    counted = queries.counts(rows)
    assert (counted["overdue"], counted["excused"], counted["all"]) == (1, 1, rows.count())


@pytest.mark.req("GH-006")
def test_the_forecast_counts_what_falls_due_in_20_weeks_from_monday(django_assert_num_queries):
    monday = TODAY  # 1 June 2026 is a Monday.
    a_process(told=facts(received=monday - timedelta(weeks=6)))  # assess today
    a_process(told=facts(received=monday - timedelta(weeks=6, days=1)))  # assess yesterday: overdue
    a_process(told=facts(received=monday - timedelta(days=1)))  # final on the Sunday of week 20
    a_process(told=facts(received=monday))  # final on the Monday after

    rows = queries.board(officer(), today=TODAY)
    with django_assert_num_queries(1):
        found = queries.forecast(rows, today=TODAY)

    assert (len(found), found[0].on, found[-1].on) == (20, monday, monday + timedelta(weeks=19))
    assert found[0].due == {"assess": 1}
    assert found[19].due == {"final": 1}
    assert found[5].due == {"assess": 1}
    assert sum(week.due.get("final", 0) for week in found) == 3


@pytest.mark.req("GH-004")
def test_timeliness_is_reported_with_and_without_exceptions():
    some()

    found = queries.timeliness(
        queries.board(officer(), today=TODAY), first_on=TODAY - timedelta(days=90), last_on=TODAY
    )

    assert found["assess"] == Timeliness(in_time=2, late=1, excused=1)
    assert (found["assess"].plain, found["assess"].without_excused) == (50, 67)


@pytest.mark.req("GH-006")
def test_whoever_is_not_of_the_team_sees_no_board():
    a_process()
    stranger = holder_for(a_safeguarding_officer(), verified=True)

    assert not queries.board(stranger, today=TODAY).exists()
    assert queries.urgent_counts(stranger, today=TODAY) == {}
    assert State.ON_TIME in queries.STATES


@pytest.mark.req("GH-006")
def test_a_request_entered_by_mistake_and_a_removed_child_are_on_no_board():
    a_process(told=facts(ended=("mistake", weeks(1))))
    gone = a_process()
    child = gone.involvement.child
    child.removed_at = NOON
    child.save(update_fields=["removed_at"])

    assert not queries.board(officer(), today=TODAY).exists()


@pytest.mark.req("SP-326")
def test_only_authenticated_portal_users_follow_a_child():
    process = a_process()
    child, mother = process.involvement.child, a_parent()
    details = Details("Mother", authenticated=True, reason="Passport")
    entry = sharing.add_portal_user(child, user=mother, details=details, by=an_officer(), now=NOON)

    found = queries.entry_of(mother, process.involvement_id)
    assert found == entry
    assert queries.tracked(entry) == [process]
    assert queries.entry_of(another_parent(), process.involvement_id) is None
    sharing.change_portal_user(
        entry, details=Details("Mother"), seen=entry.version, by=an_officer(), now=NOON
    )
    assert queries.entry_of(mother, process.involvement_id) is None
    assert queries.followed(mother) == []

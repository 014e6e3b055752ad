"""When what the law gives time for is over, day by day."""

from datetime import date

import pytest

from guildhall.people.calendars.days import Unpublished
from guildhall.people.calendars.first import BANK_HOLIDAYS
from guildhall.people.calendars.services import set_terms
from guildhall.records.clocks import queries
from guildhall.records.clocks.limits import Calendar, Limit, Unit, after_months, last_day
from guildhall.records.clocks.packs import PackError, read
from guildhall.records.clocks.states import State, Timeliness, state_of
from tests.people.calendars.years import a_year, publish
from tests.people.membership.schools import a_school
from tests.standing import NOON

HOLIDAYS = frozenset(one["day"] for one in BANK_HOLIDAYS)


def due(pack: str, step: str, start: date, *, number: int = 0, holidays: bool = True) -> date:
    found = queries.in_force(pack, start).step(step)
    return last_day(found.limits[number], start, Calendar(HOLIDAYS if holidays else frozenset()))


@pytest.mark.req("GH-002")
@pytest.mark.parametrize(
    ("received", "assess", "issue", "final"),
    [
        # Weeks are calendar weeks: neither Easter nor the bank holiday that it falls due on moves anything.
        (date(2026, 1, 5), date(2026, 2, 16), date(2026, 4, 27), date(2026, 5, 25)),
        # Over the last of August, and the summer holidays.
        (date(2026, 8, 31), date(2026, 10, 12), date(2026, 12, 21), date(2027, 1, 18)),
        (date(2026, 7, 20), date(2026, 8, 31), date(2026, 11, 9), date(2026, 12, 7)),
        # A leap year's February, from the 29th and over it.
        (date(2028, 2, 29), date(2028, 4, 11), date(2028, 6, 20), date(2028, 7, 18)),
        (date(2028, 1, 20), date(2028, 3, 2), date(2028, 5, 11), date(2028, 6, 8)),
        # Received on a Sunday.
        (date(2026, 11, 29), date(2027, 1, 10), date(2027, 3, 21), date(2027, 4, 18)),
    ],
)
def test_an_assessment_has_6_16_and_20_calendar_weeks_from_the_request(received, assess, issue, final):
    assert due("england-ehc", "assess", received) == assess
    assert due("england-ehc", "issue", received) == issue
    assert due("england-ehc", "final", received) == final


@pytest.mark.req("GH-002")
def test_advice_has_6_weeks_from_each_request_and_a_draft_15_days_with_the_first():
    assert due("england-ehc", "advice", date(2026, 3, 2)) == date(2026, 4, 13)
    # "beginning with the day on which the draft plan was served": 2 March is the first of the fifteen.
    assert due("england-ehc", "comments", date(2026, 3, 2)) == date(2026, 3, 16)
    assert due("england-ehc", "comments", date(2028, 2, 20)) == date(2028, 3, 5)


@pytest.mark.req("GH-003")
def test_an_annual_review_is_counted_from_its_meeting():
    meeting = date(2026, 8, 31)

    assert due("england-annual-review", "notice", meeting) == date(2026, 8, 17)
    assert due("england-annual-review", "advice", meeting) == date(2026, 8, 17)
    assert due("england-annual-review", "decision", meeting) == date(2026, 9, 28)
    assert due("england-annual-review", "final", meeting) == date(2026, 11, 23)
    assert due("england-annual-review", "next", date(2028, 2, 29)) == date(2029, 2, 28)
    assert due("england-annual-review", "next", meeting) == date(2027, 8, 31)


@pytest.mark.req("GH-003")
def test_phase_transfers_are_due_on_15_february_or_31_march_of_their_year():
    assert due("england-annual-review", "phase", date(2028, 9, 1)) == date(2028, 2, 15)
    assert due("england-annual-review", "phase-16", date(2028, 9, 1)) == date(2028, 3, 31)


@pytest.mark.req("GH-001")
@pytest.mark.parametrize(
    ("notice", "months", "until"),
    [
        (date(2026, 8, 31), 2, date(2026, 10, 31)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2027, 12, 30), 2, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 5, 31), -3, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_a_month_ends_on_its_last_day_where_it_is_shorter(notice, months, until):
    assert after_months(notice, months) == until


@pytest.mark.req("GH-001")
def test_working_days_skip_weekends_and_bank_holidays():
    # Christmas Eve 2026 is a Thursday; Boxing Day is kept on Monday the 28th.
    assert due("safeguarding-referral", "decide", date(2026, 12, 24)) == date(2026, 12, 29)
    assert due("safeguarding-referral", "decide", date(2026, 12, 24), holidays=False) == date(2026, 12, 25)
    # From a Saturday, over the early May bank holiday.
    assert due("safeguarding-referral", "decide", date(2026, 5, 2)) == date(2026, 5, 5)
    assert due("safeguarding-referral", "conference", date(2026, 3, 23)) == date(2026, 4, 15)
    assert due("england-mediation", "certificate", date(2026, 4, 2)) == date(2026, 4, 9)


@pytest.mark.req("GH-001")
@pytest.mark.parametrize(
    ("received", "until"),
    [
        (date(2026, 7, 6), date(2026, 9, 15)),  # No day of August counts.
        (date(2026, 12, 11), date(2027, 2, 1)),  # Nor from 25 December to 1 January.
        (date(2026, 3, 20), date(2026, 5, 6)),  # Good Friday, Easter Monday and the first Monday of May.
    ],
)
def test_the_tribunal_has_an_answer_in_30_of_its_own_working_days(received, until):
    assert due("england-mediation", "response", received) == until


@pytest.mark.req("GH-001")
def test_what_the_tribunal_orders_is_counted_in_calendar_weeks_from_the_order():
    order = date(2026, 8, 31)
    expected = {
        "order-assess": date(2026, 9, 14),
        "order-decide": date(2026, 11, 9),
        "order-assess-plan": date(2026, 12, 7),
        "order-draft": date(2026, 10, 5),
        "order-plan": date(2026, 11, 16),
        "order-reconsider": date(2026, 9, 14),
        "order-amend": date(2026, 10, 5),
        "order-name": date(2026, 9, 14),
        "agreement": date(2026, 9, 14),
    }
    assert {step: due("england-mediation", step, order) for step in expected} == expected
    assert due("england-mediation", "consider", date(2026, 12, 31)) == date(2027, 2, 28)


@pytest.mark.req("GH-003")
def test_a_move_between_colleges_is_reviewed_five_months_before():
    assert due("england-annual-review", "phase-college", date(2028, 9, 1)) == date(2028, 4, 1)
    assert due("england-annual-review", "phase-college", date(2027, 7, 31)) == date(2027, 2, 28)


@pytest.mark.django_db
@pytest.mark.req("GH-005")
def test_a_welsh_school_has_35_of_its_own_school_days():
    publish(2025, 2026)
    school = a_school()
    told = date(2026, 9, 3)
    limit = queries.in_force("wales-idp", told).step("school").limit

    # 3 September is a Thursday: 35 school days later, without the weekends, is the Thursday before half term.
    before = last_day(limit, told, queries.calendar_around(told, school_id=school.pk))
    assert before == date(2026, 10, 22)
    # Its own half term in the middle of October makes it a week later.
    own = a_year(2026)
    own[0] = type(own[0])(own[0].name, own[0].span, type(own[0].span)(date(2026, 10, 12), date(2026, 10, 16)))
    set_terms(2026, terms=own, school=school, by=None, now=NOON)
    assert last_day(limit, told, queries.calendar_around(told, school_id=school.pk)) == date(2026, 10, 29)


@pytest.mark.django_db
@pytest.mark.req("GH-005")
def test_school_days_that_nobody_published_are_not_guessed():
    limit = queries.in_force("wales-idp").step("school").limit

    with pytest.raises(Unpublished):
        last_day(limit, date(2026, 9, 3), queries.calendar_around(date(2026, 9, 3), school_id=a_school().pk))
    with pytest.raises(Unpublished):
        last_day(limit, date(2026, 9, 3))


@pytest.mark.req("GH-005")
def test_a_welsh_authority_has_12_weeks_and_7_to_reconsider():
    assert due("wales-idp", "authority", date(2026, 8, 31)) == date(2026, 11, 23)
    assert due("wales-idp", "reconsider", date(2028, 2, 29)) == date(2028, 4, 18)


@pytest.mark.req("GH-001")
def test_every_pack_says_in_both_languages_who_has_a_step_since_when_and_by_what_law():
    for key in queries.PACKS:
        for pack in queries.versions(key):
            assert pack.name.en != pack.name.cy
            for step in pack.steps:
                assert step.law.en != step.law.cy
                assert step.owner
                assert all(limit.start in pack.events for limit in step.limits)
    assert set(queries.in_force("england-ehc").exemptions) == {
        "school-closed",
        "personal",
        "absent",
        "appointment",
    }


TWO = """
name: {en: Trial, cy: Treial}
events: {begun: {en: Begun, cy: Dechrau}, done: {en: Done, cy: Gorffen}}
versions:
"""
VERSION = """
  - from: %s
    steps:
      - key: only
        name: {en: Only, cy: Unig}
        law: {en: Law, cy: Deddf}
        owner: authority
        limits: [{start: begun, count: %s, unit: weeks}]
        met_by: done
"""


@pytest.mark.req("GH-001")
def test_the_version_in_force_on_the_day_of_the_start_counts(tmp_path):
    (tmp_path / "trial.yaml").write_text(TWO + VERSION % ("2020-01-01", 6) + VERSION % ("2026-09-01", 4))

    def weeks(start: date) -> int:
        return queries.in_force("trial", start, folder=tmp_path).step("only").limit.weeks

    assert [weeks(date(2026, 8, 31)), weeks(date(2026, 9, 1)), weeks(date(2019, 1, 1))] == [6, 4, 6]
    assert queries.version("trial", "2020-01-01", tmp_path).step("only").limit.weeks == 6
    with pytest.raises(KeyError):
        queries.version("trial", "2021-01-01", tmp_path)


@pytest.mark.req("GH-001")
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("start: begun", "start: never"),
        ("cy: Unig", "fr: Seul"),
        ("unit: weeks", "unit: fortnights"),
        ("owner: authority", "owner: nobody"),
        ("count: 6", "count: 0"),
        ("from: 2020-01-01", "from: soon"),
    ],
)
def test_a_pack_that_is_wrong_is_not_read(tmp_path, right, wrong):
    path = tmp_path / f"{abs(hash(wrong))}.yaml"
    path.write_text((TWO + VERSION % ("2020-01-01", 6)).replace(right, wrong))

    with pytest.raises(PackError):
        read(path)


def test_limits_are_asked_for_in_weeks_with_their_law():
    found = queries.limit("england-ehc", "advice")

    assert (found.weeks, found.law) == (6, "SEND Regulations 2014, regulation 8(1)")
    assert "rheoliad 8(1)" in queries.limit("england-ehc", "advice", language="cy").law
    with pytest.raises(ValueError, match="no weeks"):
        queries.limit("england-ehc", "comments")
    with pytest.raises(KeyError):
        queries.limit("england-ehc", "tea")
    with pytest.raises(KeyError):
        queries.limit("../texts", "tea")
    assert Limit("begun", 6, Unit.WEEKS).weeks == 6


DUE = date(2026, 3, 31)


@pytest.mark.req("GH-006")
@pytest.mark.parametrize(
    ("met", "today", "excused", "state"),
    [
        (None, date(2026, 3, 16), False, State.ON_TIME),
        (None, date(2026, 3, 17), False, State.AT_RISK),
        (None, date(2026, 3, 31), False, State.AT_RISK),
        (None, date(2026, 4, 1), False, State.OVERDUE),
        (None, date(2026, 4, 1), True, State.EXCUSED),
        (None, date(2026, 3, 31), True, State.AT_RISK),
        (date(2026, 3, 31), date(2026, 5, 1), False, State.MET),
        (date(2026, 3, 31), date(2026, 5, 1), True, State.MET),
        (date(2026, 4, 1), date(2026, 5, 1), False, State.MET_LATE),
        (date(2026, 4, 1), date(2026, 5, 1), True, State.EXCUSED),
    ],
)
def test_a_step_is_late_from_the_day_after_it_was_due(met, today, excused, state):
    assert state_of(DUE, met, today=today, risk=14, excused=excused) == state


@pytest.mark.req("GH-004")
def test_timeliness_is_said_with_and_without_what_was_excused():
    some = Timeliness(in_time=6, late=2, excused=2)

    assert (some.plain, some.without_excused) == (60, 75)
    assert (Timeliness(0, 0, 0).plain, Timeliness(0, 0, 3).without_excused) == (None, None)

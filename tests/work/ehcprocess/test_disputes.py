"""What follows an appeal, an order of the tribunal or an agreement in mediation, and by when."""

from datetime import date, timedelta

import pytest

from guildhall.people.calendars.models import BankHoliday
from guildhall.work.ehcprocess import services
from guildhall.work.ehcprocess.facts import Marker, facts_from, plain
from guildhall.work.ehcprocess.models import Clock, Process
from guildhall.work.ehcprocess.rules import kinds_that_fit

from .scene import a_process, excuse, facts, mark, weeks

pytestmark = [pytest.mark.django_db, pytest.mark.req("SP-327", "GH-001")]

REFUSED = facts(assess=weeks(5), decisions={"assess": "no"})
NO_PLAN = facts(assess=weeks(5), advice=weeks(10), issue=weeks(11), decisions={"issue": "no"})
FINAL = facts(assess=weeks(5), advice=weeks(10), issue=weeks(11), draft=weeks(12), final=weeks(16))


def disputed(process: Process) -> dict[str, tuple[date, date | None]]:
    """Step of mediation and appeal → when it is due, and when it was met."""
    rows = Clock.objects.filter(process=process, pack="england-mediation")
    return {one.step: (one.due_on, one.met_on) for one in rows}


def test_an_order_to_assess_starts_three_clocks_that_are_met_one_by_one():
    process = a_process(told=REFUSED)
    mark(process, "tribunal", "assess", weeks(8))
    mark(process, "order", "assess", weeks(12), "assess")
    assert disputed(process) == {
        "order-assess": (weeks(14), None),
        "order-decide": (weeks(22), None),
        "order-assess-plan": (weeks(26), None),
    }

    mark(process, "assessing", "assess", weeks(13))
    mark(process, "done", "assess", weeks(24))

    assert disputed(process) == {
        "order-assess": (weeks(14), weeks(13)),
        "order-assess-plan": (weeks(26), weeks(24)),
    }


@pytest.mark.parametrize(
    ("told", "stage", "what", "due"),
    [
        (NO_PLAN, "issue", "plan", {"order-draft": 5, "order-plan": 11}),
        (NO_PLAN, "issue", "reconsider", {"order-reconsider": 2}),
        (FINAL, "final", "amend", {"order-amend": 5}),
        (FINAL, "final", "name", {"order-name": 2}),
        (FINAL, "final", "dismissed", {}),
        (FINAL, "final", "", {}),
    ],
)
def test_each_order_has_the_limits_of_its_kind(told, stage, what, due):
    process = a_process(told=told)

    mark(process, "order", stage, weeks(18), what)

    assert disputed(process) == {step: (weeks(18 + many), None) for step, many in due.items()}


def test_what_was_agreed_in_mediation_has_the_limits_of_an_order():
    process = a_process(told=FINAL)
    mark(process, "agreement", "final", weeks(18), "amend")
    assert disputed(process) == {"order-amend": (weeks(23), None)}

    mark(process, "agreement", "final", weeks(19), "other")
    assert disputed(process) == {"agreement": (weeks(21), None)}


def test_the_response_to_an_appeal_leaves_out_bank_holidays():
    process = a_process(told=REFUSED)
    BankHoliday.objects.all().delete()
    mark(process, "tribunal", "assess", date(2026, 3, 18))
    mark(process, "registered", "assess", date(2026, 3, 20))
    assert disputed(process) == {"response": (date(2026, 5, 1), None)}

    BankHoliday.objects.create(day=date(2026, 4, 3), name={"en": "Good Friday", "cy": "Gwener y Groglith"})
    mark(process, "response", "assess", date(2026, 5, 5))

    assert disputed(process) == {"response": (date(2026, 5, 4), date(2026, 5, 5))}


def test_once_the_tribunal_decided_nobody_waits_for_mediation_or_for_the_response():
    process = a_process(told=REFUSED)
    mark(process, "mediation", "assess", weeks(6))
    mark(process, "registered", "assess", weeks(9))
    assert set(disputed(process)) == {"mediation", "response"}

    process = mark(process, "order", "assess", weeks(12), "dismissed")

    assert disputed(process) == {}


def test_an_agreement_ends_the_mediation():
    process = a_process(told=FINAL)
    mark(process, "mediation", "final", weeks(17))

    mark(process, "agreement", "final", weeks(18), "name")

    assert disputed(process)["mediation"] == (weeks(17) + timedelta(days=30), weeks(18))


def test_only_what_can_have_happened_is_offered():
    told = REFUSED
    begins = ["mediation", "certificate", "agreement", "tribunal", "registered", "order"]
    assert kinds_that_fit(told) == begins

    ordered = told.with_marker(Marker(weeks(12), "assess", "order", "assess"))

    assert kinds_that_fit(ordered) == [*begins, "assessing", "decided", "done"]


@pytest.mark.parametrize(
    ("marker", "field"),
    [
        (Marker(weeks(12), "assess", "order", "plan"), "what"),
        (Marker(weeks(12), "assess", "order", "other"), "what"),
        (Marker(weeks(12), "assess", "mediation", "assess"), "what"),
        (Marker(weeks(12), "assess", "done"), "kind"),
        (Marker(weeks(12), "assess", "response"), "kind"),
    ],
)
def test_an_outcome_belongs_to_what_can_have_it_and_its_end_comes_after_it(marker, field):
    process = a_process(told=REFUSED)

    with pytest.raises(services.WrongDates) as refused:
        mark(process, marker.kind, marker.stage, marker.on, marker.what)

    assert list(refused.value.problems) == [field]


def test_an_order_is_not_done_before_it_was_made():
    process = a_process(told=REFUSED)
    mark(process, "order", "assess", weeks(12), "assess")

    with pytest.raises(services.WrongDates) as refused:
        mark(process, "done", "assess", weeks(11))

    assert list(refused.value.problems) == ["on"]


@pytest.mark.req("GH-004")
def test_two_weeks_away_excuse_what_was_ordered_but_not_the_plan_itself():
    process = a_process(told=FINAL)
    mark(process, "order", "final", weeks(17), "amend")

    excuse(process, first_on=weeks(18), last_on=weeks(20) - timedelta(days=1))

    rows = Clock.objects.filter(process=process, excused=True)
    assert list(rows.values_list("step", flat=True)) == ["order-amend"]


def test_markers_kept_before_outcomes_were_known_are_read():
    told = plain(FINAL.with_marker(Marker(weeks(17), "final", "order")))
    del told["markers"][0]["what"]

    assert facts_from(told).markers == (Marker(weeks(17), "final", "order"),)

"""The dates of a process: their order, history and undo, and what is due by them."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.people.calendars.days import Span
from guildhall.records.clocks import queries as clocks
from guildhall.work.ehcprocess import queries, rules, services
from guildhall.work.ehcprocess.facts import Marker, facts_from, plain
from guildhall.work.ehcprocess.models import Change, Clock, Process
from guildhall.work.ehcprocess.services.dates import AlreadyOpen
from tests.people.calendars.years import publish
from tests.people.membership.schools import a_school
from tests.records.some import a_child
from tests.standing import NOON, an_officer

from .scene import RECEIVED, TODAY, a_process, excuse, facts, keep, mark, officer, weeks

pytestmark = pytest.mark.django_db


def clocks_of(process: Process) -> dict[str, Clock]:
    return {one.step: one for one in process.clocks.all()}


@pytest.mark.req("SP-324")
@pytest.mark.req("SP-325")
def test_a_stage_is_reached_when_its_date_is_entered():
    process = a_process()
    assert (process.facts.reached, process.facts.coming) == ("received", "assess")

    keep(process, facts(assess=weeks(5)))
    process.refresh_from_db()
    assert (process.facts.reached, process.facts.coming) == ("assess", "advice")

    every = {stage: weeks(place) for place, stage in enumerate(("assess", "advice", "issue", "draft"), 1)}
    keep(process, facts(**every, final=weeks(20)))
    process.refresh_from_db()
    assert (process.facts.reached, process.facts.coming, process.open) == ("final", "", False)


@pytest.mark.req("GH-002")
def test_the_clocks_of_an_assessment_start_with_the_events_that_the_law_names():
    process = a_process(told=facts(assess=weeks(6), asked=weeks(7), advice=weeks(14)))

    found = clocks_of(process)
    assert {step: (one.due_on, one.met_on) for step, one in found.items()} == {
        "assess": (weeks(6), weeks(6)),
        "advice": (weeks(13), weeks(14)),
        "issue": (weeks(16), None),
        "final": (weeks(20), None),
    }


@pytest.mark.req("GH-002")
def test_a_family_has_15_days_for_comments_and_a_final_plan_before_that_is_told():
    draft = weeks(17)
    told = facts(assess=weeks(6), advice=weeks(12), issue=weeks(16), draft=draft)
    process = a_process(told=told)
    ehc, mediation = queries.packs_of(process)

    comments = next(one for one in rules.running(told, ehc, mediation) if one.step.key == "comments")
    assert (comments.due_on, comments.step.period) == (draft + timedelta(days=14), True)
    assert "comments" not in clocks_of(process)
    early = facts(**{**dict(told.dates), "final": draft + timedelta(days=14)})
    in_time = facts(**{**dict(told.dates), "final": draft + timedelta(days=15)})
    assert rules.rushed(early, ehc) == draft + timedelta(days=14)
    assert rules.rushed(in_time, ehc) is None


@pytest.mark.req("SP-325")
@pytest.mark.parametrize(
    ("told", "field", "why"),
    [
        (facts(assess=RECEIVED - timedelta(days=1)), "assess", "Order"),
        (facts(advice=weeks(2)), "assess", "Missing"),
        (facts(asked=weeks(2)), "assess", "Missing"),
        (facts(assess=TODAY + timedelta(days=1)), "assess", "Future"),
        (facts(received=date(2014, 8, 31)), "received", "Early"),
        (facts(assess=weeks(1), decisions={"assess": ""}), "assess_decision", "Decision"),
        (facts(decisions={"assess": "no"}), "assess", "DecisionDate"),
        (facts(assess=weeks(1), advice=weeks(2), decisions={"assess": "no"}), "advice", "AfterNo"),
        (facts(assess=weeks(4), ended=("withdrawn", weeks(3))), "ended_on", "EndOrder"),
        (facts(ended=("withdrawn", TODAY + timedelta(days=1))), "ended_on", "Future"),
        (facts(ended=("eloped", TODAY)), "ended", "Invalid"),
    ],
)
def test_dates_that_cannot_be_are_refused_beside_their_field(told, field, why):
    process = a_process()

    with pytest.raises(services.WrongDates) as refused:
        keep(process, told)

    assert rules.faults_of(told, today=TODAY)[field] == why
    assert field in refused.value.problems
    assert Change.objects.count() == 1


def test_the_same_days_and_a_decision_on_the_day_of_the_request_are_fine():
    assert rules.faults_of(facts(received=TODAY, assess=TODAY, asked=TODAY), today=TODAY) == {}
    assert facts_from(plain(facts(assess=weeks(1)))) == facts(assess=weeks(1))


@pytest.mark.req("SP-324")
def test_every_save_is_kept_and_the_last_is_taken_back():
    process = a_process()
    keep(process, facts(assess=weeks(5)))
    keep(Process.objects.get(), facts(assess=weeks(6)))

    services.undo_last(process, seen=3, by=an_officer(), now=NOON)
    process.refresh_from_db()
    assert (process.version, process.facts.dates["assess"]) == (4, weeks(5))
    assert clocks_of(process)["assess"].met_on == weeks(5)
    # Again goes further back, not to and fro.
    services.undo_last(process, seen=4, by=an_officer(), now=NOON)
    process.refresh_from_db()
    assert "assess" not in process.facts.dates
    with pytest.raises(services.NothingToUndo):
        services.undo_last(process, seen=5, by=an_officer(), now=NOON)

    assert [one.undoes for one in queries.history_of(process)] == [2, 3, None, None, None]
    verbs = list(Entry.objects.filter(verb__startswith="ehcprocess").values_list("verb", flat=True))
    assert sorted(verbs) == [
        "ehcprocess.changed",
        "ehcprocess.changed",
        "ehcprocess.started",
        "ehcprocess.undone",
        "ehcprocess.undone",
    ]


def test_a_change_after_an_undo_can_be_taken_back_too():
    process = a_process()
    keep(process, facts(assess=weeks(5)))
    services.undo_last(process, seen=2, by=an_officer(), now=NOON)
    keep(Process.objects.get(), facts(assess=weeks(4)))

    services.undo_last(process, seen=4, by=an_officer(), now=NOON)

    process.refresh_from_db()
    assert "assess" not in process.facts.dates


def test_the_history_cannot_be_changed():
    a_process()

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Change.objects.update(version=9)


def test_what_somebody_else_changed_meanwhile_is_not_written_over():
    process = a_process()
    keep(process, facts(assess=weeks(5)))

    with pytest.raises(ChangedMeanwhile):
        keep(process, facts(assess=weeks(4)), seen=1)
    with pytest.raises(ChangedMeanwhile):
        services.undo_last(process, seen=1, by=an_officer(), now=NOON)


def test_saving_what_is_there_already_and_sending_twice_write_nothing():
    process = a_process()
    again = services.start_process(
        process.involvement.child, facts(assess=weeks(1)), key=process.key, by=an_officer(), now=NOON
    )
    keep(process, facts())

    assert again == process
    assert Change.objects.count() == 1


def test_a_second_request_waits_for_the_end_of_the_first():
    child = a_child()
    process = a_process(child)
    with pytest.raises(AlreadyOpen):
        a_process(child)

    keep(process, facts(assess=weeks(5), decisions={"assess": "no"}))
    second = a_process(child, facts(received=weeks(20)))

    assert [one.pk for one in queries.processes_of(officer(), child)] == [second.pk, process.pk]
    with pytest.raises(AlreadyOpen):
        services.undo_last(process, seen=2, by=an_officer(), now=NOON)


@pytest.mark.req("GH-001")
def test_a_process_keeps_the_packs_in_force_when_its_request_was_received():
    process = a_process()

    assert process.packs == {"england-ehc": "2014-09-01", "england-mediation": "2014-09-01"}
    ehc, _ = queries.packs_of(process)
    assert ehc == clocks.version("england-ehc", "2014-09-01")


@pytest.mark.req("GH-002")
def test_no_assessment_or_no_plan_spares_the_steps_that_follow():
    process = a_process(told=facts(assess=weeks(5), decisions={"assess": "no"}))
    assert set(clocks_of(process)) == {"assess"}

    keep(
        process,
        facts(assess=weeks(5), asked=weeks(5), advice=weeks(10), issue=weeks(17), decisions={"issue": "no"}),
    )
    process.refresh_from_db()
    assert set(clocks_of(process)) == {"assess", "advice", "issue"}
    assert clocks_of(process)["issue"].met_on == weeks(17) > clocks_of(process)["issue"].due_on


@pytest.mark.req("GH-007")
def test_a_process_that_was_withdrawn_keeps_only_what_was_met():
    process = a_process(told=facts(assess=weeks(5), ended=("withdrawn", weeks(8))))
    assert set(clocks_of(process)) == {"assess"}

    keep(process, facts(assess=weeks(5), ended=("mistake", weeks(8))))
    process.refresh_from_db()
    assert (clocks_of(process), process.mistaken) == ({}, True)


@pytest.mark.req("SP-327")
def test_mediation_stands_beside_its_decision_and_starts_30_days():
    process = a_process(told=facts(assess=weeks(5), decisions={"assess": "no"}))
    mark(process, "mediation", "assess", weeks(6))
    process.refresh_from_db()
    assert process.facts.markers == (Marker(weeks(6), "assess", "mediation"),)
    assert clocks_of(process)["mediation"].due_on == weeks(6) + timedelta(days=30)

    mark(process, "certificate", "assess", weeks(8))
    process.refresh_from_db()
    assert clocks_of(process)["mediation"].met_on == weeks(8)

    services.remove_marker(process, Marker(weeks(6), "assess", "mediation"), by=an_officer(), now=NOON)
    process.refresh_from_db()
    assert "mediation" not in clocks_of(process)


@pytest.mark.req("SP-327")
@pytest.mark.parametrize(
    ("kind", "stage", "on", "field"),
    [
        ("mediation", "final", weeks(6), "stage"),
        ("mediation", "advice", weeks(6), "stage"),
        ("mediation", "assess", weeks(4), "on"),
        ("mediation", "assess", TODAY + timedelta(days=1), "on"),
        ("duel", "assess", weeks(6), "kind"),
    ],
)
def test_a_marker_belongs_to_a_decision_that_was_taken(kind, stage, on, field):
    process = a_process(told=facts(assess=weeks(5), decisions={"assess": "no"}))

    with pytest.raises(services.WrongDates) as refused:
        mark(process, kind, stage, on)

    assert list(refused.value.problems) == [field]


@pytest.mark.req("GH-007")
@pytest.mark.parametrize(
    ("decided", "certificate", "until"),
    [
        (date(2025, 12, 31), None, date(2026, 2, 28)),
        (date(2025, 12, 31), date(2026, 1, 10), date(2026, 2, 28)),
        (date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)),
        (date(2025, 12, 31), date(2026, 2, 20), date(2026, 3, 20)),
    ],
)
def test_an_appeal_has_two_months_or_a_month_from_the_certificate_whichever_is_later(
    decided, certificate, until
):
    told = facts(assess=decided, decisions={"assess": "no"})
    if certificate:
        told = told.with_marker(Marker(certificate, "assess", "certificate"))

    found = rules.appeal_of(told, clocks.in_force("england-mediation"))

    assert found and (found.stage, found.until, found.made_on) == ("assess", until, None)


@pytest.mark.req("GH-007")
def test_without_a_decision_there_is_nothing_to_appeal_about():
    mediation = clocks.in_force("england-mediation")

    assert rules.appeal_of(facts(assess=weeks(5)), mediation) is None
    assert rules.appeal_of(facts(assess=weeks(5), ended=("moved", weeks(9))), mediation) is None


@pytest.mark.req("GH-004")
def test_an_exception_moves_no_day_and_excuses_only_the_steps_it_is_meant_for():
    process = a_process(told=facts(assess=weeks(7), asked=weeks(7), advice=weeks(12), issue=weeks(17)))
    before = {step: one.due_on for step, one in clocks_of(process).items()}

    recorded = excuse(process, last_on=date(2026, 1, 18))

    after = clocks_of(process)
    assert {step: one.due_on for step, one in after.items()} == before
    assert {step for step, one in after.items() if one.excused} == {"assess", "issue", "final"}
    assert (recorded.decided_by, recorded.evidence, recorded.recorded_by) == (
        "SEND panel",
        "Letter of 3 January",
        an_officer(),
    )
    services.withdraw_excuse(recorded, by=an_officer(), now=NOON)
    services.withdraw_excuse(recorded, by=an_officer(), now=NOON)
    assert not any(one.excused for one in clocks_of(process).values())
    assert Entry.objects.filter(verb="ehcprocess.excuse_withdrawn").count() == 1


@pytest.mark.req("GH-004")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "holiday"}, "kind"),
        ({"last_on": date(2025, 12, 19)}, "last_on"),
        ({"last_on": date(2026, 1, 15)}, "last_on"),  # 27 days
        ({"last_on": date(2027, 1, 15)}, "last_on"),
        ({"first_on": date(2026, 4, 21), "last_on": date(2026, 5, 30)}, "first_on"),  # after the 20 weeks
        ({"first_on": None}, "first_on"),
        ({"evidence": ""}, "evidence"),
        ({"decided_by": ""}, "decided_by"),
        ({"decided_on": TODAY + timedelta(days=1)}, "decided_on"),
        ({"kind": "school-closed"}, "school"),
    ],
)
def test_an_exception_needs_a_reason_of_the_law_its_days_evidence_and_who_decided(changes, field):
    with pytest.raises(services.WrongExcuse) as refused:
        excuse(a_process(), **changes)

    assert list(refused.value.problems) == [field]


@pytest.mark.req("GH-004")
def test_the_closure_of_a_school_is_worked_out_from_its_calendar():
    publish(2025, 2026)
    school = a_school()
    process = a_process(told=facts(received=date(2026, 5, 20)))

    recorded = excuse(process, kind="school-closed", school=school, first_on=None, last_on=None)

    assert Span(recorded.first_on, recorded.last_on) == Span(date(2026, 7, 22), date(2026, 9, 2))
    assert not clocks_of(process)["assess"].excused  # It was due on 1 July.
    assert clocks_of(process)["final"].excused
    winter = a_process(told=facts())
    with pytest.raises(services.WrongExcuse) as refused:
        excuse(winter, kind="school-closed", school=school, first_on=None, last_on=None)
    assert list(refused.value.problems) == ["school"]

"""Annual reviews: flagged in time, recorded by several, sent and sealed, decided, and begun again."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from guildhall.records.chronology.models import Entry
from guildhall.records.linkage.models import Mention
from guildhall.work.annualreviews import queries, rules, services
from guildhall.work.annualreviews.content import Content
from guildhall.work.annualreviews.models import Plan, Report, Review
from guildhall.work.annualreviews.services import (
    Dates,
    GoneOn,
    NotTheirs,
    SavedMeanwhile,
    Unfinished,
    WrongPupil,
)

from ...people.membership.schools import a_place, a_supervisor, another_school, holder
from ...people.responsibilities.scene import letters_to
from ...standing import NOON, an_officer
from .scene import ADVICE, VIEWS, a_plan, a_senco, acting, decided, planned, recorded, sent

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def status_of(plan, place):
    rows = queries.listed(queries.plans_at(holder(place), place.school_id), today=TODAY)
    [row] = rows.filter(pk=plan.pk)
    assert row.status == rules.status(plan, queries.open_review(plan), today=TODAY)
    return row.status


def letters_about(email):
    return [one for one in letters_to(email) if "annual review" in str(one).lower()]


@pytest.mark.req("SC-087")
@pytest.mark.parametrize(("due_in", "status"), [(-1, "overdue"), (0, "due"), (56, "due"), (57, "later")])
def test_a_review_is_flagged_eight_weeks_before_it_is_due(due_in, status):
    nia = a_senco()
    assert status_of(a_plan(nia, due_in=due_in), nia) == status


def test_the_next_review_is_within_twelve_months_of_the_plan_or_the_last_review():
    assert rules.limit(date(2024, 2, 29), None) == date(2025, 2, 28)
    assert rules.limit(date(2024, 3, 1), date(2025, 1, 10)) == date(2026, 1, 10)
    plan = a_plan(a_senco())
    with pytest.raises(WrongPupil) as refused:
        services.change_dates(
            plan, Dates(plan.plan_on, None, plan.due_on + timedelta(days=1)), **acting(a_senco())
        )
    assert list(refused.value.problems) == ["due_on"]


@pytest.mark.req("SC-087")
def test_the_school_is_emailed_once_of_reviews_that_became_due_and_the_letter_names_nobody():
    sian, nia = a_supervisor(), a_senco()
    a_plan(nia), a_plan(nia, "Mali Evans", 2, due_in=90)
    assert services.remind_of_due(today=TODAY, now=NOON) == 1
    assert services.remind_of_due(today=TODAY, now=NOON) == 0
    [letter] = letters_about("nia@ysgol.example.org")
    assert "Osian" not in str(letter) and "/schools/annual-reviews/" in str(letter)
    assert letters_about(sian.user.email) == []


def test_only_who_answers_for_special_needs_or_supervises_keeps_the_reviews():
    sian, nia = a_supervisor(), a_senco()
    other, elsewhere = (
        a_place("elen@ysgol.example.org"),
        a_supervisor("ffion@other.example.org", another_school()),
    )
    a_plan(nia)
    assert queries.plans_at(holder(sian), sian.school_id).count() == 1
    for stranger in (other, elsewhere):
        assert queries.plans_at(holder(stranger), sian.school_id).count() == 0
        with pytest.raises(NotTheirs):
            planned(Plan.objects.get(), stranger)


def test_the_pupil_is_a_mention_that_may_be_settled_later():
    plan = a_plan(a_senco())
    assert plan.mention.identity["upn"] == plan.upn
    assert Mention.objects.get().source_kind == "annual-review"


@pytest.mark.parametrize("wrong", ["A123", "B000000000001"])
def test_a_upn_that_cannot_be_is_refused(wrong):
    nia = a_senco()
    pupil = services.Pupil("Osian", "Parry", date(2015, 5, 4), wrong)
    with pytest.raises(WrongPupil) as refused:
        services.add_plan(nia.school, pupil, Dates(date(2026, 1, 1)), key=uuid4(), **acting(nia))
    assert list(refused.value.problems) == ["upn"]


@pytest.mark.req("SC-087")
def test_two_colleagues_in_one_part_lose_nothing_and_in_two_parts_do_not_meet():
    sian, nia = a_supervisor(), a_senco()
    review = planned(a_plan(nia), nia)
    services.save_part(review, "views", VIEWS, seen=0, **acting(nia))
    services.save_part(review, "advice", ADVICE, seen=0, **acting(sian))
    with pytest.raises(SavedMeanwhile) as crossed:
        services.save_part(review, "views", VIEWS | {"child": "Other"}, seen=0, **acting(sian))
    assert crossed.value.review.views == VIEWS
    services.save_part(review, "views", VIEWS, seen=0, **acting(sian))
    services.save_part(review, "views", VIEWS | {"child": "Both"}, seen=1, **acting(sian))
    review.refresh_from_db()
    assert (review.views["child"], review.advice) == ("Both", ADVICE)


def test_nothing_is_sent_before_every_part_says_enough():
    nia = a_senco()
    review = planned(a_plan(nia), nia)
    with pytest.raises(Unfinished) as refused:
        services.send_report(review, seen={}, **acting(nia))
    assert set(refused.value.problems) == {"people", "views", "outcomes", "advice"}


@pytest.mark.req("SC-087")
def test_what_was_sent_is_sealed_and_a_correction_is_a_new_version():
    nia = a_senco()
    first = sent(a_plan(nia), nia)
    again = services.send_report(first.review, seen=first.review.saves, **acting(nia))
    assert again == first
    review = services.begin_correction(first.review, **acting(nia))
    review = services.save_part(review, "views", VIEWS | {"child": "I like music."}, seen=1, **acting(nia))
    with pytest.raises(GoneOn):
        services.send_report(review, seen=review.saves, **acting(nia))
    second = services.send_report(review, seen=review.saves, reason="He said music.", **acting(nia))
    assert (first.number, second.number) == (1, 2)
    assert Report.objects.get(pk=first.pk).content["views"]["child"] == "I like art."
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=first.pk).update(reason="changed")


def test_a_correction_that_is_given_up_leaves_what_was_sent():
    nia = a_senco()
    report = sent(a_plan(nia), nia)
    review = services.begin_correction(report.review, **acting(nia))
    services.save_part(review, "views", VIEWS | {"child": "Wrong"}, seen=1, **acting(nia))
    review = services.drop_correction(review, **acting(nia))
    assert Content.of({"views": review.views}).views["child"] == "I like art." and not review.correcting


def test_sending_enters_one_event_that_is_read_once_the_child_is_known():
    nia = a_senco()
    report = sent(a_plan(nia), nia)
    [entry] = Entry.objects.filter(kind="annual-review")
    assert entry.mention == report.review.plan.mention and entry.shown_from == NOON
    assert entry.happened_at.date() == report.review.meeting_on


@pytest.mark.req("SC-087")
def test_the_decision_begins_the_next_cycle_with_the_outcomes_that_were_not_met():
    nia = a_senco()
    plan = a_plan(nia)
    review = decided(sent(plan, nia))
    plan.refresh_from_db()
    assert (plan.last_on, plan.due_on) == (review.meeting_on, rules.a_year_after(review.meeting_on))
    assert status_of(plan, nia) == "later"
    following = planned(plan, nia, in_days=100)
    assert [one["hoped"] for one in following.outcomes] == ["Reads a page alone"]
    [letter] = letters_about("nia@ysgol.example.org")
    assert "Osian" not in str(letter)


def test_a_plan_that_ceases_leaves_the_list_until_the_decision_is_taken_back():
    nia = a_senco()
    plan = a_plan(nia)
    due = plan.due_on
    review = decided(sent(plan, nia), "cease")
    plan.refresh_from_db()
    assert plan.ended_why == "ceased"
    with pytest.raises(GoneOn):
        services.put_back_plan(plan, **acting(nia))
    review = services.take_back_decision(review, **acting(an_officer()))
    plan.refresh_from_db()
    assert (review.state, plan.ended_at, plan.due_on, plan.last_on) == ("sent", None, due, None)


def test_nobody_decides_about_a_version_they_did_not_read():
    nia = a_senco()
    report = sent(a_plan(nia), nia)
    review = services.begin_correction(report.review, **acting(nia))
    services.send_report(review, seen=review.saves, reason="A slip.", **acting(nia))
    with pytest.raises(GoneOn):
        decided(report)
    with pytest.raises(NotTheirs):
        services.decide_review(report.review, decision="keep", decided_on=TODAY, version=2, **acting(nia))


def test_two_weeks_for_the_report_and_four_for_the_decision_run_from_the_meeting():
    nia = a_senco()
    review = recorded(planned(a_plan(nia), nia), nia)
    clock = rules.clock(review, today=TODAY)
    assert (clock.name, clock.left) == ("report", 11)
    services.send_report(review, seen=review.saves, **acting(nia))
    clock = rules.clock(Review.objects.get(), today=TODAY)
    assert (clock.name, clock.left) == ("decision", 25)


def test_a_list_takes_one_statement_however_long_it_is(django_assert_num_queries):
    nia = a_senco()
    for number, name in enumerate(("Osian Parry", "Mali Evans", "Siôn Rees"), start=1):
        a_plan(nia, name, number)
    plans = queries.plans_at(holder(nia), nia.school_id)
    rows = queries.ordered(queries.narrowed(queries.listed(plans, today=TODAY), words="s"), "status")
    with django_assert_num_queries(1):
        assert [one.school.name for one in rows] == ["Carreg Primary School"] * 3
    assert queries.counts(queries.listed(plans, today=TODAY))["due"] == 3


def test_a_pupil_who_grew_up_long_ago_is_forgotten_with_everything():
    nia = a_senco()
    report = sent(a_plan(nia), nia)
    decided(report, "cease")
    assert services.forget_old(today=date(2046, 1, 1), now=NOON) == 0
    assert services.forget_old(today=date(2046, 6, 1), now=NOON) == 1
    left = (Plan, Review, Report, Mention, Entry)
    assert [model.objects.count() for model in left] == [0] * 5

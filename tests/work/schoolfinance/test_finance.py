"""Schools' income and expenditure: statements from a file, and returns."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.loading.spreadsheets import Unreadable
from guildhall.mail.messages.models import Message
from guildhall.people.membership.queries import holder_for
from guildhall.work.schoolfinance import queries, rules, services, staging
from guildhall.work.schoolfinance.models import Line, Return, Statement, Upload

from ...people.membership.schools import a_place, a_supervisor, another_school, holder
from .scene import (
    APRIL,
    BOOKS,
    INCOME,
    MAY,
    NOON,
    a_bursar,
    acting,
    an_officer,
    ask,
    both,
    loaded,
    officer_acting,
    publish,
    saved,
    sent,
)

pytestmark = pytest.mark.django_db


def test_pounds_are_read_as_people_and_formulas_leave_them():
    read = {"1,234.50": "1234.50", "(12.00)": "-12.00", "£5": "5.00", "12.299999999999999": "12.30"}
    assert {typed: str(rules.pounds_of(typed)) for typed in read} == read
    assert [rules.pounds_of(typed) for typed in ("", "12.345", "1e5", "ten", "NaN")] == [None] * 5


@pytest.mark.req("SC-091")
def test_a_row_that_is_wrong_says_why_and_the_others_are_published():
    bursar = a_bursar(a_supervisor())
    wrong = (
        "123456,Income,1,x,1,1,1",
        "990001,Profit,2,x,1,1,1",
        "990001,Income,,x,1,1,1",
        "990001,Income,3,x,ten,1,1",
        "990001,Expenditure,4100,Books again,1,1,1",
        "990001,Income,4,x,999999999,1,",
    )
    upload = loaded(INCOME, BOOKS, *wrong)
    rows = staging.staged(upload)
    assert [len(one.problems) for one in rows] == [0, 0, 1, 1, 1, 1, 1, 1]
    assert "“123456” is the number of no open school" in rows[2].problems[0]
    assert "in row 3 already" in rows[6].problems[0]
    [school] = staging.by_school(upload, rows)
    assert (school.state, school.income.actual, school.expenditure.left) == (
        "new",
        Decimal("25000.00"),
        Decimal("-100.50"),
    )
    services.publish(upload, **officer_acting(an_officer()))
    made = Statement.objects.get()
    assert [one.code for one in queries.lines_of(made)] == ["1001", "4100"]
    upload.refresh_from_db()
    assert (upload.rows, upload.schools) == ([], 1)
    told = Message.objects.filter(to=bursar.user)
    assert [one.subject for one in told] == ["Your school’s account statement: May 2026"]
    services.publish(upload, **officer_acting(an_officer()))
    assert (Statement.objects.count(), told.count()) == (1, 1)


def test_a_school_is_known_by_its_dfe_number_or_its_urn():
    supervisor = a_supervisor()
    school = supervisor.school
    type(school).objects.filter(pk=school.pk).update(la_code="990", number="2001")
    lines = [f"{one},Income,{code},x,1,1," for code, one in enumerate(("990/2001", "9902001", "990001"), 1)]
    assert [one.school for one in staging.staged(loaded(*lines))] == [school] * 3
    other = staging.staged(loaded("991/2001,Income,1,x,1,1,"))
    assert [one.school for one in other] == [None]


def test_a_file_is_refused_that_has_no_month_or_is_no_spreadsheet_and_one_waits_for_each_officer():
    a_supervisor()
    how = officer_acting(an_officer())
    with pytest.raises(Refusals, match="Choose the month"):
        services.read_file(date(2030, 1, 1), "x.csv", b"x", **how)
    with pytest.raises(Unreadable):
        services.read_file(MAY, "x.pdf", b"%PDF", **how)
    loaded(INCOME)
    loaded(BOOKS)
    assert Upload.objects.count() == 1
    services.discard_upload(Upload.objects.get(), **how)
    assert not Upload.objects.exists()


@pytest.mark.req("SC-091")
def test_a_correction_is_a_new_version_and_a_withdrawal_is_undone():
    bursar = a_bursar(a_supervisor())
    first = publish()
    with pytest.raises(Refusal, match="nothing to publish"):
        publish()
    second = publish(INCOME, BOOKS.replace("600.50", "700.00"))
    assert (second.version, second.current) == (2, True)
    seen = holder(bursar)
    assert [one.version for one in queries.versions_at(seen, bursar.school_id)] == [2, 1]
    assert [one.spent for one in queries.statements_of(seen, bursar.school_id)] == [Decimal("700.00")]
    how = officer_acting(an_officer())
    with pytest.raises(Refusal, match="has replaced"):
        services.withdraw_statement(first, "Wrong", **how)
    with pytest.raises(Refusals, match="Say why"):
        services.withdraw_statement(second, " ", **how)
    services.withdraw_statement(second, "Of another school", **how)
    assert not queries.versions_at(seen, bursar.school_id)
    services.put_back_statement(second, **how)
    assert len(queries.versions_at(seen, bursar.school_id)) == 2
    verbs = set(Entry.objects.filter(verb__startswith="schoolfinance.").values_list("verb", flat=True))
    assert {"schoolfinance.published", "schoolfinance.statement_withdrawn"} <= verbs
    assert "schoolfinance.statement_put_back" in verbs


@pytest.mark.req("SC-091")
def test_nobody_reads_or_keeps_what_is_not_theirs():
    sian = a_supervisor()
    bursar, elen = a_bursar(sian), a_place("elen@ysgol.example.org")
    ffion = a_supervisor("ffion@other.example.org", another_school())
    elsewhere = a_bursar(ffion, "tom@other.example.org")
    statement = publish()
    one = ask(sian.school, ffion.school).returns.get(school=sian.school)
    for place in (elen, sian, elsewhere):
        assert not queries.versions_at(holder(place), sian.school_id)
        assert not queries.returns_of(holder(place), sian.school_id)
        with pytest.raises(services.NotYours):
            services.send_return(one, **acting(place))
    with pytest.raises(services.NotHandling):
        services.withdraw_statement(statement, "x", **acting(bursar))
    with pytest.raises(services.NotHandling):
        services.read_file(MAY, "x.csv", b"x", **acting(bursar))
    assert not queries.all_statements(holder(bursar))
    assert not queries.all_asked(holder(bursar), today=NOON.date())


@pytest.mark.req("SC-091")
def test_a_return_is_saved_checked_sealed_and_corrected_in_a_new_version():
    sian = a_supervisor()
    bursar = a_bursar(sian)
    asked = ask(sian.school)
    assert ask(sian.school).pk == asked.pk
    one = asked.returns.get()
    saved(bursar, one, line1="soon")
    with pytest.raises(Refusals) as refused:
        services.send_return(one, **acting(bursar))
    assert list(refused.value.problems) == ["line1", "line2"]
    version = sent(bursar, one)
    assert services.send_return(one, **acting(bursar)) == version
    with pytest.raises(services.NotNow):
        saved(bursar, one, line1="5")
    how = officer_acting(an_officer())
    services.ask_for_correction(version, "Staff is too low", **how)
    with pytest.raises(services.NotNow):
        services.ask_for_correction(version, "Again", **how)
    second = sent(bursar, one, line1="1000", line2="300")
    assert (second.number, version.answers["line2"], second.answers["line2"]) == (2, "£250.50", "300")
    assert second.reference != version.reference
    sums = rules.added_up(rules.questions_of(asked.lines), version.answers)
    assert list(sums.values()) == [Decimal("1000.00"), Decimal("250.50"), Decimal("749.50")]
    subjects = set(Message.objects.filter(to=bursar.user).values_list("subject", flat=True))
    assert "Please correct a financial return: Budget plan" in subjects
    assert f"Your financial return was sent: {second.reference}" in subjects


def test_what_somebody_else_saved_meanwhile_is_not_lost():
    sian = a_supervisor()
    bursar = a_bursar(sian)
    one = ask(sian.school).returns.get()
    saved(bursar, one, line1="1")
    with pytest.raises(services.Overtaken):
        services.save_answers(one, {"line1": "2"}, seen="", **acting(bursar))
    one.refresh_from_db()
    assert one.answers["line1"] == "1"


def test_what_is_asked_is_judged():
    with pytest.raises(Refusals) as refused:
        told = services.Told(both(""), both(""), date(2020, 1, 1), ())
        services.ask_return(told, [], **officer_acting(an_officer()))
    assert list(refused.value.problems) == ["title_en", "title_cy", "due_on", "label-1_en", "schools"]


@pytest.mark.req("GH-041")
def test_what_is_asked_is_said_in_both_languages_or_not_at_all():
    told = services.Told(
        {"en": "Plan", "cy": ""},
        {"en": "", "cy": "Darllenwch"},
        date(2026, 6, 20),
        ((both("Grants"), "income", True), ({"en": "Staff", "cy": ""}, "expenditure", True)),
    )
    with pytest.raises(Refusals) as refused:
        services.ask_return(told, [a_supervisor().school_id], **officer_acting(an_officer()))
    assert list(refused.value.problems) == ["title_cy", "guidance_en", "label-2_cy"]


@pytest.mark.req("GH-041")
def test_a_message_names_a_return_in_the_language_of_its_reader():
    sian = a_supervisor()
    bursar = a_bursar(sian)
    bursar.user.language = "cy"
    bursar.user.save()
    version = sent(bursar, ask(sian.school).returns.get())
    bodies = Message.objects.filter(to=bursar.user).values_list("subject", "body")
    assert all("Cynllun cyllideb" in f"{subject} {body}" for subject, body in bodies)
    assert version.reference in str(list(bodies))


def test_schools_are_reminded_once_a_week_before_and_once_when_it_is_late():
    sian = a_supervisor()
    bursar = a_bursar(sian)
    asked = ask(sian.school, due_on=date(2026, 6, 6))
    assert (services.remind_schools(now=NOON), services.remind_schools(now=NOON)) == (1, 0)
    later = NOON + timedelta(days=6)
    assert (services.remind_schools(now=later), services.chase_schools(now=later)) == (0, 1)
    assert services.chase_schools(now=later) == 0
    one = asked.returns.get()
    assert queries.state_of(one, today=later.date()) == "late"
    sent(bursar, one)
    assert services.chase_schools(now=later + timedelta(days=90)) == 0
    assert Message.objects.filter(to=bursar.user).count() == 4


def test_what_is_long_over_is_forgotten():
    a_supervisor()
    publish(month=APRIL)
    loaded()
    assert services.forget_old(now=NOON + timedelta(days=8)) == 0
    assert not Upload.objects.exists()
    assert services.forget_old(now=NOON + rules.KEPT + timedelta(days=400)) == 1
    assert not Line.objects.exists()


def test_lists_ask_the_same_number_of_statements_however_long(django_assert_max_num_queries):
    sian = a_supervisor()
    schools = [sian.school, another_school()]
    publish(INCOME, "990007,Income,1,x,1,1,")
    asked = ask(*schools)
    officer = holder_for(an_officer(), verified=True)
    with django_assert_max_num_queries(3):
        assert len(queries.months(officer)) == 1
    with django_assert_max_num_queries(2):
        assert len(list(queries.returns_to(officer, asked))) == 2
    assert Return.objects.count() == 2

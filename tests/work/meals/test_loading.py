"""Filling the lists from a spreadsheet and from approved applications."""

from datetime import date, timedelta

import pytest

from guildhall.foundation.loading.services import NothingToApply
from guildhall.foundation.loading.spreadsheets import Unreadable
from guildhall.people.membership.queries import holder_for
from guildhall.records.children.models import Child
from guildhall.work.cases.models import Case
from guildhall.work.intake import services as intake
from guildhall.work.meals import applications, services, staging
from guildhall.work.meals.models import Amendment, Loading, Pupil
from guildhall.work.privacy.services import erasing

from ...definitions import a_draft, group, question, words
from ...people.membership.schools import a_school, a_supervisor, another_school
from ...standing import NOON, an_officer
from .scene import (
    a_cook,
    accept,
    an_officer_of_meals,
    apply,
    ask,
    authorise,
    details,
    line,
    listed,
    stage,
    upn,
)

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def states(loading):
    return [one.state for one in staging.staged(loading, today=TODAY)]


def test_rows_say_what_they_would_do_and_only_those_that_are_right_are_applied():
    another_school()
    same, elsewhere = listed(), listed("Owain Rees", 2, another_school())
    loading = stage(
        line(1, "Catrin Hughes"),
        line(1, "Catrin Hughes", year="5"),
        line(2, "Owain Rees"),
        line(3, "Mali Evans", year="Reception"),
        line(4, "Twm Jones", year="Year 99", kind="Because"),
        line(5, "Nel Price", urn="999999"),
    )
    assert states(loading) == ["same", "wrong", "moved", "new", "wrong", "wrong"]
    rows = staging.staged(loading, today=TODAY)
    assert ["earlier row" in rows[1].problems[0], len(rows[4].problems), len(rows[5].problems)] == [
        True,
        2,
        1,
    ]

    done = apply(loading)
    assert (done.added, done.changed, done.rows) == (2, 0, [])
    here = Pupil.objects.filter(school=a_school(), removed_at=None).order_by("upn")
    assert {one.name for one in here} == {"Catrin Hughes", "Owain Rees", "Mali Evans"}
    elsewhere.refresh_from_db()
    assert elsewhere.removed_at
    assert apply(done).added == 2
    assert here.count() == 3
    assert states(stage(line(1, "Catrin Hughes", year="5"))) == ["changed"]
    apply(Loading.objects.get(applied_at=None))
    same.refresh_from_db()
    assert same.year_group == "5"


def test_a_file_that_is_no_list_and_somebody_of_another_team_are_refused():
    officer = an_officer()
    with pytest.raises(services.NotYours):
        stage(line(1, "Catrin Hughes"), by=officer)
    mine = an_officer_of_meals()
    how = {"holder": holder_for(mine, verified=True), "by": mine, "now": NOON}
    with pytest.raises(Unreadable, match="Date of birth"):
        services.stage_spreadsheet("x.csv", b"URN,First name\n1,2\n", **how)
    with pytest.raises(NothingToApply):
        apply(stage(line(1, "Catrin Hughes", urn="1")))


def an_approved_application():
    school = a_school()
    plain = {
        "code": "FSM",
        "title": words("An application"),
        "portal": "citizen",
        "audience": "parent",
        "style": "steps",
        "destination": "free-school-meals",
        "groups": [
            group(
                "child",
                2,
                question("CHILD_FORENAME", identity="forename"),
                question("CHILD_SURNAME", identity="surname"),
                question("CHILD_BORN_ON", "date", identity="born_on"),
                question("CHILD_SCHOOL", "establishment", mandatory=False),
            )
        ],
    }
    told = {
        "CHILD_FORENAME": "Lowri",
        "CHILD_SURNAME": "Morgan",
        "CHILD_BORN_ON": "2018-03-27",
        "CHILD_SCHOOL": {"name": school.name, "urn": school.urn},
    }
    draft = a_draft(form=plain, answers=told)
    sent = intake.submit(draft.pk, sender=draft.owner, key=draft.key, declarations={"first"}, now=NOON)
    Case.objects.filter(pk=sent.case.pk).update(status=Case.Status.APPROVED, decided_at=NOON)
    return sent


def test_the_child_of_an_approved_application_is_put_on_the_list_once():
    mine = an_officer_of_meals()
    how = {"holder": holder_for(mine, verified=True), "by": mine, "now": NOON}
    with pytest.raises(NothingToApply):
        services.stage_applications(**how)
    sent = an_approved_application()
    apply(services.stage_applications(**how))
    lowri = Pupil.objects.get(reference=sent.reference)
    assert (lowri.name, lowri.year_group, lowri.school) == ("Lowri Morgan", "3", a_school())
    assert lowri.source == Pupil.Source.APPLICATION
    with pytest.raises(NothingToApply):
        services.stage_applications(**how)


def test_year_groups_begin_on_the_first_of_september():
    assert applications.year_at(date(2018, 8, 31), date(2023, 9, 1)) == "1"
    assert applications.year_at(date(2018, 9, 1), date(2023, 9, 1)) == "R"
    assert applications.year_at(date(2018, 9, 1), date(2024, 8, 31)) == "R"


def test_a_record_goes_with_its_places_on_lists_and_with_what_was_asked_of_them():
    child = Child.objects.create(
        forename="Catrin", surname="Hughes", upn=upn(1), added_at=NOON, updated_at=NOON
    )
    sian = a_supervisor()
    elen, pupil = a_cook(sian), listed()
    assert pupil.child == child
    accept(authorise(ask(elen, "remove", pupil), sian))
    ask(elen, "add", told=details())
    erasing.erase("records", child, by=None, run=None, now=NOON)
    assert not Pupil.objects.exists()
    assert [one.kind for one in Amendment.objects.all()] == ["add"]


def test_rows_left_for_a_week_and_pupils_gone_for_years_without_a_record_are_forgotten():
    sian = a_supervisor()
    elen, pupil, stays = a_cook(sian), listed(), listed("Mali Evans", 2)
    accept(authorise(ask(elen, "remove", pupil), sian))
    stage(line(3, "Nel Price"))
    assert services.forget_gone(now=NOON + timedelta(days=8)) == 0
    assert not Loading.objects.filter(applied_at=None).exists()
    assert services.forget_gone(now=NOON + timedelta(days=365 * 6 + 1)) == 1
    assert list(Pupil.objects.all()) == [stays]
    assert not Amendment.objects.exists()

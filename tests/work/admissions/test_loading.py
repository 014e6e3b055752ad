"""Loading applications: looked at line by line, applied once, never deleting anybody."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.loading.services import NothingToApply
from guildhall.work.admissions import queries, services, staging
from guildhall.work.admissions.models import Application, Capacity, Loading, Round
from guildhall.work.admissions.services import RoundTold

from ...people.membership.schools import a_school, a_supervisor
from ...people.membership.schools import holder as seen
from ...standing import NOON, an_officer
from .scene import a_round, an_admissions_lead, how, line, load, stage

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def states(loading):
    return [one.state for one in staging.staged(loading, today=TODAY)]


def test_rows_are_applied_only_when_somebody_says_so_and_wrong_ones_never():
    a_school()
    rows = [
        line(1, "Catrin Hughes"),
        line(2, "Mali Evans", "Nonsense"),
        line(3, "Nia Puw", "Waiting list", waiting=2),
        line(4, "Twm Rees", "Offered", waiting=2),
        line(5, "Non Lewis", urn="999999"),
        line(6, "Huw Jones", preference=0, distance="far"),
        line(1, "Catrin Hughes"),
    ]
    loading = stage(*rows)
    assert states(loading) == ["new", "wrong", "new", "wrong", "wrong", "wrong", "wrong"]
    assert Application.objects.count() == 0
    done = services.apply_loading(loading, **how())
    assert (done.added, done.changed, done.rows) == (2, 0, [])
    assert services.apply_loading(loading, **how()).added == 2
    assert Application.objects.count() == 2

    again = stage(line(1, "Catrin Hughes"), line(3, "Nia Puw", "Accepted"))
    assert states(again) == ["same", "changed"]
    assert services.apply_loading(again, **how()).changed == 1
    nia = Application.objects.get(reference="APP-3")
    assert (nia.status, nia.waiting) == ("accepted", None)
    load(line(9, "Only One"))
    assert Application.objects.count() == 3  # nobody is removed for not being in a file
    with pytest.raises(NothingToApply):
        load(line(9, "Only One"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=nia.pk).update(waiting=4)


def test_applying_many_rows_takes_no_more_statements(django_assert_max_num_queries):
    a_school()
    loading, acting = stage(*(line(number, f"Pupil Number{number}") for number in range(120))), how()
    with django_assert_max_num_queries(30):
        services.apply_loading(loading, **acting)
    assert Application.objects.count() == 120


def test_a_school_sees_offers_only_from_their_day_on_and_nobody_else_sees_its_list():
    elen = an_admissions_lead(a_supervisor())
    found = a_round(offers_on=date(2026, 6, 2))
    load(line(1, "Catrin Hughes", "Offered"), line(2, "Nia Puw", "Waiting list", waiting=1), found=found)

    def told(holder, today):
        rows = queries.applications_of(holder, found, elen.school_id, today=today)
        return sorted(rows.values_list("shown", "shown_waiting"))

    before = told(seen(elen), TODAY)
    assert before == [("applied", None), ("applied", None)]
    assert told(seen(elen), TODAY + timedelta(days=1)) == [("offered", None), ("waiting", 1)]
    assert told(how()["holder"], TODAY) == [("offered", None), ("waiting", 1)]
    assert told(seen(a_supervisor()), TODAY) == []


def test_only_the_admissions_team_opens_rounds_and_sets_numbers():
    found, school = a_round(), a_school()
    assert services.set_numbers(found, {school.pk: 30}, **how()) == 1
    assert services.set_numbers(found, {school.pk: 30}, **how()) == 0
    with pytest.raises(Refusals):
        services.set_numbers(found, {school.pk: -1}, **how())
    assert services.set_numbers(found, {school.pk: None}, **how()) == 1
    assert not Capacity.objects.exists()
    with pytest.raises(services.KnownRound):
        services.open_round(RoundTold("Reception 2026", 2026), **how())
    with pytest.raises(Refusals):
        services.change_round(found, RoundTold("", 1066), **how())
    for act in (
        lambda acting: services.open_round(RoundTold("Year 7", 2026), **acting),
        lambda acting: services.set_numbers(found, {school.pk: 1}, **acting),
        lambda acting: services.stage_spreadsheet(found, "x.csv", b"", **acting),
    ):
        with pytest.raises(services.NotYours):
            act(how(an_officer()))


def test_what_is_long_over_is_forgotten():
    a_school()
    load(line(1, "Catrin Hughes"))
    stage(line(2, "Mali Evans"))
    assert services.forget_old(now=NOON + timedelta(days=8)) == 0
    assert not Loading.objects.filter(applied_at=None).exists()
    assert services.forget_old(now=NOON.replace(year=2029, month=8)) == 0
    assert services.forget_old(now=NOON.replace(year=2029, month=9)) == 1
    assert not Round.objects.exists()
    assert not Application.objects.exists()

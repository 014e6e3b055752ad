"""Two supervisors at most, and never none."""

import pytest
from django.db import IntegrityError, transaction

from guildhall.foundation.authority import services as authority
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.school_queries import supervisors_of
from guildhall.people.membership.services import staff

from ...standing import NOON, an_administrator
from .schools import (
    a_place,
    a_school,
    a_school_administrator,
    a_supervisor,
    another_school,
    holder,
    the_council,
)
from .test_school_people import as_is, change


@pytest.mark.django_db
@pytest.mark.req("SC-024", "SY-003")
def test_a_third_supervisor_is_refused_until_the_council_changes_the_limit():
    a_supervisor(), a_supervisor("gwen@ysgol.example.org")
    third = a_place("mair@ysgol.example.org")
    appointing = {"holder": the_council(), "by": an_administrator(), "now": NOON}
    with pytest.raises(membership.NoSeat, match="2 supervisors"):
        membership.appoint_supervisor(third, **appointing)
    authority.change_setting("schools.supervisors", value=3, by=None, now=NOON)
    assert membership.appoint_supervisor(third, **appointing).seat == 3


@pytest.mark.django_db
@pytest.mark.req("SC-026", "SC-025")
def test_a_supervisor_has_admin_permission_and_an_administrator_appoints_nobody():
    sian, bryn = a_supervisor(), a_school_administrator()
    assert sian.is_admin
    assert holder(sian).administered == holder(sian).supervised == {a_school().pk}
    assert (holder(bryn).administered, holder(bryn).supervised) == ({a_school().pk}, frozenset())
    with pytest.raises(membership.MayNotAppoint):
        membership.appoint_supervisor(bryn, holder=holder(bryn), by=bryn.user, now=NOON)
    assert membership.appoint_supervisor(bryn, holder=holder(sian), by=sian.user, now=NOON).is_supervisor


@pytest.mark.django_db
@pytest.mark.req("SC-027")
@pytest.mark.parametrize("act", ["lock", "disable"])
def test_the_account_of_the_last_supervisor_is_not_shut_as_an_account_either(act):
    sian, here = a_supervisor(), {"reason": "left", "by": an_administrator(), "now": NOON}
    a_supervisor("gwen@uwchradd.example.org", another_school())
    with pytest.raises(membership.LastSupervisor):
        staff.act_on(sian.user, act=act, **here)
    sian.user.refresh_from_db()
    assert sian.user.is_active
    second = a_supervisor("gwen@ysgol.example.org")
    staff.act_on(sian.user, act=act, **here)
    with pytest.raises(membership.LastSupervisor):
        staff.act_on(second.user, act=act, **here)


@pytest.mark.django_db
@pytest.mark.req("SC-027")
def test_the_last_supervisor_is_not_removed_locked_or_demoted():
    sian, council = a_supervisor(), an_administrator()
    acting = {"holder": the_council(), "by": council, "now": NOON}
    for act in (membership.remove_person, membership.end_supervision):
        with pytest.raises(membership.LastSupervisor):
            act(sian, **acting)
    with pytest.raises(membership.LastSupervisor):
        membership.change_person(sian, given=as_is(sian, locked=True), revision=None, **acting)
    gwen = a_supervisor("gwen@ysgol.example.org")
    membership.change_person(gwen, given=as_is(gwen, locked=True), revision=None, **acting)
    with pytest.raises(membership.LastSupervisor):
        membership.remove_person(sian, **acting)
    assert [one.pk for one in supervisors_of(a_school().pk)] == [sian.pk, gwen.pk]


@pytest.mark.django_db
@pytest.mark.req("SC-027")
def test_the_council_replaces_a_supervisor_in_one_step():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    acting = {"holder": the_council(), "by": an_administrator(), "now": NOON}
    membership.replace_supervisor(sian, new=elen, **acting)
    assert [one.user_id for one in supervisors_of(a_school().pk)] == [elen.user_id]
    assert holder(sian).supervised == frozenset()
    with pytest.raises(membership.MayNotAppoint):
        membership.replace_supervisor(elen, new=a_place("x@ysgol.example.org", another_school()), **acting)


@pytest.mark.django_db
def test_an_administrator_does_not_touch_a_supervisors_access():
    sian, bryn = a_supervisor(), a_school_administrator()
    a_supervisor("gwen@ysgol.example.org")
    for wrong in ({"locked": True}, {"email": "thief@ysgol.example.org"}, {"surname": "Rees"}):
        with pytest.raises(membership.NotYours):
            change(sian, bryn, **wrong)
    with pytest.raises(membership.NotYours):
        membership.remove_person(sian, holder=holder(bryn), by=bryn.user, now=NOON)


@pytest.mark.django_db
def test_the_database_holds_one_supervisor_a_seat():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    for wrong in (
        {"seat": sian.seat, "is_admin": True},
        {"seat": 2, "is_admin": False},
        {"seat": 10, "is_admin": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            SchoolPlace.objects.filter(pk=elen.pk).update(**wrong)

"""Adding, changing, locking and removing the people of a school."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import Membership, SchoolChange, SchoolPlace
from guildhall.people.membership.queries import holder_for

from ...mailbox import last_letter, link_in
from ...standing import NOON, PASSPHRASE, a_parent, an_administrator, come_in
from .schools import (
    a_place,
    a_school,
    a_school_administrator,
    a_supervisor,
    a_title,
    another_school,
    given,
    holder,
    the_council,
)

pytestmark = pytest.mark.django_db


def as_is(place, **changes):
    """What the page of ``place`` would send, with ``changes``."""
    place.refresh_from_db()
    same = membership.Given(
        email=place.user.email,
        forename=place.forename,
        surname=place.surname,
        job_title=place.job_title,
        mobile=place.mobile,
        kind=place.kind,
        is_admin=place.is_admin,
        locked=place.membership.locked_at is not None,
    )
    return replace(same, **changes)


def change(place, by, **changes):
    return membership.change_person(
        place, given=as_is(place, **changes), revision=None, holder=holder(by), by=by.user, now=NOON
    )


@pytest.mark.req("SC-036", "SC-001", "SC-012")
def test_a_new_user_is_live_at_once_and_gets_a_link_but_no_password(client):
    bryn = a_school_administrator()
    [place] = membership.add_person(
        given("elen@ysgol.example.org", a_school()), holder=holder(bryn), by=bryn.user, now=timezone.now()
    )
    letter = last_letter("elen@ysgol.example.org")
    assert place.user.state == User.State.ACTIVE
    assert not place.user.has_usable_password()
    assert "username is the email address" in letter.text
    assert "/account/sign-in?door=schools" in letter.text
    both = {"password": "purple hill tractor moon", "password_again": "purple hill tractor moon"}
    assert client.post(link_in(letter), both).status_code == 200
    place.user.refresh_from_db()
    assert place.user.check_password(both["password"])
    assert client.post(link_in(letter), both).status_code == 410


@pytest.mark.req("SC-023", "SC-036")
def test_a_supervisor_can_make_every_type_of_user():
    sian = a_supervisor()
    kinds = SchoolPlace.Kind.values
    assert len(kinds) == 6
    for number, kind in enumerate(kinds):
        person = given(f"person{number}@ysgol.example.org", a_school(), kind=kind)
        [place] = membership.add_person(person, holder=holder(sian), by=sian.user, now=NOON)
        assert place.kind == kind


@pytest.mark.req("SC-040", "SY-002")
def test_an_administrator_gives_only_schools_they_administer():
    bryn, both = a_school_administrator(), (a_school(), another_school())
    with pytest.raises(membership.NotYours):
        membership.add_person(
            given("x@ysgol.example.org", *both), holder=holder(bryn), by=bryn.user, now=NOON
        )
    assert not User.objects.filter(email="x@ysgol.example.org").exists()
    elen = a_place("elen@ysgol.example.org")
    with pytest.raises(membership.NotYours):
        change(elen, bryn, schools=frozenset(one.pk for one in both))
    other = a_place("mair@ysgol.example.org", another_school())
    for act in (membership.remove_person, membership.send_password_link):
        with pytest.raises(membership.NotYours):
            act(other, holder=holder(bryn), by=bryn.user, now=NOON)


@pytest.mark.req("SC-031", "SC-040")
def test_schools_are_given_and_removed_and_those_of_others_are_left_alone():
    council, both = an_administrator(), (a_school(), another_school())
    elen = a_place("elen@ysgol.example.org")
    membership.change_person(
        elen,
        given=as_is(elen, schools=frozenset(one.pk for one in both)),
        revision=None,
        holder=the_council(),
        by=council,
        now=NOON,
    )
    assert holder(elen).schools == {one.pk for one in both}
    bryn = a_school_administrator("bryn@uwchradd.example.org", another_school())
    theirs = SchoolPlace.objects.get(user=elen.user, school=another_school())
    a_third = a_school("990009", "Northmere Academy")
    with pytest.raises(membership.NotYours):
        change(theirs, bryn, schools=frozenset([a_third.pk]))
    membership.remove_person(theirs, holder=holder(bryn), by=bryn.user, now=NOON)
    assert holder(elen).schools == {a_school().pk}
    with pytest.raises(membership.NotYours, match="at least one school"):
        change(elen, a_school_administrator(), schools=frozenset())


@pytest.mark.req("SC-033")
def test_a_locked_user_cannot_sign_in_until_unlocked(client):
    bryn, elen = a_school_administrator(), a_place("elen@ysgol.example.org")
    change(elen, bryn, locked=True)
    entered = {"name": elen.user.email, "password": PASSPHRASE}
    assert "sign in" in client.post("/account/sign-in", entered).text.lower()
    assert "_auth_user_id" not in client.session
    assert User.objects.get(pk=elen.user_id).state == User.State.LOCKED
    change(elen, bryn, locked=False)
    assert User.objects.get(pk=elen.user_id).state == User.State.ACTIVE


@pytest.mark.req("SC-039", "GH-033")
def test_lock_and_removal_count_on_the_next_request_of_an_open_session(client):
    bryn = a_school_administrator()
    for act in (
        lambda place: change(place, bryn, locked=True),
        lambda place: membership.remove_person(place, holder=holder(bryn), by=bryn.user, now=NOON),
    ):
        place = a_place(f"{id(act)}@ysgol.example.org")
        come_in(client, place.user)
        assert client.get("/schools/").status_code == 200
        act(place)
        response = client.get("/account/")
        assert response.wsgi_request.holder.user_id is None
        assert response.status_code == 302


def test_a_parent_who_works_at_a_school_stays_a_parent():
    dilys = a_parent()
    bryn = a_school_administrator()
    [place] = membership.add_person(
        given(dilys.email, a_school()), holder=holder(bryn), by=bryn.user, now=NOON
    )
    assert place.user == dilys
    assert "You can now use the pages for schools" in last_letter(dilys.email).text
    there = a_school_administrator("cerys@other.example.org", another_school())
    [second] = membership.add_person(
        given(dilys.email, another_school()),
        holder=holder(there),
        by=there.user,
        now=NOON + timedelta(hours=1),
    )
    assert "access to another school" in last_letter(dilys.email).text
    membership.remove_person(second, holder=holder(there), by=there.user, now=NOON)
    membership.remove_person(place, holder=holder(bryn), by=bryn.user, now=NOON)
    dilys.refresh_from_db()
    assert dilys.state == User.State.ACTIVE
    assert holder_for(dilys, verified=True).roles == {"parent"}
    assert (dilys.forename, dilys.surname) == ("Dilys", "Pritchard")


def test_the_address_of_somebody_with_another_role_is_not_a_schools_to_change():
    dilys, bryn = a_parent(), a_school_administrator()
    [place] = membership.add_person(
        given(dilys.email, a_school()), holder=holder(bryn), by=bryn.user, now=NOON
    )
    with pytest.raises(membership.NotYours) as refusal:
        change(place, bryn, email="thief@example.org")
    assert refusal.value.field == "email"
    dilys.refresh_from_db()
    assert dilys.email == "dilys@example.org"


@pytest.mark.req("SC-037")
def test_name_and_address_change_and_both_addresses_are_told():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    change(elen, sian, email="elen.new@ysgol.example.org", surname="Rees")
    elen.refresh_from_db()
    assert (elen.user.email, elen.surname) == ("elen.new@ysgol.example.org", "Rees")
    for address in ("elen@ysgol.example.org", "elen.new@ysgol.example.org"):
        assert "changed the email address" in last_letter(address).text
    with pytest.raises(membership.AlreadyHere):
        change(elen, sian, email=sian.user.email)


def test_an_old_link_does_not_outlive_the_address_it_was_sent_to(client):
    sian = a_supervisor()
    [elen] = membership.add_person(
        given("elen@ysgol.example.org", a_school()), holder=holder(sian), by=sian.user, now=NOON
    )
    link = link_in(last_letter("elen@ysgol.example.org"))
    change(elen, sian, email="elen.new@ysgol.example.org")
    assert client.get(link).status_code == 410


@pytest.mark.req("SC-037")
def test_users_without_admin_permission_cannot_change_anybody():
    elen, mair = a_place("elen@ysgol.example.org"), a_place("mair@ysgol.example.org")
    with pytest.raises(membership.NotYours):
        change(mair, elen, surname="Rees")


@pytest.mark.req("SC-034", "SC-012")
def test_a_password_is_set_again_by_a_link_that_lasts_one_hour(client):
    bryn, elen = a_school_administrator(), a_place("elen@ysgol.example.org")
    membership.send_password_link(elen, holder=holder(bryn), by=bryn.user, now=NOON)
    proof = elen.user.proofs.get(purpose="set-password")
    assert (proof.link_until - NOON).total_seconds() == 3600
    letter = last_letter(elen.user.email)
    assert "Nobody else sees your password" in letter.text
    assert PASSPHRASE not in letter.text


@pytest.mark.parametrize("what", ["address", "lock", "new school", "school taken away"])
def test_a_page_that_was_open_takes_back_no_address_lock_or_school_that_somebody_else_changed(what):
    bryn, elen = a_school_administrator(), a_place("elen@ysgol.example.org")
    there = a_place("elen@ysgol.example.org", another_school()) if what == "school taken away" else None
    elen.refresh_from_db()
    shown = {"given": as_is(elen, mobile="07700900111"), "revision": elen.revision}
    how = {"holder": the_council(), "by": an_administrator(), "now": NOON}
    if what == "address":
        change(elen, bryn, email="elen.new@ysgol.example.org")
    elif what == "lock":
        membership.lock_person(elen, locked=True, **how)
    elif there:
        membership.remove_person(there, **how)
    else:
        membership.add_person(given("elen@ysgol.example.org", another_school()), **how)
    with pytest.raises(ChangedMeanwhile):
        membership.change_person(elen, **shown, **how)


def test_an_address_changed_twice_is_told_of_twice():
    bryn, elen = a_school_administrator(), a_place("elen@ysgol.example.org")
    for address in ("second@ysgol.example.org", "third@ysgol.example.org"):
        change(SchoolPlace.objects.get(pk=elen.pk), bryn, email=address)
        assert "changed the email address" in last_letter(address).text


def test_what_somebody_else_changed_meanwhile_is_not_overwritten():
    bryn, elen = a_school_administrator(), a_place("elen@ysgol.example.org")
    change(elen, bryn, surname="Rees")
    with pytest.raises(ChangedMeanwhile):
        membership.change_person(
            elen, given=as_is(elen), revision=0, holder=holder(bryn), by=bryn.user, now=NOON
        )


def test_nobody_locks_or_removes_themselves():
    bryn = a_school_administrator()
    with pytest.raises(membership.NotYours, match="your own"):
        change(bryn, bryn, locked=True)
    with pytest.raises(membership.NotYours, match="your own"):
        membership.remove_person(bryn, holder=holder(bryn), by=bryn.user, now=NOON)


@pytest.mark.req("SC-039")
def test_officers_see_every_change_and_nobody_can_alter_the_list():
    bryn, elen = a_school_administrator(), a_place("elen@ysgol.example.org")
    change(elen, bryn, surname="Rees", is_admin=True)
    membership.remove_person(elen, holder=holder(bryn), by=bryn.user, now=NOON)
    rows = SchoolChange.objects.filter(user=elen.user).order_by("pk")
    assert [(row.act, row.fields) for row in rows] == [
        ("added", []),
        ("changed", ["surname", "is_admin"]),
        ("removed", []),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(act="added")


def test_somebody_removed_can_be_added_again():
    bryn, elen = a_school_administrator(), a_place("elen@ysgol.example.org")
    membership.remove_person(elen, holder=holder(bryn), by=bryn.user, now=NOON)
    assert User.objects.get(pk=elen.user_id).state == User.State.DISABLED
    again = a_place("elen@ysgol.example.org")
    assert again.pk != elen.pk
    assert User.objects.get(pk=elen.user_id).state == User.State.ACTIVE
    with pytest.raises(membership.AlreadyHere):
        membership.add_person(
            given("elen@ysgol.example.org", a_school()), holder=holder(bryn), by=bryn.user, now=NOON
        )


def test_a_lock_of_the_councils_is_not_a_schools_to_open():
    bryn, elen = a_school_administrator(), a_place("elen@ysgol.example.org")
    User.objects.filter(pk=elen.user_id).update(state=User.State.LOCKED)
    change(elen, bryn, locked=True)
    change(elen, bryn, locked=False)
    assert User.objects.get(pk=elen.user_id).state == User.State.LOCKED


@pytest.mark.req("SC-011", "SC-014")
def test_a_supervisor_enables_somebody_whom_nobody_saw_for_long():
    sian, bryn = a_supervisor(), a_school_administrator()
    elen = a_place("elen@ysgol.example.org")
    User.objects.filter(pk__in=[elen.user_id, sian.user_id]).update(state=User.State.DISABLED)
    with pytest.raises(membership.NotYours):
        membership.enable_person(elen, holder=holder(bryn), by=bryn.user, now=NOON)
    membership.enable_person(elen, holder=holder(sian), by=sian.user, now=NOON)
    membership.enable_person(sian, holder=the_council(), by=an_administrator(), now=NOON)
    assert set(User.objects.filter(school_places__isnull=False).values_list("state", flat=True)) == {"active"}


def test_one_person_has_one_role_at_a_school():
    elen = a_place("elen@ysgol.example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=elen.user, role="school-administrator", establishment=a_school(), began_at=NOON
        )


def test_the_title_of_a_new_user_is_kept():
    assert (
        a_place("elen@ysgol.example.org", job_title=a_title("Headteacher")).job_title.name["cy"] == "Pennaeth"
    )

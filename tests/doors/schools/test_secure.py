"""The secure services: a list, what each person may use of it, and how many people of a school may."""

import pytest
from django.test import Client

from guildhall.foundation.authority import services as authority
from guildhall.people.membership import secure
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import SchoolChange, SchoolPlace

from ...people.membership.schools import a_place, a_school_administrator, a_supervisor, another_school, holder
from ...standing import NOON, come_in

pytestmark = pytest.mark.django_db
NAMES = (
    *("File transfer", "Data collections", "Results look-up", "Establishment register"),
    *("Teacher services", "Funding information exchange", "Post-16", "Performance analysis"),
)


def choose(place, *services, approver=None):
    approver = approver or a_supervisor()
    return membership.choose_services(place, services, holder=holder(approver), by=approver.user, now=NOON)


@pytest.mark.req("SY-001", "SY-002")
def test_the_approver_chooses_and_each_person_sees_and_opens_only_what_was_chosen(client):
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    hers = come_in(Client(), elen.user)
    assert "will be listed here" in hers.get("/schools/services/").text

    come_in(client, sian.user)
    address = f"/schools/account-management/{elen.pk}/services"
    page = client.get(address).text
    assert all(name in page for name in NAMES)
    assert address in client.get(f"/schools/account-management/{elen.pk}/").text
    assert client.post(address, {"secure": ["results", "register"]}).url == "/schools/account-management/"

    page = hers.get("/schools/services/").text.split("gh-tiles")[1].split("</ul>")[0]
    assert [name for name in NAMES if name in page] == ["Results look-up", "Establishment register"]
    assert hers.get("/schools/services/results/", follow=True).status_code == 200
    assert hers.get("/schools/services/funding/").status_code == 403
    assert hers.get("/schools/services/no-such-thing/").status_code == 404

    client.post(address, {"secure": ["register"]})
    assert hers.get("/schools/services/results/").status_code == 403, "from the next request"
    change = SchoolChange.objects.filter(act="services").latest("pk")
    assert change.fields == ["results"]


@pytest.mark.req("SY-001")
def test_somebody_authorised_for_everything_reaches_all_eight_with_one_sign_in(client):
    sian = a_supervisor()
    choose(sian, *secure.SERVICES)
    come_in(client, sian.user)
    page = client.get("/schools/services/").text
    assert all(name in page for name in NAMES)
    for key in secure.SERVICES:
        assert client.get(f"/schools/services/{key}/", follow=True).status_code == 200


@pytest.mark.req("SY-002")
def test_nobody_but_the_schools_own_approver_chooses(client):
    elen, bryn = a_place("elen@ysgol.example.org"), a_school_administrator()
    other = a_supervisor("other@ysgol.example.org", another_school())
    for place, status in ((elen, 403), (bryn, 403), (other, 404)):
        browser = come_in(Client(), place.user)
        for who in (elen, bryn):
            address = f"/schools/account-management/{who.pk}/services"
            assert browser.post(address, {"secure": ["results"]}).status_code == status
    with pytest.raises(membership.NotTheirApprover):
        choose(elen, "results", approver=other)
    assert not SchoolPlace.objects.exclude(secure=[]).exists()


@pytest.mark.req("SY-003")
def test_a_school_has_seven_end_users_and_two_approvers_and_more_are_refused(client):
    sian, second = a_supervisor(), a_supervisor("second@ysgol.example.org")
    for approver in (sian, second):
        choose(approver, "results")
    people = [a_place(f"user{number}@ysgol.example.org") for number in range(8)]
    for place in people[:7]:
        choose(place, "register")
    come_in(client, sian.user)
    address = f"/schools/account-management/{people[7].pk}/services"
    refused = client.post(address, {"secure": ["results"]})
    assert refused.status_code == 422
    assert "can have 7 end users" in refused.text
    assert SchoolPlace.objects.get(pk=people[7].pk).secure == []
    choose(people[0], "results", "funding")  # whoever has some may have others

    choose(people[0])
    choose(people[7], "results")
    with pytest.raises(membership.NoSeat):
        a_supervisor("third@ysgol.example.org")


@pytest.mark.req("SY-003")
def test_the_limits_are_the_councils_settings():
    first, second = a_place("one@ysgol.example.org"), a_place("two@ysgol.example.org")
    authority.change_setting("schools.end_users", value=1, by=None, now=NOON)
    choose(first, "results")
    with pytest.raises(membership.TooManyEndUsers):
        choose(second, "results")
    authority.change_setting("schools.end_users", value=2, by=None, now=NOON)
    assert choose(second, "results").secure == ["results"]


def test_leaving_the_school_ends_its_services_and_stepping_down_keeps_them_while_there_is_room():
    sian, second = a_supervisor(), a_supervisor("second@ysgol.example.org")
    elen = a_place("elen@ysgol.example.org")
    choose(elen, "results")
    choose(second, "funding")
    authority.change_setting("schools.end_users", value=1, by=None, now=NOON)
    seen = {"holder": holder(sian), "by": sian.user, "now": NOON}
    membership.end_supervision(SchoolPlace.objects.get(pk=second.pk), **seen)
    assert SchoolPlace.objects.get(pk=second.pk).secure == []
    membership.remove_person(SchoolPlace.objects.get(pk=elen.pk), **seen)
    assert SchoolPlace.objects.get(pk=elen.pk).secure == []


def test_what_is_not_in_the_list_is_never_kept_and_the_same_again_changes_nothing():
    elen = a_place("elen@ysgol.example.org")
    assert choose(elen, "results", "nonsense").secure == ["results"]
    before = SchoolChange.objects.count()
    choose(elen, "results")
    assert SchoolChange.objects.count() == before


def test_somebody_of_two_schools_uses_at_each_what_was_chosen_there(client):
    here = a_place("elen@ysgol.example.org")
    there = a_place("elen@ysgol.example.org", another_school())
    choose(here, "results")
    come_in(client, here.user)
    client.post("/schools/switch", {"school": here.school_id})
    assert client.get("/schools/services/results/", follow=True).status_code == 200
    client.post("/schools/switch", {"school": there.school_id})
    assert client.get("/schools/services/results/").status_code == 403

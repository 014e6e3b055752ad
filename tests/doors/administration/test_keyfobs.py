"""The helpline gives keyfobs, and works on a school's own network only where the school lets it."""

import pytest

from guildhall.foundation.texts.queries import say
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import Keyfob, SchoolChange
from guildhall.people.membership.services.places import NotYours

from ...people.membership.schools import (
    a_place,
    a_school,
    a_school_administrator,
    a_supervisor,
    holder,
    the_council,
)
from ...standing import NOON, an_administrator, come_in

pytestmark = pytest.mark.django_db
BASE = "/council/administration/schools"


@pytest.fixture
def council(client):
    return come_in(client, an_administrator())


def acting():
    return {"holder": the_council(), "by": an_administrator(), "now": NOON}


@pytest.mark.req("SY-011")
def test_a_keyfob_is_with_one_person_at_a_time_and_who_had_it_is_kept(council):
    elen, bryn = a_place("elen@ysgol.example.org"), a_place("bryn@ysgol.example.org")
    given = {"act": "keyfob", "serial": "rsa 0042-a", "reason": "Works from home"}
    assert council.post(f"{BASE}/people/{elen.pk}/remote-access/", given).status_code == 302
    turned_down = council.post(f"{BASE}/people/{bryn.pk}/remote-access/", given)
    assert turned_down.status_code == 422
    assert say("schools.Error_KeyfobTaken") in turned_down.text
    assert "rsa 0042-a" in turned_down.text
    listed = council.get(f"{BASE}/{a_school().pk}/keyfobs/").text
    assert "RSA0042-A" in listed
    assert "Works from home" in listed
    first = Keyfob.objects.get()
    council.post(f"{BASE}/{a_school().pk}/keyfobs/", {"back": first.pk})
    assert council.post(f"{BASE}/people/{bryn.pk}/remote-access/", given).status_code == 302
    assert [one.place_id for one in Keyfob.objects.filter(returned_at=None)] == [bryn.pk]
    assert [one.place_id for one in Keyfob.objects.exclude(returned_at=None)] == [elen.pk]
    acts = SchoolChange.objects.filter(act__startswith="keyfob").order_by("pk")
    assert list(acts.values_list("act", "user")) == [
        ("keyfob", elen.user_id),
        ("keyfob_back", elen.user_id),
        ("keyfob", bryn.user_id),
    ]


@pytest.mark.parametrize(
    ("serial", "reason", "error"),
    [
        ("", "Why", "Serial"),
        ("no/serial", "Why", "Serial"),
        ("1" * 41, "Why", "Serial"),
        ("0042", " ", "Reason_Required"),
    ],
)
def test_a_keyfob_needs_its_serial_number_and_a_reason(council, serial, reason, error):
    place = a_place("elen@ysgol.example.org")
    given = {"act": "keyfob", "serial": serial, "reason": reason}
    answer = council.post(f"{BASE}/people/{place.pk}/remote-access/", given)
    assert answer.status_code == 422
    assert say(f"schools.Error_{error}") in answer.text
    assert not Keyfob.objects.exists()


def test_a_keyfob_of_somebody_who_left_can_still_be_taken_back(council):
    place = a_place("elen@ysgol.example.org")
    keyfob = membership.assign_keyfob(place, serial="0042", reason="Travels", **acting())
    membership.remove_person(place, **acting())
    address = f"{BASE}/{place.school_id}/keyfobs/"
    assert "no longer works here" in council.get(address).text
    council.post(address, {"back": keyfob.pk})
    keyfob.refresh_from_db()
    assert keyfob.returned_at is not None
    assert council.post(address, {"back": "x"}).status_code == 404


@pytest.mark.req("SY-011")
def test_the_helpline_works_on_a_schools_network_only_while_the_school_lets_it(client):
    place, supervisor = a_place("elen@ysgol.example.org"), a_supervisor()
    address = f"{BASE}/people/{place.pk}/remote-access/"
    work = {"act": "network", "what": "unlock", "network_reason": "The office rang"}

    def works() -> bool:
        answer = come_in(client, an_administrator()).post(address, work)
        return answer.status_code == 302 or say("schools.Error_NetworkNotAuthorised") not in answer.text

    def says(answer: str) -> None:
        come_in(client, supervisor.user).post("/schools/network/", {"answer": answer})

    assert not works()
    says("yes")
    assert works()
    says("no")
    assert not works()
    kept = SchoolChange.objects.get(act="network")
    assert (kept.user_id, kept.fields, kept.reason) == (place.user_id, ["unlock"], "The office rang")


@pytest.mark.parametrize("what", membership.NETWORK_WORK)
def test_everything_done_on_a_network_is_kept_with_its_reason(council, what):
    place, supervisor = a_place("elen@ysgol.example.org"), a_supervisor()
    membership.answer_about_network(
        place.school, allowed=True, holder=holder(supervisor), by=supervisor.user, now=NOON
    )
    work = {"act": "network", "what": what, "network_reason": ""}
    address = f"{BASE}/people/{place.pk}/remote-access/"
    assert say("schools.Error_Reason_Required") in council.post(address, work).text
    assert council.post(address, work | {"network_reason": "Asked"}).status_code == 302
    assert council.post(address, work | {"what": "format"}).status_code == 422
    assert SchoolChange.objects.get(act="network").fields == [what]


def test_only_a_supervisor_answers_for_the_school_and_only_the_helpline_gives_keyfobs(client):
    place, supervisor = a_place("elen@ysgol.example.org"), a_supervisor()
    with pytest.raises(NotYours):
        membership.answer_about_network(place.school, allowed=True, **acting())
    with pytest.raises(NotYours):
        membership.assign_keyfob(
            place, serial="0042", reason="Why", holder=holder(supervisor), by=supervisor.user, now=NOON
        )
    come_in(client, a_school_administrator("gwen@ysgol.example.org").user)
    assert client.post("/schools/network/", {"answer": "yes"}).status_code in {403, 404}
    assert client.get(f"{BASE}/people/{place.pk}/remote-access/").status_code == 403

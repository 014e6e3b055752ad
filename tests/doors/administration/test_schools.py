"""What the council does for schools: supervisors, the helpline, job titles, changes, the schools' site."""

import pytest

from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import AccountRequest, JobTitle, SchoolChange, SchoolPlace
from guildhall.people.membership.school_queries import supervisors_of
from guildhall.people.schoolsite.models import SiteEntry

from ...mailbox import last_letter
from ...people.membership.schools import (
    a_place,
    a_school,
    a_school_administrator,
    a_supervisor,
    a_title,
    another_school,
    given,
    the_council,
)
from ...standing import NOON, an_administrator, an_officer, come_in
from ...support.seen import seen_at

pytestmark = pytest.mark.django_db
BASE = "/council/administration/schools"


@pytest.fixture
def council(client):
    return come_in(client, an_administrator())


def test_only_who_manages_users_comes_in(client):
    come_in(client, an_officer())
    for path in (f"{BASE}/", f"{BASE}/changes/", f"{BASE}/requests/", f"{BASE}/import/"):
        assert client.get(path).status_code == 403
    assert client.get("/council/administration/job-titles/").status_code == 403
    come_in(client, a_supervisor().user)
    assert client.get(f"{BASE}/{a_school().pk}/").status_code == 403


@pytest.mark.req("SC-002")
def test_the_council_starts_a_school_off_with_one_person_who_supervises_it(council):
    school = a_school()
    assert "Add the first supervisor" in council.get(f"{BASE}/{school.pk}/").text
    typed = {
        "email": "head@ysgol.example.org",
        "forename": "Siân",
        "surname": "Rowlands",
        "job_title": str(a_title("Headteacher").pk),
        "kind": "headteacher",
        "is_admin": "no",
        "schools": str(school.pk),
    }
    assert council.post(f"{BASE}/{school.pk}/add/", typed | {"email": "no"}).status_code == 422
    assert council.post(f"{BASE}/{school.pk}/add/", typed).status_code == 302
    [first] = supervisors_of(school.pk)
    assert first.is_admin
    assert "set-password" in last_letter("head@ysgol.example.org").text
    assert "Add the first supervisor" not in council.get(f"{BASE}/{school.pk}/").text


@pytest.mark.req("SC-027")
def test_the_council_appoints_and_replaces_supervisors(council):
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    mair = a_place("mair@ysgol.example.org")
    council.post(f"{BASE}/people/{elen.pk}/appoint/")
    assert {one.user_id for one in supervisors_of(a_school().pk)} == {sian.user_id, elen.user_id}
    refused = council.post(f"{BASE}/people/{mair.pk}/appoint/")
    assert refused.status_code == 422
    assert "2 supervisors" in refused.text
    assert council.post(f"{BASE}/people/{elen.pk}/replace/", {"new": "x"}).status_code == 422
    assert council.post(f"{BASE}/people/{elen.pk}/replace/", {"new": mair.pk}).status_code == 302
    assert {one.user_id for one in supervisors_of(a_school().pk)} == {sian.user_id, mair.user_id}


def test_the_helpline_acts_only_with_a_reason_which_is_kept(council):
    elen = a_place("elen@ysgol.example.org")
    for name, act in (
        ("lock", "locked"),
        ("unlock", "unlocked"),
        ("reset-password", "reset"),
        ("second-step", "second"),
        ("remove", "removed"),
    ):
        address = f"{BASE}/people/{elen.pk}/{name}/"
        assert council.get(address).status_code == 200
        assert "Enter the reason" in council.post(address).text
        assert council.post(address, {"reason": f"asked by telephone: {name}"}).status_code == 302
        change = SchoolChange.objects.filter(user=elen.user).latest("pk")
        assert (change.act, change.reason) == (act, f"asked by telephone: {name}")
    assert council.get(f"{BASE}/people/{elen.pk}/lock/").status_code == 404


@pytest.mark.req("SC-014")
def test_the_council_enables_a_supervisor_who_was_disabled(council):
    sian = a_supervisor()
    User.objects.filter(pk=sian.user_id).update(state=User.State.DISABLED)
    assert f"{sian.pk}/enable/" in council.get(f"{BASE}/{a_school().pk}/").text
    council.post(f"{BASE}/people/{sian.pk}/enable/", {"reason": "back from leave"})
    assert User.objects.get(pk=sian.user_id).state == User.State.ACTIVE


@pytest.mark.req("SC-039")
def test_officers_see_a_list_of_the_changes(council, django_assert_max_num_queries):
    bryn = a_school_administrator()
    membership.add_person(
        given("elen@ysgol.example.org", a_school()), holder=the_council(), by=bryn.user, now=NOON
    )
    page = council.get(f"{BASE}/changes/").text
    for words in ("Elen Rowlands", "Bryn Rowlands", "Carreg Primary School", "Added"):
        assert words in page
    assert "Elen Rowlands" not in council.get(f"{BASE}/changes/", {"act": "locked"}).text
    before = len(page)
    for number in range(5):
        a_place(f"more{number}@ysgol.example.org")
    with django_assert_max_num_queries(5):
        assert len(council.get(f"{BASE}/changes/").text) > before


@pytest.mark.req("SY-013", "SY-016")
def test_the_helpline_answers_requests_of_recorded_accounts(council):
    head = a_place("head@ysgol.example.org")
    council.post(f"{BASE}/people/{head.pk}/record-head/")
    head.refresh_from_db()
    assert head.recorded_as == "head"
    wanted = [given(f"new{number}@ysgol.example.org") for number in range(2)]
    first, second = (membership.ask_for_account(head, given=one, by=head.user, now=NOON) for one in wanted)
    assert "New0 Rowlands" in council.get(f"{BASE}/requests/").text
    council.post(f"{BASE}/requests/{first.pk}/", {"act": "grant"})
    assert SchoolPlace.objects.filter(user__email="new0@ysgol.example.org").exists()
    assert council.post(f"{BASE}/requests/{second.pk}/", {"act": "refuse"}).status_code == 422
    council.post(f"{BASE}/requests/{second.pk}/", {"act": "refuse", "why": "Not known"})
    assert AccountRequest.objects.get(pk=second.pk).answer == "Not known"
    assert council.post(f"{BASE}/requests/{second.pk}/", {"act": "grant"}).status_code == 422


@pytest.mark.req("SC-030")
def test_the_list_of_job_titles_is_the_authoritys(council):
    address = "/council/administration/job-titles/"
    assert "Deputy Headteacher" in council.get(address).text
    assert council.post(address, {"en": "Librarian", "cy": ""}).status_code == 422
    council.post(address, {"en": "Librarian", "cy": "Llyfrgellydd"})
    assert council.post(address, {"en": "librarian", "cy": "Arall"}).status_code == 422
    council.post(address, {"en": "Bursar\x00's\x00 clerk", "cy": "Clerc\x00"})
    assert JobTitle.objects.filter(name__en="Bursar's clerk", name__cy="Clerc").exists()
    title = JobTitle.objects.get(name__en="Librarian")
    council.post(f"{address}{title.pk}/", {"act": "up", "en": "Librarian", "cy": "Llyfrgellydd"})
    renamed = {"act": "save", "en": "Librarian", "cy": "Y llyfrgell"}
    council.post(f"{address}{title.pk}/", renamed | seen_at(council, f"{address}{title.pk}/"))
    council.post(f"{address}{title.pk}/", {"act": "retire", "en": "Librarian", "cy": "Y llyfrgell"})
    title.refresh_from_db()
    assert title.name["cy"] == "Y llyfrgell"
    assert title.retired_at
    assert title.position == JobTitle.objects.count() - 2
    bryn = a_school_administrator()
    come_in(council, bryn.user)
    assert "Librarian" not in council.get("/schools/users/new").text


@pytest.mark.req("SC-020")
def test_the_authority_edits_the_schools_site(council):
    address = "/council/administration/school-site/"
    typed = {
        "entry_kind": "job",
        "title_en": "Cook",
        "title_cy": "Cogydd",
        "position": "5",
        "shown_from-day": "1",
        "shown_from-month": "1",
        "shown_from-year": "2020",
    }
    early = {f"shown_until-{part}": typed[f"shown_from-{part}"] for part in ("day", "month")}
    refused = council.post(f"{address}new/", typed | early | {"shown_until-year": "2019"})
    assert "must not be before the first day" in refused.text
    council.post(f"{address}new/", typed)
    entry = SiteEntry.objects.get(kind="job")
    assert "Cook" in council.get("/schools/").text
    renamed = typed | {"title_en": "Head cook"}
    council.post(f"{address}{entry.pk}/", renamed | seen_at(council, f"{address}{entry.pk}/"))
    assert "Head cook" in council.get(f"/schools/pages/{entry.pk}/").text
    assert council.get(f"{address}{entry.pk}/remove/").status_code == 200
    council.post(f"{address}{entry.pk}/remove/")
    assert "Head cook" not in council.get("/schools/").text
    council.post(f"{address}{entry.pk}/remove/")
    assert "Head cook" in council.get("/schools/").text
    assert "Head cook" in council.get(address).text


def test_the_list_of_schools_can_be_narrowed_to_those_without_a_supervisor(council):
    a_supervisor()
    another_school()
    page = council.get(f"{BASE}/", {"without": "yes"}).text
    assert "Carreg High School" in page
    assert "Carreg Primary School" not in page

"""User admin and Account Management in pages."""

import re
from datetime import timedelta

import pytest

from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import Duty, SchoolPlace
from guildhall.people.membership.school_queries import answering, supervisors_of

from ...mailbox import last_letter, link_in
from ...people.membership.schools import (
    a_place,
    a_school,
    a_school_administrator,
    a_supervisor,
    a_title,
    another_school,
    holder,
)
from ...standing import NOON, come_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bryn(client):
    place = a_school_administrator()
    come_in(client, place.user)
    return place


@pytest.fixture
def sian(client):
    place = a_supervisor()
    come_in(client, place.user)
    return place


def typed(place=None, **changes):
    same = {
        "email": "elen@ysgol.example.org",
        "forename": "Elen",
        "surname": "Rees",
        "job_title": str(a_title().pk),
        "mobile": "",
        "kind": "standard",
        "is_admin": "no",
        "schools": [str(a_school().pk)],
    }
    if place:
        same |= {"email": place.user.email, "locked": "unlocked", "revision": place.revision}
    return same | changes


@pytest.mark.req("SC-028")
def test_the_list_has_the_columns_in_order_and_a_dash_for_no_mobile(client, bryn):
    a_place("elen@ysgol.example.org")
    page = client.get("/schools/users/").text
    columns = [
        "Email address",
        "First Name",
        "Last Name",
        "Job Title",
        "Mobile number",
        "Is Admin?",
        "Lock status",
    ]
    places = [
        page.index(f">{column}<") if f">{column}<" in page else page.index(column) for column in columns
    ]
    assert places == sorted(places)
    line = page[page.index("elen@ysgol.example.org") :].split("</tr>")[0]
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", line)
    assert cells == ["Elen", "Rowlands", "Class Teacher", "-", "No", "Unlocked"]


@pytest.mark.req("SC-028")
def test_every_column_sorts_both_ways_and_the_list_costs_the_same_for_many(
    client, bryn, django_assert_max_num_queries
):
    for number, mobile in enumerate(("07700900002", "", "07700900001")):
        a_place(f"person{number}@ysgol.example.org", mobile=mobile, locked=False)
    for key in ("email", "forename", "surname", "job", "mobile", "admin", "lock"):
        up, down = (
            re.findall(r"[a-z0-9]+@ysgol", client.get("/schools/users/", {"sort": sort}).text)
            for sort in (key, f"-{key}")
        )
        assert sorted(set(up)) == sorted(set(down))
    up = client.get("/schools/users/", {"sort": "mobile"}).text
    assert up.index("person2@") < up.index("person0@")
    with django_assert_max_num_queries(9):
        client.get("/schools/users/")


@pytest.mark.req("SC-035", "SC-036")
def test_add_user_opens_new_user_and_submits_a_live_account(client, bryn):
    page = client.get("/schools/users/").text
    assert page.index("Add User") < page.index("<table")
    page = client.get("/schools/users/new").text
    assert "New user" in page
    assert re.search(r'id="is_admin-2"[^>]*checked|value="no"[^>]*checked', page)
    assert ">Mobile Number" in page
    for label in ("Email address", "First Name", "Last Name", "Job Title"):
        assert re.search(rf'{label}\s*<span class="gh-star', page)
    missing = client.post("/schools/users/new", typed(surname="", email="")).text
    assert 'href="#surname"' in missing
    assert 'href="#email"' in missing
    assert client.post("/schools/users/new", typed()).status_code == 302
    assert "elen@ysgol.example.org" in client.get("/schools/users/").text
    assert "set-password" in last_letter("elen@ysgol.example.org").text


@pytest.mark.req("SC-030", "SC-029")
def test_job_title_begins_with_please_select_and_is_mandatory(client, bryn):
    page = client.get("/schools/users/new").text
    for words in ("Please select...", "Headteacher", "Deputy Headteacher", "Class Teacher", "Other"):
        assert words in page
    refused = client.post("/schools/users/new", typed(job_title=""))
    assert refused.status_code == 422
    assert 'href="#job_title"' in refused.text
    assert 'value="Rees"' in refused.text


@pytest.mark.req("SC-029", "SC-033")
def test_edit_user_has_every_field_and_locks(client, bryn):
    elen = a_place("elen@ysgol.example.org")
    assert f'href="/schools/users/{elen.pk}/"' in client.get("/schools/users/").text
    page = client.get(f"/schools/users/{elen.pk}/").text
    for words in (
        "Edit User",
        "Email address",
        "Mobile number",
        "Lock status",
        "School(s)",
        "Re-set password",
    ):
        assert words in page
    assert client.post(f"/schools/users/{elen.pk}/", typed(elen, locked="locked")).status_code == 302
    assert User.objects.get(pk=elen.user_id).state == "locked"
    assert ">Locked<" in client.get("/schools/users/").text


@pytest.mark.req("SC-029", "SC-035")
def test_every_box_but_the_mobile_number_is_starred_the_schools_too(client, bryn):
    for page in (client.get("/schools/users/new").text, client.get(f"/schools/users/{bryn.pk}/").text):
        legend = re.search(r"<legend[^>]*>\s*School\(s\).*?</legend>", page, re.S)
        assert legend
        assert "(required)" in legend[0]


@pytest.mark.req("SC-026", "SC-027")
def test_an_administrator_is_told_who_changes_a_supervisor(client, bryn):
    sian = a_supervisor()
    path, about = f"/schools/users/{sian.pk}/", {"forename": "Sian", "surname": "Rowlands", "is_admin": "yes"}
    refused = client.post(path, typed(sian, **about | {"email": "other@ysgol.example.org"}))
    assert refused.status_code == 422
    assert "Only a supervisor can change their name, email address" in refused.text
    assert User.objects.get(pk=sian.user_id).email == sian.user.email


@pytest.mark.req("SC-032", "SC-038")
def test_nothing_is_saved_without_submit_and_a_saved_change_is_confirmed(client, bryn):
    elen = a_place("elen@ysgol.example.org")
    page = client.get(f"/schools/users/{elen.pk}/").text
    assert "data-unsaved" in page
    client.post(f"/schools/users/{elen.pk}/", typed(elen, surname="Changed", ticks="all"))
    elen.refresh_from_db()
    assert elen.surname == "Rowlands"
    answer = client.post(f"/schools/users/{elen.pk}/", typed(elen, surname="Changed"), follow=True)
    assert "have been saved" in answer.text
    stale = client.post(f"/schools/users/{elen.pk}/", typed(elen, surname="Later"))
    assert stale.status_code == 422
    assert "Somebody else changed this person" in stale.text
    assert 'value="Later"' in stale.text


@pytest.mark.req("SC-031", "SC-040")
def test_schools_can_all_be_ticked_or_cleared_without_a_script(client, bryn):
    membership.add_person(
        membership.Given(
            email=bryn.user.email,
            forename="Bryn",
            surname="Rowlands",
            job_title=a_title(),
            is_admin=True,
            schools=frozenset([another_school().pk]),
        ),
        holder=holder(a_supervisor("other@ysgol.example.org", another_school())),
        by=None,
        now=NOON,
    )
    page = client.post("/schools/users/new", typed(ticks="all", schools=[])).text
    buttons = re.findall(r"<button[^>]*>", page.split("<main")[1])
    assert "ticks" not in buttons[0], "Enter in a field submits the form"
    assert page.count('name="schools"') == len(re.findall(r'name="schools"[^>]*checked', page)) == 2
    assert 'value="Rees"' in page
    cleared = client.post("/schools/users/new", typed(ticks="none")).text
    assert not re.findall(r'name="schools"[^>]*checked', cleared)
    a_third = a_school("990009", "Northmere Academy")
    client.post("/schools/users/new", typed(schools=[a_school().pk, a_third.pk]))
    assert set(
        SchoolPlace.objects.filter(user__email="elen@ysgol.example.org").values_list("school", flat=True)
    ) == {a_school().pk}


@pytest.mark.req("SC-034")
def test_the_password_is_set_again_only_after_asking(client, bryn):
    elen = a_place("elen@ysgol.example.org")
    address = f"/schools/users/{elen.pk}/reset-password"
    assert "Re-set the password of Elen Rowlands?" in client.get(address).text
    assert not elen.user.proofs.exists()
    assert "We have sent Elen Rowlands a link" in client.post(address, follow=True).text
    link, proof = link_in(last_letter(elen.user.email)), elen.user.proofs.get()
    assert proof.link_until - proof.made_at == timedelta(hours=1)
    assert client.get(link).status_code == 200


@pytest.mark.req("SC-037", "SC-025", "SC-032")
def test_a_supervisor_edits_and_removes_in_account_management(client, sian):
    elen = a_place("elen@ysgol.example.org")
    page = client.get("/schools/account-management/").text
    assert f'href="/schools/account-management/{elen.pk}/"' in page
    page = client.get(f"/schools/account-management/{elen.pk}/").text
    for words in ("User Details", "Submit Changes", "Remove Access"):
        assert words in page
    client.post(f"/schools/account-management/{elen.pk}/", typed(elen, email="elen.rees@ysgol.example.org"))
    assert User.objects.get(pk=elen.user_id).email == "elen.rees@ysgol.example.org"
    assert client.get(f"/schools/users/{elen.pk}/remove").status_code == 200
    client.post(f"/schools/users/{elen.pk}/remove")
    assert "elen.rees" not in client.get("/schools/users/").text
    assert client.get(f"/schools/users/{elen.pk}/").status_code == 404


@pytest.mark.req("SC-024")
def test_an_icon_with_words_marks_supervisors_and_a_third_is_refused(client, sian):
    for name in ("elen", "mair"):
        place = a_place(f"{name}@ysgol.example.org")
        answer = client.post(f"/schools/users/{place.pk}/appoint")
    assert answer.status_code == 422
    assert "2 supervisors" in answer.text
    assert len(supervisors_of(a_school().pk)) == 2
    page = client.get("/schools/account-management/").text
    assert page.count('aria-label="Supervisor"') == 2


@pytest.mark.req("SC-011")
def test_a_supervisor_enables_a_disabled_account_from_account_management(client, sian):
    elen = a_place("elen@ysgol.example.org")
    User.objects.filter(pk=elen.user_id).update(state=User.State.DISABLED)
    assert f"/schools/users/{elen.pk}/enable" in client.get("/schools/account-management/").text
    client.post(f"/schools/users/{elen.pk}/enable")
    assert User.objects.get(pk=elen.user_id).state == User.State.ACTIVE


def test_an_administrator_has_no_supervisors_pages_and_sees_no_other_school(client, bryn):
    elen = a_place("elen@ysgol.example.org")
    stranger = a_place("x@ysgol.example.org", another_school())
    assert client.get(f"/schools/account-management/{elen.pk}/").status_code == 403
    assert client.get("/schools/duties/").status_code == 403
    assert client.post(f"/schools/users/{elen.pk}/appoint").status_code == 404
    for path in ("", "reset-password", "remove"):
        assert client.get(f"/schools/users/{stranger.pk}/{path}").status_code == 404


def test_admin_pages_need_the_second_step(client):
    come_in(client, a_school_administrator().user, verified=False)
    assert client.get("/schools/users/").status_code == 403


def duty(place, **changes):
    day = {"first_on-day": "1", "first_on-month": "6", "first_on-year": "2026"}
    return {"duty": "senco", "person": str(place.pk), "covers": "no"} | day | changes


LAST = {"last_on-day": "31", "last_on-month": "12", "last_on-year": "2090"}


@pytest.mark.req("GH-029")
def test_a_duty_is_handed_over_and_covered_until_a_last_day(client, sian):
    elen, mair = a_place("elen@ysgol.example.org"), a_place("mair@ysgol.example.org")
    day = NOON.date()
    assert [one.pk for one in answering(a_school().pk, "senco", on=day)] == [sian.pk]
    client.post("/schools/duties/", duty(elen))
    assert "Enter the last day of the cover" in client.post("/schools/duties/", duty(mair, covers="yes")).text
    assert client.post("/schools/duties/", duty(mair, covers="yes", **LAST)).status_code == 302
    assert {one.pk for one in answering(a_school().pk, "senco", on=day)} == {elen.pk, mair.pk}
    after = day.replace(year=2091)
    assert [one.pk for one in answering(a_school().pk, "senco", on=after)] == [elen.pk]
    client.post("/schools/duties/", duty(sian))
    assert {one.pk for one in answering(a_school().pk, "senco", on=day)} == {sian.pk, mair.pk}
    client.post(f"/schools/duties/{Duty.objects.get(covers=True).pk}/end")
    assert {one.pk for one in answering(a_school().pk, "senco", on=day)} == {sian.pk}


@pytest.mark.req("GH-029", "GH-033")
def test_what_a_leaver_answered_for_falls_to_the_supervisors_at_once(client, sian):
    elen = a_place("elen@ysgol.example.org")
    client.post("/schools/duties/", duty(elen))
    membership.remove_person(elen, holder=holder(sian), by=sian.user, now=NOON)
    assert [one.pk for one in answering(a_school().pk, "senco", on=NOON.date())] == [sian.pk]


@pytest.mark.req("SC-041")
def test_somebody_at_a_school_changes_their_name_without_typing_the_job_that_the_school_keeps(client):
    elen = a_place("elen@ysgol.example.org")
    come_in(client, elen.user)
    page = client.get("/account/personal-details").text
    assert 'name="job_role"' not in page
    assert 'name="organisation"' not in page
    assert "Your job at Carreg Primary School: Class Teacher." in page
    assert (
        client.post("/account/personal-details", {"forename": "Elen", "surname": "Prydderch"}).url
        == "/account/"
    )
    user = User.objects.get(pk=elen.user_id)
    assert (user.surname, user.job_role) == ("Prydderch", "Class Teacher")


def test_the_job_that_forms_begin_with_follows_the_one_that_the_school_keeps(client, bryn):
    elen = a_place("elen@ysgol.example.org")
    sent = typed(job_title=str(a_title("Headteacher").pk), locked="unlocked", revision=elen.revision)
    assert client.post(f"/schools/users/{elen.pk}/", sent).status_code == 302
    assert User.objects.get(pk=elen.user_id).job_role == "Headteacher"

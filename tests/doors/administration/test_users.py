"""Users: finding anybody, adding staff, groups and teams, and everything that is done to an account."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.people.accounts.models import Guard, User
from guildhall.people.accounts.services import administration
from guildhall.people.groups import queries as groups
from guildhall.people.groups import services as grants
from guildhall.people.membership.services import staff
from tests.mailbox import last_letter, link_in
from tests.standing import (
    NOON,
    PASSPHRASE,
    a_parent,
    a_person,
    a_professional,
    an_administrator,
    an_officer,
    another_parent,
    come_in,
)

pytestmark = pytest.mark.django_db
USERS = "administration:users"


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator(forename="Owen", surname="Clarke"))


def names(client: Client, **asked: str) -> list[str]:
    page = client.get(reverse(USERS), asked)
    assert page.status_code == 200
    found = [line.user.email for line in page.context["page"]]
    return [email for email in found if email]  # but for the program's own account


def do(client: Client, user: User, act: str, reason: str = "asked", **more: str):
    return client.post(reverse("administration:user-act", args=[user.pk, act]), {"reason": reason, **more})


def test_every_account_is_found_by_name_address_state_group_and_door(owen: Client):
    officer, parent, teacher = an_officer(user_name="apugh"), a_parent(surname="Rhys"), a_professional()
    User.objects.filter(pk=teacher.pk).update(state=User.State.LOCKED)

    assert set(names(owen)) >= {officer.email, parent.email, teacher.email}
    assert names(owen, q="rhys") == [parent.email]
    assert names(owen, q="APUGH") == [officer.email]
    assert names(owen, q="dilys example") == [parent.email]
    assert names(owen, state="locked") == [teacher.email]
    assert names(owen, group="send-officer") == [officer.email]
    assert names(owen, door="families") == [parent.email]
    assert names(owen, door="professionals") == [teacher.email]
    assert set(names(owen, door="council")) == {officer.email, an_administrator().email}
    assert names(owen, door="none") == []
    assert names(owen, state="rubbish", door="'; --", sort="password", page="x") == names(owen)


def test_the_list_sorts_by_every_column_both_ways(owen: Client):
    an_officer(user_name="apugh"), a_parent(), another_parent()
    for key in ("name", "email", "user-name", "state", "last"):
        assert sorted(names(owen, sort=key)) == sorted(names(owen, sort=f"-{key}"))
    assert names(owen, sort="email") == sorted(names(owen))
    assert names(owen, sort="-email") == sorted(names(owen), reverse=True)


def test_a_name_that_is_nearly_right_is_found_too(owen: Client):
    a_person("lewellyn@example.org", role="parent", forename="Bethan", surname="Llewellyn")
    page = owen.get(reverse(USERS), {"q": "Bethan Llywelyn"})
    assert [line.user.email for line in page.context["near"]] == ["lewellyn@example.org"]
    assert "nearly the same" in page.text
    assert "No account fits" in owen.get(reverse(USERS), {"q": "qqqqq"}).text


def test_the_list_costs_the_same_however_many_there_are(owen: Client, django_assert_max_num_queries):
    owen.get(reverse(USERS))
    for number in range(30):
        a_person(f"p{number}@example.org", role="parent")
    with django_assert_max_num_queries(9):
        owen.get(reverse(USERS))


@pytest.mark.req("SP-328")
def test_a_member_of_staff_is_added_gets_an_invitation_and_sets_a_password(owen: Client):
    typed = {
        "user_name": "apugh",
        "email": "A.Pugh@council.example.org",
        "forename": "Angharad",
        "surname": "Pugh",
    }
    wrong = owen.post(reverse("administration:user-new"), typed)
    assert "Choose at least one group" in wrong.text
    assert 'value="Angharad"' in wrong.text
    made = owen.post(reverse("administration:user-new"), typed | {"groups": "send-officer", "teams": "send"})

    user = User.objects.get(user_name="apugh")
    assert made["Location"] == reverse("administration:user", args=[user.pk])
    assert staff.places_of(user) == {("send-officer", "send")}
    assert user.two_step == "app"
    assert "Not set yet" in owen.get(made["Location"]).text
    letter = last_letter("a.pugh@council.example.org")
    both = {"password": "purple hill tractor moon", "password_again": "purple hill tractor moon"}
    assert Client().post(link_in(letter), both).status_code in {200, 302}
    user.refresh_from_db()
    assert user.check_password(both["password"])
    assert do(owen, user, "invite-again").status_code == 422


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("user_name", "", "Enter a user name"),
        ("user_name", "<b>", "Enter a user name"),
        ("email", "nobody", "Enter an email address"),
        ("forename", "", "Enter their first name"),
        ("surname", "x" * 61, "too long"),
        ("user_name", "OFFICER", "already"),
    ],
)
def test_wrong_details_of_new_staff_are_said_beside_the_field(
    owen: Client, field: str, value: str, words: str
):
    an_officer(user_name="officer")
    typed = {
        "user_name": "new",
        "email": "new@example.org",
        "forename": "A",
        "surname": "B",
        "groups": "auditor",
    }
    answer = owen.post(reverse("administration:user-new"), typed | {field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.req("GH-033")
def test_other_groups_count_at_the_next_request_of_an_open_session(owen: Client):
    officer = an_officer()
    open_page = come_in(Client(), officer)
    assert open_page.get("/council/review/").status_code == 200
    places = reverse("administration:user-places", args=[officer.pk])
    seen = staff.stamp_of(staff.places_of(officer))

    told = {"groups": "auditor", "reason": "left", "seen": seen}
    assert owen.post(places, told).status_code == 302
    assert open_page.get("/council/review/").status_code == 403
    assert open_page.get("/council/audit/").status_code == 200
    assert "What you can do has changed" in last_letter(officer.email).subject
    entry = Entry.objects.get(verb="membership.placed")
    assert entry.detail == {"groups": ["auditor"], "teams": [], "reason": "left"}
    # Somebody who had the page open from before changes nothing.
    late = owen.post(places, told | {"groups": "send-officer"})
    assert late.status_code == 422
    assert "Somebody else has changed" in late.text
    assert staff.places_of(officer) == {("auditor", "")}


def test_teams_stay_with_their_groups_and_new_ones_are_added_to_them(owen: Client):
    officer = an_officer()
    places = reverse("administration:user-places", args=[officer.pk])

    def put(in_groups: list[str], in_teams: list[str]) -> set[tuple[str, str]]:
        seen = staff.stamp_of(staff.places_of(officer))
        owen.post(places, {"groups": in_groups, "teams": in_teams, "reason": "other", "seen": seen})
        return set(staff.places_of(officer))

    both = ["send-officer", "safeguarding-officer"]
    assert put(both, ["send", "safeguarding"]) == {
        ("send-officer", "send"),
        ("safeguarding-officer", "safeguarding"),
    }
    moved = put(both, ["send", "early-help"])
    assert {group for group, _ in moved} == set(both)
    assert {team for _, team in moved if team} == {"send", "early-help"}
    assert ("send-officer", "send") in moved
    assert put(["send-officer"], []) == {("send-officer", "")}
    assert put(["send-officer"], ["send"]) == {("send-officer", "send")}


def test_running_the_portal_and_reading_children_is_confirmed_for_a_person_too(owen: Client):
    officer = an_officer()
    places = reverse("administration:user-places", args=[officer.pk])
    told = {
        "groups": ["send-officer", "administrator"],
        "teams": "send",
        "reason": "other",
        "seen": staff.stamp_of(staff.places_of(officer)),
    }
    asked = owen.post(places, told)
    assert asked.status_code == 422
    assert 'name="confirmed"' in asked.text
    assert owen.post(places, told | {"confirmed": "yes"}).status_code == 302
    assert Entry.objects.get(verb="membership.placed").detail["mixes"] is True


@pytest.mark.req("GH-033")
@pytest.mark.parametrize("act", ["lock", "disable", "reset-password", "reset-second-step"])
def test_every_open_session_ends_at_once_and_the_person_is_told(owen: Client, act: str):
    parent = a_parent()
    sessions = [come_in(Client(), parent) for _ in range(2)]
    assert all(one.get("/home").status_code == 200 for one in sessions)

    asked = owen.get(reverse("administration:user-act", args=[parent.pk, act]))
    assert asked.status_code == 200
    assert all(one.get("/home").status_code == 200 for one in sessions)  # asking does nothing
    assert do(owen, parent, act, "misuse").status_code == 302
    assert all(one.get("/home").status_code == 302 for one in sessions)
    assert last_letter(parent.email)


@pytest.mark.req("SP-291")
@pytest.mark.req("SP-290")
def test_a_password_is_reset_with_the_forgotten_password_email(owen: Client):
    parent = a_parent()
    assert do(owen, parent, "reset-password").status_code == 302

    parent.refresh_from_db()
    assert not parent.check_password(PASSPHRASE)
    letter = last_letter(parent.email)
    assert letter.subject == "Set a new password"
    both = {"password": "purple hill tractor moon", "password_again": "purple hill tractor moon"}
    assert Client().post(link_in(letter), both).status_code == 200
    parent.refresh_from_db()
    assert parent.check_password(both["password"])
    entry = Entry.objects.get(verb="account.password_reset")
    assert (entry.by_id, entry.detail) == (an_administrator().pk, {"reason": "asked"})


@pytest.mark.req("SP-291")
@pytest.mark.req("SP-290")
def test_an_email_address_is_changed_when_the_person_confirms_it(owen: Client):
    parent = a_parent()
    session = come_in(Client(), parent)
    address = reverse("administration:user-email", args=[parent.pk])
    assert owen.post(address, {"email": "nonsense", "reason": "asked"}).status_code == 422
    assert owen.post(address, {"email": "new@example.org"}).status_code == 422
    taken = owen.post(address, {"email": another_parent().email, "reason": "asked"})
    assert "Another account has this email address" in taken.text

    assert owen.post(address, {"email": "New@example.org", "reason": "asked"}).status_code == 302
    assert session.get("/home").status_code == 302
    assert last_letter("dilys@example.org").subject == "Your email address is being changed"
    letter = last_letter("new@example.org")
    assert Client().post(link_in(letter)).status_code == 200
    parent.refresh_from_db()
    assert (parent.email, parent.state) == ("new@example.org", "active")


def test_a_locked_account_is_unlocked_by_whoever_locked_it(owen: Client):
    parent = a_parent()
    do(owen, parent, "lock")
    parent.refresh_from_db()
    assert parent.state == "locked"
    do(owen, parent, "unlock")
    parent.refresh_from_db()
    assert parent.state == "active"

    later = timezone.now() + timedelta(minutes=10)
    Guard.objects.create(what="password", whose=f"user:{parent.pk}", shut_until=later)
    page = owen.get(reverse("administration:user", args=[parent.pk])).text
    assert "Kept out for a time" in page
    do(owen, parent, "unlock")
    assert not Guard.objects.filter(whose=f"user:{parent.pk}", what="password").exists()


def test_a_disabled_account_is_enabled_again(owen: Client):
    officer = an_officer()
    do(owen, officer, "disable", "left")
    officer.refresh_from_db()
    assert officer.state == "disabled"
    assert do(owen, officer, "enable", "mistake").status_code == 302
    officer.refresh_from_db()
    assert officer.state == "active"
    assert staff.places_of(officer) == {("send-officer", "send")}


@pytest.mark.parametrize("act", administration.ACTS)
def test_each_act_asks_why_and_is_done_once(owen: Client, act: str):
    officer = an_officer()
    if act == "enable":
        User.objects.filter(pk=officer.pk).update(state="disabled")
    if act == "invite-again":
        User.objects.filter(pk=officer.pk).update(password="!")
    assert "Choose why" in do(owen, officer, act, "").text
    assert do(owen, officer, act, "because").status_code == 422
    assert do(owen, officer, act, "other").status_code == 302
    assert Entry.objects.filter(
        about_kind="accounts.user", about_id=str(officer.pk), by_id=an_administrator().pk
    )
    if act in {"lock", "disable", "enable"}:
        assert do(owen, officer, act, "other").status_code == 422  # it is done: nothing more happens


def test_nobody_acts_on_their_own_account_or_gives_themselves_a_group(owen: Client):
    me = an_administrator()
    for act in administration.ACTS:
        assert do(owen, me, act).status_code == 422
    seen = staff.stamp_of(staff.places_of(me))
    told = {"groups": ["administrator", "auditor"], "reason": "other", "seen": seen}
    assert owen.post(reverse("administration:user-places", args=[me.pk]), told).status_code == 422
    assert (
        owen.post(
            reverse("administration:user-email", args=[me.pk]), {"email": "x@example.org", "reason": "asked"}
        ).status_code
        == 422
    )
    me.refresh_from_db()
    assert (me.state, staff.places_of(me)) == ("active", {("administrator", "")})
    assert "your own account" in owen.get(reverse("administration:user", args=[me.pk])).text


def test_whoever_manages_users_only_takes_over_nobody_who_manages_groups():
    owen, officer = an_administrator(), an_officer()
    helper = a_person("helper@council.example.org", role="auditor")
    a_person("zainab@council.example.org", role="administrator")
    kept = groups.as_kept()["auditor"]
    wanted = {"auditor": kept.processes | {"users"}}
    grants.change_groups(wanted, seen={"auditor": 0}, by=owen, now=NOON)
    told = {"reason": "asked", "by": helper, "now": NOON}
    for act in ("lock", "reset-password", "reset-second-step", "disable"):
        with pytest.raises(staff.TooHigh):
            staff.act_on(owen, act=act, **told)
    with pytest.raises(staff.TooHigh):
        staff.change_email(owen, email="mine@example.org", **told)
    for user, into in ((officer, ["administrator"]), (owen, ["auditor"])):
        seen = staff.stamp_of(staff.places_of(user))
        with pytest.raises(staff.TooHigh):
            staff.change_places(user, in_groups=into, in_teams=[], seen=seen, confirmed=True, **told)
    new = {"user_name": "new", "email": "n@example.org", "forename": "N", "surname": "N"}
    with pytest.raises(staff.TooHigh):
        staff.invite_staff(new, in_groups=["administrator"], in_teams=[], by=helper, now=NOON)

    staff.act_on(officer, act="lock", **told)
    officer.refresh_from_db()
    assert officer.state == "locked"


def test_somebody_who_can_sign_in_is_left_to_manage_users_and_groups():
    owen = an_administrator()
    helper = a_person("helper@council.example.org", role="auditor")
    kept = groups.as_kept()["auditor"]
    wanted = {"auditor": kept.processes | {"groups"}}
    grants.change_groups(wanted, seen={"auditor": 0}, by=owen, now=NOON)
    for act in ("lock", "disable"):
        with pytest.raises(staff.NobodyLeft):
            staff.act_on(owen, act=act, reason="other", by=helper, now=NOON)
    with pytest.raises(staff.NobodyLeft):
        staff.change_email(owen, email="else@example.org", reason="other", by=helper, now=NOON)
    with pytest.raises(staff.NobodyLeft):
        staff.change_places(
            owen,
            in_groups=["send-officer"],
            in_teams=[],
            seen=staff.stamp_of(staff.places_of(owen)),
            reason="other",
            by=helper,
            now=NOON,
        )
    owen.refresh_from_db()
    assert owen.state == "active"


def test_a_persons_page_shows_details_groups_second_step_and_history(owen: Client):
    officer = an_officer(user_name="apugh", job_role="SEND officer")
    do(owen, officer, "lock")
    page = owen.get(reverse("administration:user", args=[officer.pk])).text

    for words in (
        "apugh",
        "SEND officer",
        "SEND officers (Special educational",
        "Locked",
        ">Not set up yet<",
    ):
        assert words in page
    assert f"locked account {officer}" in page and f"account {officer.pk}" not in page
    assert reverse("administration:user-act", args=[officer.pk, "unlock"]) in page
    assert reverse("administration:user-act", args=[officer.pk, "lock"]) not in page


def test_unknown_people_and_acts_are_not_there(owen: Client):
    parent = a_parent()
    assert owen.get(reverse("administration:user", args=[987654321])).status_code == 404
    assert owen.get(reverse("administration:user-act", args=[parent.pk, "delete"])).status_code == 404
    assert owen.get(reverse("administration:user-places", args=[parent.pk])).status_code == 404
    assert owen.get(reverse("administration:user-act", args=[parent.pk, "invite-again"])).status_code == 404


@pytest.mark.req("SP-331")
@pytest.mark.parametrize("person", [an_officer, a_parent, a_professional])
def test_nobody_else_opens_users_or_acts_on_them(client: Client, person):
    victim = another_parent()
    come_in(client, person())
    assert client.get(reverse(USERS)).status_code == 403
    assert client.get(reverse("administration:user", args=[victim.pk])).status_code == 403
    assert do(client, victim, "lock").status_code == 403
    victim.refresh_from_db()
    assert victim.state == "active"

"""Changing what groups may do: at once, for everybody, never upwards for oneself, and nothing overwritten."""

import pytest
from django.test import Client

from guildhall.foundation.access.permissions import ROLES, Permission
from guildhall.foundation.audit.models import Entry
from guildhall.people.accounts.models import User
from guildhall.people.groups import queries, services
from guildhall.people.groups.models import Change
from guildhall.people.membership import queries as members
from guildhall.people.membership import services as membership
from tests.standing import NOON, a_person, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db


def change(by: User | None = None, *, confirmed: bool = False, seen: dict | None = None, **wanted: set[str]):
    """Let groups (with _ for -) do just these processes."""
    named = {key.replace("_", "-"): frozenset(processes) for key, processes in wanted.items()}
    kept = queries.as_kept()
    seen = seen if seen is not None else {key: kept[key].revision for key in named}
    return services.change_groups(named, seen=seen, by=by, now=NOON, confirmed=confirmed)


def has(key: str) -> set[str]:
    return set(queries.as_kept()[key].processes)


@pytest.mark.req("SP-328")
def test_as_supplied_groups_do_what_their_roles_say():
    for key in queries.SUPPLIED:
        assert queries.powers_of(frozenset({key})).permissions == ROLES[key].permissions


@pytest.mark.req("SP-328")
def test_people_do_what_their_group_was_given_and_no_longer_what_it_lost():
    officer, by = an_officer(), an_administrator()
    change(by, send_officer=has("send-officer") - {"matching"} | {"status"})

    holder = members.holder_for(officer, verified=True)
    assert holder.may(Permission.SEE_STATUS)
    assert not holder.may(Permission.MATCH_CHILDREN)
    assert holder.may(Permission.READ_FORMS)
    assert holder.doors == {"council"}
    entry = Entry.objects.get(verb="groups.changed")
    assert entry.detail == {"given": ["status"], "taken": ["matching"], "people": 1}
    assert (entry.by_id, entry.about_id) == (by.pk, "send-officer")


def test_a_process_that_shares_a_permission_with_another_takes_only_its_own_away():
    change(safeguarding_officer=has("safeguarding-officer") | {"access"})
    change(safeguarding_officer=has("safeguarding-officer") - {"access"})

    assert Permission.READ_FORMS in queries.powers_of(frozenset({"safeguarding-officer"})).permissions


def test_a_group_that_lost_everything_still_has_its_account_and_messages():
    change(send_officer=set())

    assert queries.powers_of(frozenset({"send-officer"})).permissions == queries.EVERYBODY


@pytest.mark.req("GH-033")
def test_every_open_session_knows_at_its_next_request(django_assert_num_queries):
    officer = an_officer()
    here, there = come_in(Client(), officer), come_in(Client(), officer)
    assert here.get("/council/matching/").status_code == 200
    assert there.get("/council/matching/").status_code == 200

    change(send_officer=has("send-officer") - {"matching"})
    assert here.get("/council/matching/").status_code == 403
    assert there.get("/council/matching/").status_code == 403
    change(send_officer=has("send-officer") | {"matching"})
    assert here.get("/council/matching/").status_code == 200

    with django_assert_num_queries(2):  # freshness and the session: the groups cost nothing
        here.post("/account/keep-alive")


@pytest.mark.req("GH-033")
def test_another_process_that_held_the_old_table_reads_it_again(monkeypatch):
    client = come_in(Client(), an_officer())
    client.get("/council/")
    held_elsewhere = queries._groups._kept
    change(send_officer=set())
    monkeypatch.setattr(queries._groups, "_kept", held_elsewhere)

    assert client.get("/council/matching/").status_code == 403


def test_nobody_gives_their_own_group_more():
    by = an_administrator()

    with pytest.raises(services.LiftsOneself):
        change(by, administrator=has("administrator") | {"children"}, confirmed=True)
    assert "children" not in has("administrator")
    change(by, administrator=has("administrator") - {"cache"})
    assert "cache" not in has("administrator")


def test_somebody_who_can_sign_in_is_left_to_manage_groups():
    by = an_administrator()
    with pytest.raises(services.NobodyManagesGroups):
        change(by, administrator=has("administrator") - {"groups"})
    change(by, auditor=has("auditor") | {"groups"})
    with pytest.raises(services.NobodyManagesGroups):  # nobody is in that group
        change(by, administrator=has("administrator") - {"groups"})

    other = a_person("helen@council.example.org", role="auditor")
    change(by, administrator=has("administrator") - {"groups"})
    User.objects.filter(pk=other.pk).update(state=User.State.LOCKED)
    with pytest.raises(services.NobodyManagesGroups):
        change(other, auditor=has("auditor") - {"groups"})


def test_running_the_portal_and_reading_children_has_to_be_confirmed_and_is_kept_in_the_audit():
    with pytest.raises(services.MixesDuties):
        change(administrator=has("administrator") | {"children"})
    assert "children" not in has("administrator")

    change(administrator=has("administrator") | {"children"}, confirmed=True)
    assert Entry.objects.get(verb="groups.changed").detail["mixes"] is True


def test_two_people_who_edit_one_group_at_once_overwrite_nothing():
    seen = {"send-officer": 0, "auditor": 0}
    first = has("send-officer") | {"status"}
    second = has("send-officer") | {"texts"}
    change(send_officer=first, seen=seen)

    with pytest.raises(services.GroupsChanged) as refused:
        change(send_officer=second, seen=seen)
    assert refused.value.keys == ["send-officer"]
    assert has("send-officer") == first
    change(auditor=has("auditor") | {"status"}, seen=seen)  # another group is nobody's business
    assert "status" in has("auditor")


def test_the_same_again_is_no_change():
    assert change(send_officer=has("send-officer")) is None
    assert not Change.objects.exists()
    assert not Entry.objects.filter(verb="groups.changed").exists()


def test_unknown_processes_and_groups_are_nothing():
    change(send_officer=has("send-officer") | {"rule the world"})
    assert not Change.objects.exists()
    services.change_groups({"kings": frozenset({"users"})}, seen={}, by=None, now=NOON)
    assert queries.standing("kings") is None


def test_a_change_is_taken_back_once_unless_somebody_changed_the_group_since():
    by = an_administrator()
    before = has("send-officer")
    done = change(by, send_officer=before | {"texts"})
    services.undo_change(done, by=by, now=NOON)
    assert has("send-officer") == before
    with pytest.raises(services.GroupsChanged):
        services.undo_change(done, by=by, now=NOON)

    again = change(by, send_officer=before | {"texts"})
    change(by, send_officer=before | {"texts", "status"})
    with pytest.raises(services.GroupsChanged):
        services.undo_change(again, by=by, now=NOON)
    assert has("send-officer") == before | {"texts", "status"}


@pytest.mark.req("SP-328")
def test_a_group_of_the_authoritys_own_begins_with_nothing_and_opens_the_councils_door():
    by = an_administrator()
    group = services.make_group(
        {"en": "Helpline", "cy": "Llinell gymorth"}, why={"en": "", "cy": ""}, by=by, now=NOON
    )
    person = a_person("help@council.example.org", role=group.key)
    holder = members.holder_for(person, verified=True)
    assert (holder.permissions, holder.doors) == (queries.EVERYBODY, {"council"})
    person.refresh_from_db()
    assert person.two_step == "app"

    change(by, helpline={"invitations"})
    assert members.holder_for(person, verified=True).may(Permission.INVITE_PROFESSIONALS)


@pytest.mark.parametrize("name", ["", "!!!", "Administrators", "administrator", "Gweinyddwyr", "parent"])
def test_a_group_needs_a_name_that_no_other_group_or_role_has(name):
    with pytest.raises(services.NameNeeded):
        services.make_group({"en": name, "cy": ""}, why={}, by=an_administrator(), now=NOON)


def test_a_group_with_people_in_it_and_a_supplied_one_cannot_be_ended():
    by = an_administrator()
    services.make_group({"en": "Helpline", "cy": ""}, why={}, by=by, now=NOON)
    person = a_person("help@council.example.org", role="helpline")
    for key in ("helpline", "auditor", "nothing"):
        with pytest.raises(services.GroupInUse):
            services.end_group(key, by=by, now=NOON)
    membership.end_role(person.memberships.get(), by=by, now=NOON)
    services.end_group("helpline", by=by, now=NOON)

    assert "helpline" not in [group.key for group in queries.groups()]
    with pytest.raises(membership.NoSuchRole):
        membership.give_role(person, role="helpline", by=by, now=NOON)


def test_the_words_of_ones_own_group_change_and_those_of_a_supplied_one_do_not():
    by = an_administrator()
    services.make_group({"en": "Helpline", "cy": ""}, why={"en": "They help."}, by=by, now=NOON)
    words = {"why": {"en": "They answer the telephone."}, "by": by, "now": NOON}
    services.change_words(
        "helpline", name={"en": "Telephone helpline", "cy": "Llinell gymorth"}, seen=0, **words
    )
    kept = queries.as_kept()["helpline"]
    assert (kept.name("en"), kept.name("cy"), kept.why("cy")) == (
        "Telephone helpline",
        "Llinell gymorth",
        "They answer the telephone.",
    )
    with pytest.raises(services.GroupsChanged):
        services.change_words("helpline", name={"en": "Other"}, seen=0, **words)
    with pytest.raises(services.GroupInUse):
        services.change_words("auditor", name={"en": "Other"}, seen=0, **words)

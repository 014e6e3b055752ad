"""The one table of business processes: what it promises, against the permissions and the roles."""

import pytest

from guildhall.foundation.access.permissions import ROLES, Permission
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.people.groups import processes as table
from guildhall.people.groups import queries

# What no group can be given: everybody has it, or it belongs to people outside the council.
NOT_GIVEN = queries.EVERYBODY | {
    Permission.KEEP_FAMILY,
    Permission.READ_SHARED,
    Permission.USE_SCHOOL,
    Permission.MANAGE_SCHOOL_USERS,
    Permission.SUPERVISE_SCHOOL,
}


@pytest.mark.req("GH-032")
def test_every_permission_of_the_council_is_in_the_table():
    assert set(Permission) - table.GIVEN == NOT_GIVEN


@pytest.mark.req("SP-328")
@pytest.mark.parametrize("key", queries.SUPPLIED)
def test_a_supplied_group_has_exactly_what_its_role_says(key):
    supplied = ROLES[key].permissions
    assert (supplied - table.GIVEN) | table.allows(table.carried(supplied)) == supplied


@pytest.mark.req("SP-329")
@pytest.mark.req("SP-330")
def test_the_processes_of_the_handbook_have_their_names():
    named = {
        area: [
            catalogue()[f"administration.Process_{one.text}"]["en"]
            for one in table.PROCESSES.values()
            if one.area == area
        ]
        for area in table.AREAS
    }
    assert catalogue()["administration.ProcessArea_send"]["en"] == "SEND Portals"
    assert named["send"] == ["Review of submitted forms", "Form builder"]
    assert catalogue()["administration.ProcessArea_forms"]["en"] == "EHCP and SEND Portals Forms"
    assert named["forms"] == [
        "Access to SEND forms",
        "Complete and save SEND forms",
        "Delete SEND forms",
    ]
    assert "GDPR Administration: Read-Write" in named["gdpr"]


def test_every_process_says_what_it_is_for():
    lacking = [
        name
        for one in table.PROCESSES.values()
        for name in (f"administration.Process_{one.text}", f"administration.Process_Why_{one.text}")
        if name not in catalogue()
    ]
    assert lacking == []


def test_what_mixes_is_running_the_portal_and_reading_children():
    assert not table.mixes(frozenset({"users", "groups", "settings", "texts"}))
    assert not table.mixes(frozenset({"review", "children", "matching"}))
    assert table.mixes(frozenset({"users", "children"}))


@pytest.mark.django_db
@pytest.mark.parametrize("key", queries.SUPPLIED)
def test_every_supplied_group_has_its_words(key):
    group = queries.as_kept()[key]
    for language in ("en", "cy"):
        assert group.name(language)
        assert group.why(language)

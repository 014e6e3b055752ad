"""What somebody may do: as their roles are supplied, or just what the authority's groups say."""

from dataclasses import replace

import pytest

from guildhall.foundation.access.holder import NOBODY, Holder
from guildhall.foundation.access.permissions import ROLES, SERVICES, Permission, Powers

OFFICER = frozenset({"send-officer"})


@pytest.mark.parametrize("key", ROLES)
def test_without_anything_said_a_role_is_as_supplied(key):
    holder = Holder(1, frozenset({key}))
    assert holder.permissions == ROLES[key].permissions
    assert holder.doors == {ROLES[key].door}


def test_given_powers_go_before_the_roles_also_when_they_are_nothing():
    powers = Powers(frozenset(), frozenset({"council"}))
    holder = Holder(1, OFFICER, powers=powers)
    assert not holder.may(Permission.READ_FORMS)
    assert holder.doors == {"council"}
    assert replace(holder, verified=True).permissions == frozenset()


def test_an_unknown_role_and_nobody_may_do_nothing():
    assert Holder(1, frozenset({"king"})).permissions == frozenset()
    assert NOBODY.permissions == frozenset()
    assert NOBODY.doors == frozenset()


@pytest.mark.req("SP-332")
@pytest.mark.parametrize("team", SERVICES)
def test_the_forms_of_a_service_need_its_permission_besides_the_team(team):
    without = Holder(1, teams=frozenset({team}))
    powers = Powers(frozenset({SERVICES[team]}), frozenset({"council"}))
    assert without.services == frozenset()
    assert replace(without, powers=powers).services == {team}
    assert Holder(1, powers=powers).services == frozenset()

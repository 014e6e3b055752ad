"""Row T3 of the threat table: whose role keeps the users of which school, for every role there is."""

import pytest

from guildhall.foundation.access.permissions import ROLES, Permission
from guildhall.people.membership import rules
from guildhall.people.membership.queries import holder_from

from ..standing import a_parent

OWN, OTHER = 1, 2
KEEP, SUPERVISE = {"school-administrator", "school-supervisor"}, {"school-supervisor"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_role_at_one_school_keeps_nobody_at_another_and_only_keepers_keep_their_own(role):
    holder = holder_from(a_parent(), [(role, "", OWN)], verified=True)
    council = Permission.MANAGE_USERS in ROLES[role].permissions

    assert rules.keeps(holder, OWN) == (council or role in KEEP)
    assert rules.supervises(holder, OWN) == (council or role in SUPERVISE)
    assert (rules.keeps(holder, OTHER), rules.supervises(holder, OTHER)) == (council, council)
    assert holder.doors == {ROLES[role].door}

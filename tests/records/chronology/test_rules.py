"""Who reads an event: one table, both ways."""

import pytest

from guildhall.foundation.access.holder import Holder
from guildhall.records.chronology.rules import may_read

OFFICER = {"send": "send-officer", "safeguarding": "safeguarding-officer", "early-help": "early-help-officer"}


@pytest.mark.req("SP-217")
@pytest.mark.parametrize(
    ("reader", "read"),
    [
        ("send", {"send", "transport"}),
        ("early-help", {"send", "early-help", "transport"}),
        ("safeguarding", {"send", "early-help", "safeguarding", "transport"}),
    ],
)
def test_safeguarding_and_early_help_read_what_send_knows_and_not_the_other_way(reader: str, read: set[str]):
    holder = Holder(user_id=1, roles=frozenset({OFFICER[reader]}), teams=frozenset({reader}))

    teams = ("send", "early-help", "safeguarding", "transport")
    assert {team for team in teams if may_read(holder, team)} == read


def test_whoever_does_not_read_children_reads_no_event():
    holder = Holder(user_id=1, roles=frozenset({"parent"}), teams=frozenset({"send"}))

    assert not may_read(holder, "send")

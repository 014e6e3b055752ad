"""Children who wait are held against the records again while they wait."""

from datetime import date, timedelta

import pytest

from guildhall.foundation.authority import services as authority
from guildhall.records.linkage import services
from tests.records.some import a_child, a_mention
from tests.standing import NOON, an_officer

pytestmark = [pytest.mark.django_db, pytest.mark.req("GH-012")]
SOON = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def by_hand(db):
    """The machine links nothing by itself here."""
    authority.change_setting("matching.automatic", value=False, by=None, now=NOON)


def test_a_record_that_came_since_changes_what_is_said_and_links_nothing():
    mention = a_mention()
    version, a_record = mention.version, a_child()
    assert services.look_at_waiting(SOON) == 1
    mention.refresh_from_db()
    assert (mention.outcome, mention.reasons, mention.looked_at) == ("match", ["switched_off"], SOON)
    assert (mention.state, mention.child, mention.version) == ("waiting", None, version)
    assert a_record.mentions.count() == 0


def test_a_record_that_was_taken_away_changes_it_back():
    child, mention = a_child(), a_mention()
    services.match_mention(a_mention("2"), child=child, choices={}, by=an_officer(), now=NOON)
    assert mention.outcome == "match"
    child.removed_at = NOON
    child.save()
    services.look_at_waiting(SOON)
    mention.refresh_from_db()
    assert (mention.outcome, mention.best_score) == ("none", None)


def test_what_was_looked_at_lately_or_is_settled_is_left_alone():
    a_mention("1")
    settled = a_mention("2", born_on=date(2012, 9, 20))
    services.reject_mention(settled, by=an_officer(), now=NOON)
    assert services.look_at_waiting(NOON) == 0
    assert services.look_at_waiting(SOON) == 1
    assert services.look_at_waiting(SOON) == 0


def test_the_longest_not_looked_at_come_first():
    for number in range(3):
        a_mention(str(number), forename=f"Gwen{number}", born_on=date(2012, 9, 20 + number))
    later = SOON + timedelta(minutes=5)
    assert [services.look_at_waiting(SOON, most=2) for _ in range(3)] == [2, 1, 0]
    assert services.look_at_waiting(later, most=5) == 3

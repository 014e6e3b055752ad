"""The chronology of a child."""

from datetime import timedelta

import pytest

from guildhall.records.chronology import queries, services
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage import services as linkage
from tests.records.some import a_child, a_mention
from tests.standing import NOON, a_parent, an_officer, another_parent

pytestmark = pytest.mark.django_db
TITLE = {"en": "Request for an EHC needs assessment", "cy": "Cais am asesiad anghenion AIG"}


def _entry(mention, source_id="1", *, happened_at=NOON, shown_from=None) -> Entry:
    return services.write_entry(
        mention,
        kind="submission",
        source_id=source_id,
        title=TITLE,
        happened_at=happened_at,
        shown_from=shown_from,
    )


@pytest.mark.req("SP-216")
def test_a_form_is_on_the_chronology_once_submitted_matched_and_approved():
    child, mention = a_child(forename="Alys"), a_mention()
    entry = _entry(mention)
    assert list(queries.entries_of(child)) == []

    services.show_entry("submission", "1", now=NOON)
    assert list(queries.entries_of(child)) == []

    choices = {"forename": "ours"}
    decision = linkage.match_mention(
        mention, child=child, choices=choices, by=an_officer(), now=NOON, confirmed=True
    )
    assert list(queries.entries_of(child)) == [entry]

    linkage.undo_decision(decision, by=an_officer(), now=NOON)
    assert list(queries.entries_of(child)) == []


@pytest.mark.req("SP-217")
def test_the_same_form_from_both_parents_makes_two_events():
    child = a_child()
    for number, parent in enumerate((a_parent(), another_parent())):
        _entry(a_mention(str(number), said_by=parent), str(number), shown_from=NOON)
    assert queries.entries_of(child).count() == 2


def test_the_newest_event_comes_first():
    child = a_child()
    mention = a_mention()
    old = _entry(mention, "old", happened_at=NOON - timedelta(days=3), shown_from=NOON)
    new = _entry(mention, "new", shown_from=NOON)
    assert list(queries.entries_of(child)) == [new, old]


def test_a_source_is_written_once_and_shown_once():
    mention = a_mention()
    assert _entry(mention) == _entry(mention)
    services.show_entry("submission", "1", now=NOON)
    assert services.show_entry("submission", "1", now=NOON + timedelta(days=9)).shown_from == NOON


def test_showing_what_was_never_written_is_a_fault():
    with pytest.raises(services.NoSuchEntry):
        services.show_entry("submission", "404", now=NOON)

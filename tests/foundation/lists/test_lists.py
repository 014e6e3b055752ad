"""What is done with an entry of a list of the authority, whichever list it is."""

import pytest

from guildhall.foundation.audit.models import Entry as Event
from guildhall.foundation.lists import services as lists
from guildhall.foundation.lists.models import Entry
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.people.calendars.models import ClosureReason

from ...standing import NOON, an_administrator

DONE = ("added", "changed", "retired", "back", "moved")


def test_whatever_is_done_with_an_entry_of_any_list_has_words_in_the_audit():
    verbs = [f"{kind.event}_{done}" for kind in Entry.__subclasses__() for done in DONE]
    assert len(verbs) >= 15
    assert [v for v in verbs if f"administration.Audit_{v.replace('.', '_')}" not in catalogue()] == []


@pytest.mark.django_db
def test_an_act_that_changes_nothing_is_not_told():
    by = an_administrator()
    gas = lists.add_entry(ClosureReason(name={"en": "Gas", "cy": "Nwy"}), by=by, now=NOON)
    for act in (lists.bring_back_entry, lists.retire_entry, lists.retire_entry, lists.bring_back_entry):
        act(gas, by=by, now=NOON)
    lists.move_entry(gas, up=False, by=by, now=NOON)

    told = Event.objects.filter(verb__startswith="calendars.").order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["calendars.reason_added", "calendars.reason_retired", "calendars.reason_back"]

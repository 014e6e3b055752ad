"""Second looks at what people decided."""

from datetime import date, timedelta

import pytest

from guildhall.foundation.audit import queries as audit
from guildhall.foundation.audit.models import Entry as AuditEntry
from guildhall.foundation.authority import services as authority
from guildhall.people.membership.queries import holder_for
from guildhall.records.linkage import doubts, services
from guildhall.records.linkage.models import Decision, SecondLook
from tests.records.some import a_child, a_mention
from tests.standing import NOON, a_parent, a_safeguarding_officer, an_officer

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=3)


@pytest.fixture(autouse=True)
def by_hand(db):
    """The machine links nothing by itself here."""
    authority.change_setting("matching.automatic", value=False, by=None, now=NOON)


def _matched(number: str, child, **written) -> Decision:
    mention = a_mention(number, **written)
    choices = dict.fromkeys(("forename", "surname", "born_on", "gender", "address", "upn"), "theirs")
    return services.match_mention(
        mention, child=child, choices=choices, by=an_officer(), now=NOON, confirmed=True
    )


def _doubts() -> dict[int, str]:
    found = doubts.doubted_by(holder_for(an_officer(), verified=True))
    return {look.decision_id: look.doubt for look in found}


def test_a_match_with_somebody_else_is_doubted_by_what_the_record_said_then():
    stranger = {"forename": "Tomos", "surname": "Rees", "born_on": date(2009, 9, 9), "postcode": "KT1 1AA"}
    wrong = _matched("1", a_child(address_lines=()), **stranger)
    _matched(
        "2", a_child(forename="Gwen", born_on=date(2011, 1, 1)), forename="Gwen", born_on=date(2011, 1, 1)
    )
    assert services.look_again(LATER) == 2
    assert _doubts() == {wrong.pk: "unlike"}


def test_a_match_with_a_twin_and_one_with_another_number_are_doubted():
    twin = _matched("1", a_child(forename="Carys"))
    number = _matched(
        "2",
        a_child(forename="Idris", born_on=date(2010, 1, 1), upn="A123456789012"),
        forename="Idris",
        born_on=date(2010, 1, 1),
        upn="B123456789012",
    )
    services.look_again(LATER)
    assert _doubts() == {twin.pk: "sibling", number.pk: "upn"}


def test_a_child_who_was_rejected_or_added_though_a_record_fits_is_doubted():
    child = a_child()
    rejected = services.reject_mention(a_mention("1"), by=an_officer(), now=NOON)
    added = services.add_child_for(a_mention("2"), by=an_officer(), now=NOON)
    fine = services.reject_mention(
        a_mention(
            "3", forename="Tomos", surname="Bowen", born_on=date(2009, 9, 9), postcode="", address_lines=()
        ),
        by=an_officer(),
        now=NOON,
    )
    services.look_again(LATER)
    assert _doubts() == {rejected.pk: "rejected", added.pk: "added"}
    assert SecondLook.objects.get(decision=added).child == child
    assert SecondLook.objects.get(decision=fine).doubt == ""


def test_an_added_child_is_no_longer_doubted_when_the_records_are_merged():
    child = a_child()
    added = services.add_child_for(a_mention("2"), by=an_officer(), now=NOON)
    services.merge_children(child, added.child, choices={}, by=an_officer(), now=NOON, confirmed=True)
    services.look_again(LATER)
    assert _doubts() == {}


def test_decisions_of_the_machine_and_those_taken_back_are_left_alone():
    a_child()
    undone = services.reject_mention(a_mention("1"), by=an_officer(), now=NOON)
    services.undo_decision(undone, by=an_officer(), now=NOON)
    authority.change_setting("matching.automatic", value=True, by=None, now=NOON)
    assert a_mention("2").state == "linked"
    assert services.look_again(LATER) == 0


def test_every_decision_is_looked_at_once_a_bounded_number_at_a_time_and_again_after_a_month():
    for number in range(5):
        services.reject_mention(a_mention(str(number)), by=an_officer(), now=NOON)
    assert [services.look_again(LATER, most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert services.look_again(LATER + timedelta(days=31)) == 5
    SecondLook.objects.update(model="older")
    assert services.look_again(LATER + timedelta(days=31)) == 5


def test_a_decision_that_a_person_keeps_is_not_brought_up_again():
    a_child()
    services.reject_mention(a_mention("1"), by=an_officer(), now=NOON)
    services.look_again(LATER)
    look = SecondLook.objects.get()
    services.keep_decision(look, by=a_safeguarding_officer(), now=LATER)
    assert _doubts() == {}
    assert services.look_again(LATER + timedelta(days=31)) == 0
    with pytest.raises(services.CheckedAlready, match="already"):
        services.keep_decision(look, by=an_officer(), now=LATER)
    entry = AuditEntry.objects.get(verb="linkage.decision_checked")
    for language in ("en", "cy"):
        assert entry.verb not in audit.presented(entry, language)


def test_doubts_are_for_people_who_match_children():
    a_child()
    services.reject_mention(a_mention("1"), by=an_officer(), now=NOON)
    services.look_again(LATER)
    assert not doubts.doubted_by(holder_for(a_parent(), verified=True)).exists()

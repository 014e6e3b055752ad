"""An officer decides, and takes it back."""

import threading
import uuid
from datetime import date

import pytest
from django.db import connection

from guildhall.foundation.audit.models import Entry as AuditEntry
from guildhall.foundation.authority import services as authority
from guildhall.records.children import services as children
from guildhall.records.children.models import Child
from guildhall.records.children.snapshots import snapshot
from guildhall.records.linkage import queries, services
from guildhall.records.linkage.models import Decision, Mention
from guildhall.records.linkage.services.queue import USER_NAME
from tests.records.some import a_child, a_mention
from tests.standing import NOON, a_parent, a_safeguarding_officer, an_officer

pytestmark = pytest.mark.django_db
State = Mention.State
LATER = NOON.replace(hour=15)


@pytest.fixture(autouse=True)
def by_hand(db):
    """The machine links nothing by itself here."""
    authority.change_setting("matching.automatic", value=False, by=None, now=NOON)


def _columns(mention: Mention) -> dict:
    """Everything of the mention but the lock's counter."""
    mention.refresh_from_db()
    return {
        field.attname: getattr(mention, field.attname)
        for field in Mention._meta.concrete_fields
        if field.attname != "version"
    }


def _rows() -> dict:
    return {
        child.pk: (snapshot(child), sorted(child.also_keys.values_list("kind", "value")))
        for child in Child.objects.all()
    }


@pytest.mark.req("SP-211", "SP-205")
def test_a_match_ties_the_mention_to_the_record():
    child, mention = a_child(), a_mention()
    decision = services.match_mention(mention, child=child, choices={}, by=an_officer(), now=LATER)
    mention.refresh_from_db()
    assert (mention.state, mention.child, mention.settled_at, mention.settled_by) == (
        "linked",
        child,
        LATER,
        an_officer(),
    )
    assert (decision.verb, decision.by, decision.at) == ("matched", an_officer(), LATER)
    assert decision.explanation["fields"][0][:2] == ["forename", "exact"]
    assert AuditEntry.objects.get(verb="linkage.matched").child_id == child.pk


@pytest.mark.req("SP-213", "SP-214")
@pytest.mark.parametrize(
    ("written", "choices", "expected"),
    [
        ({"surname": "Morgan"}, {"surname": "ours"}, {"surname": "Pugh", "other_names": []}),
        (
            {"surname": "Morgan"},
            {"surname": "theirs"},
            {
                "surname": "Morgan",
                "other_names": [{"forename": "Angharad", "midname": "", "surname": "Pugh", "kind": "former"}],
            },
        ),
        (
            {"surname": "Morgan"},
            {"surname": "both"},
            {
                "surname": "Pugh",
                "other_names": [{"forename": "Angharad", "midname": "", "surname": "Morgan", "kind": "also"}],
            },
        ),
        (
            {"postcode": "KT1 1AA", "address_lines": ("3 High Street",)},
            {"address": "theirs"},
            {
                "postcode": "KT1 1AA",
                "address": {"lines": ["3 High Street"], "town": "", "postcode": "KT1 1AA"},
                "other_addresses": [
                    {"lines": ["12 Mill Lane", "Guildford"], "town": "", "postcode": "GU1 4AB"}
                ],
            },
        ),
        (
            {"postcode": "KT1 1AA", "address_lines": ("3 High Street",)},
            {"address": "both"},
            {
                "postcode": "GU1 4AB",
                "other_addresses": [{"lines": ["3 High Street"], "town": "", "postcode": "KT1 1AA"}],
            },
        ),
        ({"gender": "male"}, {"gender": "theirs"}, {"gender": "male"}),
        ({"upn": "B123456789012"}, {}, {"upn": "B123456789012"}),
        ({"upn": "B123456789012"}, {"upn": "ours"}, {"upn": ""}),
        (
            {"known_as": "Haz"},
            {},
            {"other_names": [{"forename": "Haz", "midname": "", "surname": "Pugh", "kind": "known-as"}]},
        ),
    ],
)
def test_a_choice_is_made_field_by_field(written, choices, expected):
    child, mention = a_child(), a_mention(**written)
    decision = services.match_mention(mention, child=child, choices=choices, by=an_officer(), now=LATER)
    child.refresh_from_db()
    assert {name: getattr(child, name) for name in expected} == expected
    assert choices.items() <= decision.choices.items()


@pytest.mark.req("SP-213")
def test_the_date_of_birth_on_the_record_can_be_corrected_and_the_history_says_so():
    child = a_child()
    mention = a_mention(born_on=child.born_on.replace(day=14))
    services.match_mention(mention, child=child, choices={"born_on": "theirs"}, by=an_officer(), now=LATER)
    child.refresh_from_db()
    assert child.born_on.day == 14
    detail = AuditEntry.objects.get(verb="children.changed").detail
    assert (detail["before"]["born_on"], detail["after"]["born_on"]) == ("2015-03-04", "2015-03-14")


@pytest.mark.req("SP-214")
@pytest.mark.parametrize("choice", [None, "", "theirs please", "both"])
def test_a_conflict_without_a_choice_is_sent_back(choice):
    child = a_child()
    mention = a_mention(gender="male")
    choices = {} if choice is None else {"gender": choice}
    with pytest.raises(services.ChoiceMissing) as refusal:
        services.match_mention(mention, child=child, choices=choices, by=an_officer(), now=LATER)
    assert list(refusal.value.problems) == ["choice-gender"]
    assert not Decision.objects.exists()


def test_many_differing_fields_ask_twice():
    child = a_child()
    mention = a_mention(surname="Morgan", gender="male", postcode="KT1 1AA", address_lines=("3 High Street",))
    choices = {"surname": "ours", "gender": "ours", "address": "ours"}
    with pytest.raises(services.MustConfirm):
        services.match_mention(mention, child=child, choices=choices, by=an_officer(), now=LATER)
    services.match_mention(mention, child=child, choices=choices, by=an_officer(), now=LATER, confirmed=True)


@pytest.mark.req("SP-210", "SP-207")
def test_a_new_child_is_added_and_last_updated_names_the_queue():
    mention = a_mention()
    services.add_child_for(mention, by=an_officer(), now=LATER)
    mention.refresh_from_db()
    assert (mention.state, mention.child.name) == ("added", "Angharad Pugh")
    assert str(mention.child.updated_by) == "Incoming children queue"
    assert AuditEntry.objects.get(verb="children.added").by_id == an_officer().pk


@pytest.mark.req("SP-208")
@pytest.mark.req("GH-012")
def test_adding_a_child_brings_up_to_date_what_is_said_of_others_who_wait():
    first, again = a_mention("1"), a_mention("2")
    other = a_mention("3", forename="Tomos", surname="Rees", born_on=date(2012, 9, 20), postcode="")
    assert {first.outcome, again.outcome, other.outcome} == {"none"}
    services.add_child_for(first, by=an_officer(), now=LATER)
    again.refresh_from_db()
    other.refresh_from_db()
    assert (again.state, again.outcome, again.reasons) == ("waiting", "match", ["switched_off"])
    assert (other.outcome, other.looked_at) == ("none", None)


def test_the_queues_user_cannot_sign_in_and_another_can_be_chosen():
    user = services.queue_user(now=NOON)
    assert (user.user_name, user.email, user.is_active, user.has_usable_password()) == (
        USER_NAME,
        None,
        False,
        False,
    )
    authority.change_setting("matching.queue_user", value=an_officer().pk, by=None, now=NOON)
    assert services.queue_user(now=NOON) == an_officer()


@pytest.mark.req("SP-212")
def test_a_child_is_rejected():
    mention = a_mention()
    decision = services.reject_mention(mention, by=an_officer(), now=LATER, reason="Lives elsewhere")
    mention.refresh_from_db()
    assert (mention.state, mention.child, decision.choices) == (
        "rejected",
        None,
        {"reason": "Lives elsewhere"},
    )
    assert "elsewhere" not in str(AuditEntry.objects.get(verb="linkage.rejected").detail)


def test_a_settled_child_goes_back_into_the_queue():
    child, mention = a_child(), a_mention()
    services.match_mention(mention, child=child, choices={}, by=an_officer(), now=NOON)
    services.return_mention(mention, by=an_officer(), now=LATER)
    mention.refresh_from_db()
    assert (mention.state, mention.child, mention.settled_at) == ("waiting", None, None)
    with pytest.raises(services.NotSettled):
        services.return_mention(mention, by=an_officer(), now=LATER)


@pytest.mark.req("GH-016")
@pytest.mark.parametrize("verb", ["match", "match and change", "reject", "return"])
def test_undo_restores_everything_bit_for_bit(verb):
    child = a_child(forename="Alys")
    mention = a_mention(
        surname="Morgan", known_as="Haz", postcode="KT1 1AA", address_lines=("3 High Street",)
    )
    other = a_child()
    if verb == "return":
        services.reject_mention(mention, by=an_officer(), now=NOON)
    before, rows = _columns(mention), _rows()
    if verb.startswith("match"):
        choices = {"forename": "theirs", "surname": "both", "address": "theirs"} if "change" in verb else {}
        choices = {"forename": "ours", "surname": "ours", "address": "ours", "known_as": "ours"} | choices
        decision = services.match_mention(
            mention, child=child, choices=choices, by=an_officer(), now=LATER, confirmed=True
        )
        assert ("change" in verb) == (_rows() != rows)
    elif verb == "reject":
        decision = services.reject_mention(mention, by=an_officer(), now=LATER)
    else:
        decision = services.return_mention(mention, by=an_officer(), now=LATER)
    assert _columns(mention) != before

    services.undo_decision(decision, by=a_safeguarding_officer(), now=LATER.replace(year=2031))

    assert _columns(mention) == before
    assert _rows() == rows
    assert other.pk in rows
    decision.refresh_from_db()
    assert (decision.undone_by, decision.undone_at) == (a_safeguarding_officer(), LATER.replace(year=2031))
    assert AuditEntry.objects.filter(verb="linkage.undone", detail={"verb": decision.verb}).count() == 1


@pytest.mark.req("GH-016")
def test_undoing_an_added_child_takes_the_record_away():
    mention = a_mention()
    before = _columns(mention)
    decision = services.add_child_for(mention, by=an_officer(), now=LATER)
    services.undo_decision(decision, by=an_officer(), now=LATER)
    assert _columns(mention) == before
    assert not Child.objects.filter(removed_at=None).exists()


@pytest.mark.req("GH-016")
def test_what_others_changed_since_stays_when_a_match_is_undone():
    child, mention = a_child(), a_mention(surname="Morgan")
    decision = services.match_mention(
        mention, child=child, choices={"surname": "theirs"}, by=an_officer(), now=NOON
    )
    children.change_child(child, changes={"upn": "A123456789012"}, by=an_officer(), now=LATER)
    services.undo_decision(decision, by=a_safeguarding_officer(), now=LATER)
    child.refresh_from_db()
    assert (child.surname, child.surname_key, child.upn) == ("Pugh", "pugh", "A123456789012")
    assert child.updated_by == a_safeguarding_officer()


@pytest.mark.req("GH-016")
def test_undo_refuses_while_a_later_decision_depends_on_it():
    child = a_child()
    first, second = a_mention("1", surname="Morgan"), a_mention("2", surname="Rees")
    one = services.match_mention(first, child=child, choices={"surname": "theirs"}, by=an_officer(), now=NOON)
    two = services.match_mention(
        second, child=child, choices={"surname": "theirs"}, by=an_officer(), now=LATER
    )
    rows = _rows()
    with pytest.raises(services.CannotUndo, match="has been changed again"):
        services.undo_decision(one, by=an_officer(), now=LATER)
    assert _rows() == rows

    services.undo_decision(two, by=an_officer(), now=LATER)
    services.undo_decision(one, by=an_officer(), now=LATER)
    child.refresh_from_db()
    assert (child.surname, child.other_names) == ("Pugh", [])


def test_undo_refuses_to_take_away_a_record_that_another_form_was_matched_with():
    first, second = a_mention("1"), a_mention("2")
    added = services.add_child_for(first, by=an_officer(), now=NOON)
    matched = services.match_mention(second, child=added.child, choices={}, by=an_officer(), now=NOON)
    with pytest.raises(services.CannotUndo, match="Another form"):
        services.undo_decision(added, by=an_officer(), now=LATER)
    services.undo_decision(matched, by=an_officer(), now=LATER)
    services.undo_decision(added, by=an_officer(), now=LATER)


def test_a_decision_is_undone_once_and_newest_first():
    mention = a_mention()
    rejected = services.reject_mention(mention, by=an_officer(), now=NOON)
    returned = services.return_mention(mention, by=an_officer(), now=NOON)
    with pytest.raises(services.CannotUndo, match="later decision"):
        services.undo_decision(rejected, by=an_officer(), now=LATER)
    services.undo_decision(returned, by=an_officer(), now=LATER)
    with pytest.raises(services.CannotUndo, match="already undone"):
        services.undo_decision(returned, by=an_officer(), now=LATER)
    services.undo_decision(rejected, by=an_officer(), now=LATER)
    assert Mention.objects.get().state == "waiting"


def test_returning_to_a_record_that_is_gone_is_refused():
    mention = a_mention()
    added = services.add_child_for(mention, by=an_officer(), now=NOON)
    returned = services.return_mention(mention, by=an_officer(), now=NOON)
    children.remove_child(added.child, by=an_officer(), now=NOON)
    with pytest.raises(services.CannotUndo):
        services.undo_decision(returned, by=an_officer(), now=LATER)


def test_the_second_officer_with_the_same_page_is_refused_and_told_who_was_first():
    mention = a_mention()
    stale = Mention.objects.get(pk=mention.pk)
    services.reject_mention(mention, by=an_officer(forename="Mair", surname="Rees"), now=NOON)
    with pytest.raises(services.AlreadySettled, match="Mair Rees"):
        services.add_child_for(stale, by=a_safeguarding_officer(), now=LATER)
    assert not Child.objects.exists()


def test_a_page_from_before_an_undo_is_stale_too():
    mention = a_mention()
    stale = mention.version
    decision = services.reject_mention(mention, by=an_officer(), now=NOON)
    services.undo_decision(decision, by=an_officer(), now=NOON)
    with pytest.raises(services.AlreadySettled):
        services.add_child_for(Mention.objects.get(), by=an_officer(), now=LATER, version=stale)


def test_a_record_taken_away_cannot_be_matched():
    child, mention = a_child(), a_mention()
    children.remove_child(child, by=an_officer(), now=NOON)
    with pytest.raises(services.RecordGone):
        services.match_mention(mention, child=child, choices={}, by=an_officer(), now=LATER)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_the_same_moment_one_settles_the_mention():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time; the database of the tests is in memory")
    mention = a_mention(said_by=a_parent())
    officers = [an_officer(), a_safeguarding_officer()]
    start, outcomes = threading.Barrier(2), []

    def settle(officer) -> None:
        try:
            page = Mention.objects.get(pk=mention.pk)
            start.wait(timeout=10)
            services.add_child_for(page, by=officer, now=LATER)
            outcomes.append("settled")
        except services.AlreadySettled:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=settle, args=[officer]) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(outcomes) == ["refused", "settled"]
    assert Child.objects.count() == Decision.objects.count() == 1


@pytest.mark.req("SP-066")
def test_a_citizens_child_is_known_by_the_full_name_of_the_record():
    family_child = uuid.uuid4()
    mention = a_mention(said_by=a_parent(), family_child=family_child)
    child = services.add_child_for(mention, by=an_officer(), now=NOON).child
    children.change_child(
        child, changes={"forename": "Angharad-Gwenllian-Myfanwy"}, by=an_officer(), now=LATER
    )
    tied = queries.records_of_family(a_parent().pk)
    assert tied[family_child].name == "Angharad-Gwenllian-Myfanwy Pugh"
    assert queries.records_of_family(an_officer().pk) == {}


def _matched(number: str, child: Child, choice: str, **written: str) -> Decision:
    """A child written so is matched with the record, ``choice`` for everything that differs."""
    mention = a_mention(number, **written)
    found = queries.compare(queries.identity_in(mention), Child.objects.get(pk=child.pk)).differences
    choices = {each.field: choice for each in found}
    return services.match_mention(
        mention, child=child, choices=choices, by=an_officer(), now=LATER, confirmed=True
    )


def _without_stamps(child: Child) -> dict:
    return {column: value for column, value in _rows()[child.pk][0].items() if column not in children.STAMPS}


@pytest.mark.req("GH-016")
@pytest.mark.parametrize("choice", ["theirs", "both"])
@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 0, 1), (1, 2, 0)])
def test_matches_are_undone_in_any_order_and_the_record_is_as_it_was(choice, order):
    child = a_child()
    row = _without_stamps(child)
    names = ("Morgan", "Rees", "Bevan")
    decisions = [
        _matched(str(number), child, choice, surname=surname) for number, surname in enumerate(names)
    ]
    assert _without_stamps(child) != row
    for place in order:
        services.undo_decision(decisions[place], by=an_officer(), now=LATER, keep={"surname"})
    assert _without_stamps(child) == row


@pytest.mark.req("GH-016")
@pytest.mark.parametrize(("keep", "surname"), [({"surname"}, "Bevan"), (set(), "Pugh")])
def test_what_was_changed_again_since_goes_back_or_stays_as_the_officer_says(keep, surname):
    child = a_child()
    decision = _matched("1", child, "theirs", surname="Morgan", midname="Haf")
    children.change_child(child, changes={"surname": "Bevan"}, by=an_officer(), now=LATER)
    with pytest.raises(services.ChangedSince):
        services.undo_decision(decision, by=an_officer(), now=LATER)
    services.undo_decision(decision, by=an_officer(), now=LATER, keep=keep)
    child.refresh_from_db()
    assert (child.surname, child.midname, child.other_names) == (surname, "", [])

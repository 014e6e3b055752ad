"""Two records of one child become one, and two again at any later time."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guildhall.foundation.audit.models import Entry as AuditEntry
from guildhall.foundation.authority import services as authority
from guildhall.foundation.kit.refusals import Refusal
from guildhall.records.children import services as children
from guildhall.records.children.models import Child
from guildhall.records.children.snapshots import snapshot
from guildhall.records.linkage import merges, queries, services
from guildhall.records.linkage.models import Decision, Mention, Merge
from tests.records.some import a_child, a_mention, an_identity
from tests.standing import NOON, a_safeguarding_officer, an_officer

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=3)
MUCH_LATER = NOON + timedelta(days=2000)
OTHER: dict[str, Any] = {
    "forename": "Harriet",
    "surname": "Pugh-Ellis",
    "midname": "Non",
    "postcode": "KT1 1AA",
}


@pytest.fixture(autouse=True)
def by_hand(db):
    """The machine links nothing by itself here."""
    authority.change_setting("matching.automatic", value=False, by=None, now=NOON)


def _rows() -> dict:
    return {
        child.pk: (snapshot(child), sorted(child.also_keys.values_list("kind", "value")))
        for child in Child.objects.all()
    }


def _pointers() -> dict:
    """Everything of every mention but the lock's counter."""
    columns = [field.attname for field in Mention._meta.concrete_fields if field.attname != "version"]
    return {row["id"]: row for row in Mention.objects.values(*columns)}


def _chosen(kept: Child, gone: Child, which: str = "ours") -> dict[str, str]:
    return {each.field: which for each in merges.differences_between(kept, gone)}


def _merge(kept: Child, gone: Child, which: str = "ours", **how: Any) -> Merge:
    how = {"choices": _chosen(kept, gone, which), "by": an_officer(), "now": LATER, "confirmed": True} | how
    return services.merge_children(kept, gone, **how)


def _tied(number: str, child: Child, **details: Any) -> Mention:
    mention = a_mention(number, **details)
    choices = {
        each.field: "ours" for each in queries.compare(queries.identity_in(mention), child).differences
    }
    services.match_mention(mention, child=child, choices=choices, by=an_officer(), now=NOON, confirmed=True)
    mention.refresh_from_db()
    return mention


@pytest.mark.req("GH-016")
def test_one_record_is_left_with_what_was_chosen_and_everything_tied_to_either():
    kept, gone = a_child(), a_child(**OTHER, upn="A123456789012", uln="1234567899")
    first, second = _tied("1", kept), _tied("2", gone, **OTHER)
    choices = {"forename": "ours", "surname": "both", "midname": "theirs", "address": "theirs"}
    merge = _merge(kept, gone, choices=choices)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.forename, kept.midname, kept.surname) == ("Angharad", "Non", "Pugh")
    assert (kept.postcode, kept.upn, kept.uln) == ("KT1 1AA", "A123456789012", "1234567899")
    assert kept.other_addresses[0]["postcode"] == "GU1 4AB"
    assert {"surname": "Pugh-Ellis"}.items() <= kept.other_names[-1].items()
    assert (kept.removed_at, gone.removed_at) == (None, LATER)
    assert set(kept.mentions.all()) == {first, second}
    assert merges.kept_for(gone.pk) == kept.pk
    entry = AuditEntry.objects.get(verb="linkage.merged")
    assert (entry.child_id, entry.detail["gone"], entry.by_id) == (kept.pk, gone.pk, an_officer().pk)
    assert merge.mentions == [second.pk]


@pytest.mark.req("GH-016")
def test_both_records_are_again_as_they_were_and_what_they_had_goes_back():
    kept, gone = a_child(), a_child(**OTHER)
    _tied("1", kept)
    _tied("2", gone, **OTHER)
    rows, pointers = _rows(), _pointers()
    merge = _merge(kept, gone, "theirs")
    assert _rows() != rows and _pointers() != pointers
    services.unmerge_children(merge, by=a_safeguarding_officer(), now=MUCH_LATER)
    assert (_rows(), _pointers()) == (rows, pointers)
    assert merges.kept_for(gone.pk) == gone.pk
    merge.refresh_from_db()
    assert (merge.undone_by, merge.undone_at) == (a_safeguarding_officer(), MUCH_LATER)
    assert AuditEntry.objects.filter(verb="linkage.unmerged", child_id=kept.pk).count() == 1
    with pytest.raises(services.MergeUndone, match="already undone"):
        services.unmerge_children(merge, by=an_officer(), now=MUCH_LATER)


def test_what_was_changed_after_the_merge_stays_when_the_officer_says_so():
    kept, gone = a_child(), a_child(**OTHER)
    merge = _merge(kept, gone)
    changes = {"gender": "other", "upn": "A123456789012"}
    children.change_child(kept, changes=changes, by=an_officer(), now=LATER)
    kept.refresh_from_db()
    assert merges.changed_since(merge, kept) == {"gender": ("female", "other"), "upn": ("", "A123456789012")}
    services.unmerge_children(merge, by=a_safeguarding_officer(), now=MUCH_LATER, keep={"upn", "surname"})
    kept.refresh_from_db()
    assert (kept.gender, kept.upn, kept.surname) == ("female", "A123456789012", "Pugh")
    assert kept.updated_by == a_safeguarding_officer()


def test_what_came_after_the_merge_stays_with_the_record_that_was_kept():
    kept, gone = a_child(), a_child(**OTHER)
    merge = _merge(kept, gone)
    later = _tied("3", kept)
    services.unmerge_children(merge, by=an_officer(), now=MUCH_LATER)
    later.refresh_from_db()
    assert later.child == kept


def test_what_is_written_of_a_record_that_gave_way_meanwhile_is_tied_to_the_one_that_is_left():
    kept, gone = a_child(), a_child(**OTHER)
    _merge(kept, gone)

    mention = services.report_known(
        an_identity(), child=gone, said_by=an_officer(), source_kind="submission", source_id="9", now=LATER
    )

    assert mention.child == kept


@pytest.mark.req("GH-016")
def test_a_merge_of_a_merged_record_comes_apart_in_any_order():
    one, two, three = a_child(), a_child(**OTHER), a_child(forename="Nia")
    for number, child in enumerate((one, two, three)):
        _tied(str(number), child)
    rows, pointers = _rows(), _pointers()
    first = _merge(two, one, "theirs")
    second = _merge(three, two, "theirs", now=LATER + timedelta(hours=1))
    assert three.mentions.count() == 3
    assert merges.kept_for(one.pk) == three.pk
    services.unmerge_children(first, by=an_officer(), now=MUCH_LATER)
    assert set(one.mentions.values_list("source_id", flat=True)) == {"0"}
    services.unmerge_children(second, by=an_officer(), now=MUCH_LATER)
    assert (_rows(), _pointers()) == (rows, pointers)


@pytest.mark.req("GH-016")
def test_decisions_from_before_the_merge_are_undone_while_it_stands_and_lead_to_the_right_record_after():
    kept, gone = a_child(), a_child(**OTHER)
    mention = _tied("1", gone, **OTHER)
    returned = services.return_mention(mention, by=an_officer(), now=NOON)
    merge = _merge(kept, gone)
    services.undo_decision(returned, by=an_officer(), now=LATER)
    mention.refresh_from_db()
    assert mention.child == kept
    again = services.return_mention(mention, by=an_officer(), now=LATER + timedelta(hours=1))
    services.unmerge_children(merge, by=an_officer(), now=MUCH_LATER)
    services.undo_decision(again, by=an_officer(), now=MUCH_LATER)
    mention.refresh_from_db()
    assert mention.child == gone


def test_a_record_that_a_decision_added_is_not_taken_away_while_it_is_merged():
    kept, mention = a_child(), a_mention("1", **OTHER)
    added = services.add_child_for(mention, by=an_officer(), now=NOON)
    merge = _merge(kept, added.child)
    with pytest.raises(services.CannotUndo, match="merged with another one since"):
        services.undo_decision(added, by=an_officer(), now=MUCH_LATER)
    services.unmerge_children(merge, by=an_officer(), now=MUCH_LATER)
    services.undo_decision(added, by=an_officer(), now=MUCH_LATER)
    mention.refresh_from_db()
    assert (mention.state, Child.objects.filter(removed_at=None).get()) == ("waiting", kept)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"confirmed": False}, "Tick the box"),
        ({"choices": {}}, "Choose which first name"),
        ({"seen": ("", "")}, "Somebody has changed"),
    ],
)
def test_nothing_is_merged_without_a_choice_for_each_conflict_and_a_look_at_all(how: dict, words: str):
    kept, gone = a_child(), a_child(**OTHER)
    rows = _rows()
    with pytest.raises(Refusal, match=words):
        _merge(kept, gone, **how)
    assert _rows() == rows
    assert not Merge.objects.exists()


def test_a_record_is_not_merged_with_itself_nor_twice_nor_while_its_use_is_restricted():
    kept, gone, third = a_child(), a_child(**OTHER), a_child(forename="Nia")
    with pytest.raises(services.CannotMerge, match="the same record"):
        _merge(kept, kept)
    children.restrict_use(third, reason="1", by=an_officer(), now=NOON)
    for pair in ((kept, third), (third, kept)):
        with pytest.raises(services.CannotMerge, match="restricted"):
            _merge(*pair)
    _merge(kept, gone)
    with pytest.raises(services.CannotMerge, match="taken away"):
        _merge(kept, gone)


def test_the_address_of_a_restricted_record_stays_restricted():
    kept, gone = a_child(), a_child(**OTHER)
    children.change_child(gone, changes={"restricted": True}, by=an_officer(), now=NOON)
    gone.refresh_from_db()
    _merge(kept, gone, "theirs")
    kept.refresh_from_db()
    assert kept.restricted


def test_a_record_that_gave_way_is_found_by_none_of_its_names():
    kept, gone = a_child(), a_child(**OTHER)
    merge = _merge(kept, gone)
    assert gone.pk not in {each.child.pk for each in queries.candidates_for(an_identity(**OTHER))}
    services.unmerge_children(merge, by=an_officer(), now=LATER)
    assert gone.pk in {each.child.pk for each in queries.candidates_for(an_identity(**OTHER))}


LATER_ACTS = ("change", "match", "return", "undo", "further", "apart", "away")


class _World:
    """Three records with forms, two of them merged, and whatever happens to them afterwards."""

    def __init__(self) -> None:
        self.kept, self.gone, self.third = (
            a_child(),
            a_child(**OTHER),
            a_child(forename="Nia", postcode="GU9 9ZZ"),
        )
        for number, child in enumerate((self.kept, self.gone, self.gone, self.third)):
            _tied(str(number), child)
        self.clock, self.forms = LATER, 10

    def do(self, act: str) -> None:
        """One act; one that is refused as things stand changes nothing."""
        self.clock += timedelta(hours=1)
        try:
            with transaction.atomic():
                getattr(self, act)()
        except Refusal:
            pass

    def living(self) -> Child:
        return Child.objects.get(pk=merges.kept_for(self.kept.pk))

    def change(self) -> None:
        changes = {"surname": f"Rees {self.clock:%H}", "born_on": date(2014, 1, self.clock.hour + 1)}
        children.change_child(self.living(), changes=changes, by=a_safeguarding_officer(), now=self.clock)

    def match(self) -> None:
        self.forms += 1
        mention = a_mention(str(self.forms), surname="Bevan", upn="A123456789012")
        child, by = self.living(), an_officer()
        found = queries.compare(queries.identity_in(mention), child).differences
        choices = {each.field: "theirs" for each in found}
        services.match_mention(mention, child=child, choices=choices, by=by, now=self.clock, confirmed=True)

    def return_(self) -> None:
        mention = Mention.objects.filter(state="linked", source_id__in=("1", "2")).order_by("pk").first()
        if mention:
            services.return_mention(mention, by=an_officer(), now=self.clock)

    def undo(self) -> None:
        standing = Decision.objects.filter(undone_at=None, at__gt=LATER).order_by("-pk").first()
        if standing:
            services.undo_decision(standing, by=an_officer(), now=self.clock)

    def further(self) -> None:
        _merge(self.third, self.living(), "theirs", now=self.clock)

    def apart(self) -> None:
        if other := Merge.objects.filter(undone_at=None, kept=self.third).first():
            services.unmerge_children(other, by=an_officer(), now=self.clock)

    def away(self) -> None:
        children.change_child(self.third, changes={"midname": "Eluned"}, by=an_officer(), now=self.clock)


setattr(_World, "return", _World.return_)


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("GH-016")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(LATER_ACTS), max_size=6), which=st.sampled_from(["ours", "theirs"]))
def test_whatever_happens_after_a_merge_both_records_are_restored_exactly(acts: list[str], which: str):
    with transaction.atomic():
        world = _World()
        pair = {world.kept.pk, world.gone.pk}
        rows = {pk: row for pk, row in _rows().items() if pk in pair}
        pointers = _pointers()
        merge = _merge(world.kept, world.gone, which)
        for act in acts:
            world.do(act)
        while standing := Merge.objects.filter(undone_at=None).exclude(pk=merge.pk).first():
            services.unmerge_children(standing, by=an_officer(), now=MUCH_LATER)

        services.unmerge_children(merge, by=an_officer(), now=MUCH_LATER)

        assert {pk: row for pk, row in _rows().items() if pk in pair} == rows
        for decision in Decision.objects.filter(undone_at=None, at__gt=LATER).order_by("-pk"):
            if decision.mention_id in pointers:
                services.undo_decision(decision, by=an_officer(), now=MUCH_LATER)
        assert {pk: row for pk, row in _pointers().items() if pk in pointers} == pointers
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_merge_at_the_same_moment_one_does():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time; the database of the tests is in memory")
    kept, gone = a_child(), a_child(**OTHER)
    choices, by = _chosen(kept, gone), an_officer()
    answers: list[Any] = []
    together = threading.Barrier(2)

    def merge(one: Child, other: Child, chosen: dict[str, str]) -> Callable[[], None]:
        def act() -> None:
            together.wait(timeout=10)
            try:
                answers.append(
                    services.merge_children(one, other, choices=chosen, by=by, now=LATER, confirmed=True)
                )
            except services.CannotMerge as refusal:
                answers.append(refusal)
            finally:
                connection.close()

        return act

    acts = [merge(kept, gone, choices), merge(gone, kept, _chosen(gone, kept))]
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(type(answer).__name__ for answer in answers) == ["CannotMerge", "Merge"]
    assert Merge.objects.count() == 1

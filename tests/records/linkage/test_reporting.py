"""A child comes in: which record, and who decides."""

import uuid

import pytest

from guildhall.foundation.audit import queries as audit
from guildhall.foundation.audit.models import Entry as AuditEntry
from guildhall.foundation.authority import services as authority
from guildhall.people.membership.queries import holder_for
from guildhall.records.children import services as children
from guildhall.records.linkage import queries, services
from guildhall.records.linkage.models import Mention
from tests.records.some import a_child, a_mention, an_identity
from tests.standing import NOON, a_parent, an_administrator, an_officer, another_parent

pytestmark = pytest.mark.django_db
State = Mention.State


@pytest.mark.req("GH-012")
def test_a_certain_match_is_linked_at_once():
    child = a_child()
    mention = a_mention(said_by=a_parent())
    assert (mention.state, mention.child, mention.outcome) == (State.LINKED, child, "match")
    decision = mention.decisions.get()
    assert (decision.verb, decision.by, decision.child) == ("linked", None, child)


@pytest.mark.req("GH-012")
def test_the_authority_can_switch_the_machine_off():
    a_child()
    authority.change_setting("matching.automatic", value=False, by=an_administrator(), now=NOON)
    mention = a_mention()
    assert (mention.state, mention.outcome, mention.reasons) == (State.WAITING, "match", ["switched_off"])


@pytest.mark.req("GH-012")
@pytest.mark.parametrize(
    ("details", "outcome", "reasons"),
    [
        ({"born_on": an_identity().born_on.replace(month=4, day=3)}, "match", ["conflict", "unsure"]),
        ({"address_lines": ("3 High Street",), "postcode": "KT1 1AA"}, "match", ["conflict", "unsure"]),
        ({"surname": "Pugh-Jones"}, "match", ["conflict", "unsure"]),
        ({"address_lines": (), "postcode": ""}, "match", ["unsure"]),
        ({"forename": "Alys"}, "low", ["sibling", "conflict"]),
        (
            {"forename": "Tomos", "surname": "Rees", "born_on": None, "postcode": "", "address_lines": ()},
            "none",
            [],
        ),
        ({"forename": "", "surname": ""}, "error", []),
    ],
)
def test_everything_else_waits_and_says_why(details, outcome, reasons):
    a_child()
    mention = a_mention(**details)
    assert (mention.state, mention.child) == (State.WAITING, None)
    assert (mention.outcome, mention.reasons) == (outcome, reasons)


@pytest.mark.req("GH-012")
def test_two_records_alike_are_for_a_person_to_tell_apart():
    a_child()
    a_child()
    mention = a_mention()
    assert (mention.state, mention.outcome) == (State.WAITING, "many")


@pytest.mark.req("GH-013")
@pytest.mark.parametrize(
    ("kind", "held", "written"),
    [
        ("upn", "A123456789012", "B123456789012"),
        ("nhs_number", "9434765919", "9876543210"),
        ("uln", "1234567899", "1000000000"),
    ],
)
def test_another_identifier_keeps_the_machine_from_linking(kind, held, written):
    a_child(**{kind: held})
    mention = a_mention(**{kind: written})
    assert mention.state == State.WAITING
    assert mention.reasons == [kind, "conflict"]


@pytest.mark.req("GH-013")
def test_a_twin_on_the_records_keeps_the_machine_from_linking_even_the_right_one():
    a_child(forename="Alys")
    a_child()
    mention = a_mention()
    assert (mention.state, mention.outcome, mention.reasons) == (State.WAITING, "match", ["sibling"])


@pytest.mark.req("SP-209")
def test_the_same_child_of_my_family_without_differences_does_not_wait():
    parent, family_child = a_parent(), uuid.uuid4()
    child = a_child(forename="Alys")
    a_child()
    first = a_mention("1", said_by=parent, family_child=family_child, forename="Alys")
    assert first.state == State.WAITING
    services.match_mention(first, child=child, choices={}, by=an_officer(), now=NOON)

    second = a_mention("2", said_by=parent, family_child=family_child, forename="Alys")

    assert (second.state, second.child) == (State.LINKED, child)


@pytest.mark.req("SP-209")
@pytest.mark.parametrize(
    "details", [{"surname": "Morgan"}, {"postcode": "KT1 1AA", "address_lines": ("3 High Street",)}]
)
def test_the_same_child_with_details_that_differ_waits(details):
    parent, family_child = a_parent(), uuid.uuid4()
    a_child()
    a_mention("1", said_by=parent, family_child=family_child)

    second = a_mention("2", said_by=parent, family_child=family_child, **details)

    assert (second.state, second.reasons, second.conflicts_open) == (State.WAITING, ["changed"], True)


@pytest.mark.req("SP-209")
def test_the_record_changing_since_sends_the_child_to_the_queue():
    parent, family_child = a_parent(), uuid.uuid4()
    child = a_child()
    a_mention("1", said_by=parent, family_child=family_child)
    children.change_child(child, changes={"surname": "Morgan"}, by=an_officer(), now=NOON)

    assert a_mention("2", said_by=parent, family_child=family_child).state == State.WAITING


def test_a_match_that_was_undone_does_not_link_the_next_form():
    parent, family_child = a_parent(), uuid.uuid4()
    authority.change_setting("matching.automatic", value=False, by=None, now=NOON)
    child = a_child()
    first = a_mention("1", said_by=parent, family_child=family_child)
    decision = services.match_mention(first, child=child, choices={}, by=an_officer(), now=NOON)
    services.undo_decision(decision, by=an_officer(), now=NOON)

    assert a_mention("2", said_by=parent, family_child=family_child).state == State.WAITING


def test_one_parents_child_never_settles_the_other_parents():
    family_child = uuid.uuid4()
    authority.change_setting("matching.automatic", value=False, by=None, now=NOON)
    child = a_child()
    first = a_mention("1", said_by=a_parent(), family_child=family_child)
    services.match_mention(first, child=child, choices={}, by=an_officer(), now=NOON)

    assert a_mention("2", said_by=another_parent(), family_child=family_child).state == State.WAITING


@pytest.mark.req("SP-206")
def test_the_queue_is_for_people_who_match_children():
    mention = a_mention()
    assert list(queries.queue_for(holder_for(an_officer(), verified=True))) == [mention]
    assert not queries.queue_for(holder_for(a_parent(), verified=True)).exists()
    assert not queries.queue_for(holder_for(an_administrator(), verified=True)).exists()


@pytest.mark.req("GH-016")
def test_what_was_written_is_kept_as_written():
    mention = a_mention(forename="  Angharad ", surname="PUGH", school="Ysgol y Bryn")
    services.add_child_for(mention, by=an_officer(), now=NOON)
    mention.refresh_from_db()
    assert mention.identity["surname"] == "PUGH"
    assert mention.identity["forename"] == "  Angharad "
    assert mention.identity["school"] == "Ysgol y Bryn"


def test_one_source_reports_once():
    assert a_mention("7") == a_mention("7")
    assert Mention.objects.count() == 1


def test_reporting_is_audited_without_the_childs_name():
    a_mention(said_by=a_parent())
    entry = AuditEntry.objects.get(verb="linkage.reported")
    assert "Pugh" not in str(entry.detail)


def test_a_form_comes_in_even_when_the_comparison_fails(monkeypatch, caplog):
    a_child()
    monkeypatch.setattr("guildhall.records.linkage.queries.score_seen", lambda *_: 1 / 0)
    mention = a_mention()
    assert (mention.state, mention.outcome) == (State.WAITING, "error")
    assert "Pugh" not in caplog.text


@pytest.mark.req("SP-215")
def test_candidates_come_best_first():
    child = a_child(born_on=an_identity().born_on.replace(year=2014))
    twin, exact = a_child(forename="Alys"), a_child()
    a_child(forename="Tomos", surname="Rees", born_on=None, postcode="KT1 1AA", address_lines=())
    assert [each.child for each in queries.candidates_for(an_identity())] == [exact, child, twin]


@pytest.mark.req("GH-014")
@pytest.mark.parametrize(
    "details",
    [
        {"born_on": an_identity().born_on.replace(month=4, day=3), "postcode": "", "address_lines": ()},
        {"forename": "Pugh", "surname": "Angharad", "born_on": None},
        {"surname": "Pugh-Jones", "born_on": None, "postcode": ""},
        {"surname": "Prugh", "forename": "Angarad", "postcode": ""},
        {"surname": "Morgan", "former_surname": "Pugh", "born_on": None, "postcode": ""},
        {"forename": "Angharad-Mair", "born_on": None, "postcode": "", "address_lines": ()},
    ],
)
def test_blocking_finds_the_record_whatever_was_written_wrong(details):
    child = a_child()
    assert child in [each.child for each in queries.candidates_for(an_identity(**details))]


@pytest.mark.req("GH-014")
def test_blocking_finds_a_record_by_old_names_and_addresses():
    child = a_child(
        surname="Morgan", former_surname="Pugh", postcode="KT1 1AA", address_lines=("3 High Street",)
    )
    children.change_child(
        child,
        changes={"other_addresses": [{"lines": ["12 Mill Lane"], "postcode": "GU1 4AB"}]},
        by=None,
        now=NOON,
    )
    by_name = queries.candidates_for(an_identity(born_on=None, postcode="", address_lines=()))
    by_postcode = queries.candidates_for(
        an_identity(born_on=None, surname="", address_lines=("12 Mill Lane",))
    )
    assert [each.child for each in by_name] == [child]
    assert [each.child for each in by_postcode] == [child]


def test_a_record_taken_away_is_nobodys_match():
    children.remove_child(a_child(), by=an_officer(), now=NOON)
    assert a_mention().outcome == "none"


def test_candidates_cost_the_same_however_many_records_there_are(django_assert_max_num_queries):
    for number in range(30):
        a_child(forename=f"Angharad{'abcdefghijklmnopqrstuvwxyzabcd'[number]}")
    with django_assert_max_num_queries(16):
        assert len(queries.candidates_for(an_identity())) == 10


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_act_has_its_words_in_the_audit(language: str):
    child, mention = a_child(), a_mention("1", forename="Alys")
    decision = services.add_child_for(mention, by=an_officer(), now=NOON)
    services.undo_decision(decision, by=an_officer(), now=NOON)
    services.reject_mention(mention_again := Mention.objects.get(pk=mention.pk), by=an_officer(), now=NOON)
    services.return_mention(mention_again, by=an_officer(), now=NOON)
    children.change_child(child, changes={"midname": "Mair"}, by=an_officer(), now=NOON)
    for entry in AuditEntry.objects.filter(verb__regex=r"^(linkage|children)\."):
        assert entry.verb not in audit.presented(entry, language)

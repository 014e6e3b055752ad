"""The record of a child: adding, changing, finding."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit.models import Entry as AuditEntry
from guildhall.people.membership.queries import holder_for
from guildhall.records.children import queries, rules, services
from guildhall.records.children.folding import fold, key, postcode_key, words
from guildhall.records.children.identity import Identity, identity_of
from guildhall.records.children.models import AlsoKey, Child
from guildhall.records.children.snapshots import put_back, snapshot
from tests.records.some import a_child, an_identity
from tests.standing import NOON, a_parent, a_safeguarding_officer, an_administrator, an_officer

LATER = NOON + timedelta(days=1)


def _officer() -> Holder:
    return holder_for(an_officer(), verified=True)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("O’Brien", "obrien"),
        ("O'BRIEN", "obrien"),
        ("Siôn", "sion"),
        ("Łukasz", "lukasz"),
        ("Smith-Jones", "smith jones"),
        ("  Ann  Marie ", "ann marie"),
        ("Groß", "gross"),
        ("İpek", "ipek"),
        ("St. John", "st john"),
        ("", ""),
    ],
)
def test_names_fold_to_one_shape(name, folded):
    assert fold(name) == folded
    assert words(name) == tuple(folded.split())
    assert key(name) == folded.replace(" ", "")


def test_postcodes_fold_to_one_shape():
    assert {postcode_key(code) for code in ("gu1 4ab", "GU14AB", " GU1-4AB.")} == {"GU14AB"}


def test_an_identity_survives_being_kept():
    who = identity_of(
        Child(
            forename="Angharad", surname="Pugh", born_on=date(2015, 3, 4), address={"lines": ["1 Mill Lane"]}
        )
    )
    assert Identity.from_json(who.as_json()) == who
    assert Identity.from_json(an_identity().as_json()) == an_identity()


def test_the_subject_of_a_form_becomes_an_identity():
    subject = {
        "forename": " Angharad ",
        "surname": "Pugh",
        "born_on": "2015-03-04",
        "address": {"lines": ["12 Mill Lane", ""], "town": "Guildford", "postcode": "GU1 4AB", "uprn": ""},
        "school": {"urn": "100000", "name": "Ysgol y Bryn"},
        "gender": None,
    }
    assert Identity.from_json(subject) == an_identity(gender="", school="Ysgol y Bryn")
    assert Identity.from_json({"born_on": {"typed": "yesterday"}, "address": "somewhere"}) == Identity()


@pytest.mark.django_db
def test_a_record_keeps_the_keys_it_is_found_by():
    child = a_child(surname="Pugh-Jones", known_as="Haz", former_surname="Morgan", postcode="gu14ab")
    assert (child.surname_key, child.forename_key, child.postcode_key) == ("pughjones", "angharad", "GU14AB")
    assert child.postcode == "GU1 4AB"
    also = set(child.also_keys.values_list("kind", "value"))
    others = {("surname", "pugh"), ("surname", "jones"), ("surname", "morgan"), ("forename", "haz")}
    surnames = ("pugh", "jones", "morgan", "pughjones")
    both = {("initial", f"{surname} {initial}") for surname in surnames for initial in "ah"}
    assert also == others | both - {("initial", "pughjones a")}

    services.change_child(child, changes={"surname": "Rees", "other_names": []}, by=an_officer(), now=LATER)

    child.refresh_from_db()
    assert child.surname_key == "rees"
    assert not AlsoKey.objects.exists()


@pytest.mark.django_db
@pytest.mark.req("SP-066")
def test_an_officer_may_hold_a_name_longer_than_a_family_can_write():
    long = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
    child = services.change_child(a_child(), changes={"surname": long}, by=an_officer(), now=LATER)
    assert child.name == f"Angharad {long}"


@pytest.mark.django_db
def test_a_change_is_kept_with_before_and_after_and_names_who_made_it():
    child = services.change_child(
        a_child(), changes={"gender": "male", "forename": "Angharad"}, by=a_safeguarding_officer(), now=LATER
    )
    assert (child.updated_by, child.updated_at) == (a_safeguarding_officer(), LATER)
    entry = AuditEntry.objects.get(verb="children.changed")
    assert (entry.child_id, entry.by_id, entry.at) == (child.pk, a_safeguarding_officer().pk, LATER)
    assert (entry.detail["before"], entry.detail["after"]) == ({"gender": "female"}, {"gender": "male"})


@pytest.mark.django_db
def test_a_change_that_changes_nothing_leaves_last_updated_alone():
    child = services.change_child(
        a_child(), changes={"gender": "female"}, by=a_safeguarding_officer(), now=LATER
    )
    assert (child.updated_by, child.updated_at) == (an_officer(), NOON)
    assert not AuditEntry.objects.filter(verb="children.changed").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"forename": "", "surname": ""}, services.NameMissing, "surname"),
        ({"surname": "x" * 101}, services.TooLong, "surname"),
        ({"born_on": date(2099, 1, 1)}, services.BornTooLate, "born_on"),
    ],
)
def test_what_a_record_cannot_hold_is_refused(changes, refusal, field):
    child = a_child()
    before = snapshot(Child.objects.get())
    with pytest.raises(refusal) as raised:
        services.change_child(child, changes=changes, by=an_officer(), now=LATER)
    assert raised.value.field == field
    assert snapshot(Child.objects.get()) == before


@pytest.mark.django_db
def test_only_fields_of_a_record_can_be_changed():
    with pytest.raises(services.NotAField):
        services.change_child(a_child(), changes={"removed_at": NOON}, by=an_officer(), now=LATER)


@pytest.mark.django_db
def test_the_database_refuses_a_record_without_a_name():
    child = a_child()
    with pytest.raises(IntegrityError), transaction.atomic():
        Child.objects.filter(pk=child.pk).update(forename="", surname="")


@pytest.mark.django_db
def test_the_database_refuses_the_same_key_twice():
    child = a_child()
    with pytest.raises(IntegrityError), transaction.atomic():
        AlsoKey.objects.bulk_create([AlsoKey(child=child, kind="surname", value="x") for _ in range(2)])


@pytest.mark.django_db
def test_a_snapshot_puts_everything_back():
    child = a_child(former_surname="Morgan")
    before = snapshot(child)
    child.surname, child.born_on, child.other_names, child.updated_at = "X", None, [], LATER
    put_back(child, before)
    child.save()
    assert snapshot(Child.objects.get()) == before


@pytest.mark.django_db
def test_only_people_who_read_or_match_children_find_any():
    child = a_child()
    assert list(queries.children_seen_by(_officer())) == [child]
    for stranger in (a_parent(), an_administrator()):
        holder = holder_for(stranger, verified=True)
        assert not queries.children_seen_by(holder).exists()
        assert queries.search(holder, "Pugh") == []


@pytest.mark.django_db
def test_a_restricted_address_is_for_safeguarding():
    child = services.change_child(a_child(), changes={"restricted": True}, by=an_officer(), now=LATER)
    assert not rules.may_see_address(child, _officer())
    assert rules.may_see_address(child, holder_for(a_safeguarding_officer(), verified=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "Angharad Pugh",
        "pugh angharad",
        "Angharad  PUGH",
        "ang pu",
        "Angharat Pugh",
        "Angharad Phug",
        "Pughe",
        "4/3/2015",
        "04.03.2015",
        "2015-03-04",
        "4 3 2015 pugh",
        "gu1 4ab",
        "GU14AB pugh",
        "A123456789012",
        "a123456789012",
        "943 476 5919",
        "9434765919",
        "123 456 7899",
        "1234567899",
        "Haz",
        "Morgan",
    ],
)
def test_a_child_is_found_by_what_is_known(typed):
    numbers = {"upn": "A123456789012", "nhs_number": "9434765919", "uln": "1234567899"}
    child = a_child(**numbers, known_as="Haz", former_surname="Morgan")
    a_child(forename="Tomos", surname="Rees", born_on=date(2011, 1, 1), postcode="KT1 1AA")
    found = queries.search(_officer(), typed)
    assert found
    assert found[0] == child


@pytest.mark.django_db
def test_a_child_is_found_by_reference():
    child = a_child()
    assert queries.search(_officer(), child.reference.lower()) == [child]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["", "   ", "!!!", "31/31/2015", "%", "_", "ch999999999999", "x" * 5000, "\x00", "Zzyzx"]
)
def test_a_search_for_nothing_finds_nothing(typed):
    a_child()
    assert queries.search(_officer(), typed) == []


@pytest.mark.django_db
def test_the_likest_child_comes_first_and_no_more_than_fit():
    children = [
        a_child(surname="Pughe"),
        *(a_child(forename=f"Angharad {chr(97 + n)}") for n in range(4)),
        a_child(),
    ]
    found = queries.search(_officer(), "angharad pugh")
    assert found[0].name.startswith("Angharad")
    assert found[-1] == children[0]
    assert len(found) == 6


@pytest.mark.django_db
def test_searching_costs_the_same_however_many_are_found(django_assert_num_queries):
    holder = _officer()
    for number in range(12):
        a_child(forename=f"Angharad{chr(97 + number)}")
    with django_assert_num_queries(5):
        assert len(queries.search(holder, "angharad pugh")) == 12

"""Adults in the records: added, changed, searched, removed, and linked with an account by an officer."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from guildhall.foundation.access.holder import NOBODY, Holder
from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusals
from guildhall.people.membership.queries import holder_for
from guildhall.records.persons import queries, rules, services
from guildhall.records.persons.models import Change, Link, Person
from guildhall.records.persons.services import Details, links
from tests.records.some import a_child
from tests.standing import NOON, a_parent, a_professional, an_officer

pytestmark = pytest.mark.django_db
MOTHER = Details(
    "Pritchard", "Dilys", email="dilys@example.org", telephone="01632 960 001", address="12 Mill Lane"
)


def the_officer() -> Holder:
    return holder_for(an_officer(), verified=True)


def a_person(details: Details = MOTHER, **more: Any) -> Person:
    return services.add_person(details, **({"key": uuid4(), "by": an_officer(), "now": NOON} | more))


def names(typed: str) -> list[str]:
    return [one.name for one in queries.search(the_officer(), typed)]


@pytest.mark.req("SP-349")
def test_a_person_is_found_by_name_without_marks_role_telephone_and_reference():
    mother = a_person()
    a_person(Details("Llŷr", "Siân", role="Social worker"))

    assert names("PRITCHARD dil") == ["Dilys Pritchard"]
    assert names("sian") == names("social worker") == ["Siân Llŷr"]
    assert names("960 001") == names(mother.reference) == ["Dilys Pritchard"]
    assert names("nobody") == []
    assert not queries.search(NOBODY, "dilys").exists()


@pytest.mark.req("SP-349")
def test_every_state_of_a_person_is_kept_and_the_database_refuses_to_change_it():
    person = a_person()
    changed = Details("Pritchard-Jones", "Dilys")
    services.change_person(person, details=changed, seen=1, by=an_officer(), now=NOON)

    assert [(one.version, one.surname) for one in queries.history_of(person)] == [
        (2, "Pritchard-Jones"),
        (1, "Pritchard"),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.filter(person=person).update(surname="Else")


def test_a_page_that_is_older_than_the_person_changes_nothing():
    person = a_person()
    services.change_person(person, details=Details("Jones"), seen=1, by=an_officer(), now=NOON)

    with pytest.raises(ChangedMeanwhile):
        services.change_person(person, details=Details("Evans"), seen=1, by=an_officer(), now=NOON)
    with pytest.raises(ChangedMeanwhile):
        services.remove_person(person, seen=1, by=an_officer(), now=NOON)


def test_the_same_page_sent_twice_adds_one_person():
    key, child = uuid4(), a_child()
    first, again = (a_person(key=key, child=child, relation="Mother") for _ in range(2))

    assert first == again
    assert [one.relation for one in queries.relations_of(the_officer(), child)] == ["Mother"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("surname", ""),
        ("email", "dilys@"),
        ("telephone", "call me"),
        ("role", "x" * 101),
        ("address", "y" * 501),
    ],
)
def test_what_is_missing_or_no_address_is_said_beside_its_field(field: str, value: str):
    with pytest.raises(Refusals) as refused:
        a_person(Details(**{"surname": "Pritchard", field: value}))

    assert list(refused.value.problems) == [field]
    assert not Person.objects.exists()


@pytest.mark.req("SP-349")
def test_a_removed_person_is_not_found_nor_linked_until_put_back():
    person = a_person()
    links.link_user(a_parent(), person=person, child=None, by=an_officer(), now=NOON)
    services.remove_person(person, seen=1, by=an_officer(), now=NOON)

    assert names("dilys") == []
    assert queries.person_of(a_parent()) is None
    with pytest.raises(links.PersonRemoved):
        links.link_user(a_professional(), person=person, child=None, by=an_officer(), now=NOON)

    services.put_back_person(person, by=an_officer(), now=NOON)
    assert queries.person_of(a_parent()) == person


def test_other_words_of_a_relation_end_the_earlier_one_and_keep_it():
    person, child = a_person(), a_child()
    acting = {"by": an_officer(), "now": NOON}
    services.relate(person, child=child, relation="Aunt", **acting)
    services.relate(person, child=child, relation="Foster carer", **acting)
    (standing,) = queries.relations_of(the_officer(), child)
    assert standing.relation == "Foster carer"
    assert person.relations.count() == 2

    services.end_relation(standing, **acting)
    assert not queries.relations_of(the_officer(), child)


@pytest.mark.req("SP-349")
def test_who_has_the_same_email_or_name_is_suggested_and_never_linked_by_itself():
    by_both, by_name = a_person(), a_person(Details("pritchard", "DILYS", email="other@example.org"))
    a_person(Details("Evans", "Dilys"))

    found = queries.suggestions(the_officer(), a_parent())

    assert [(one.person, one.email, one.name) for one in found] == [
        (by_both, True, True),
        (by_name, False, True),
    ]
    assert not Link.objects.exists()


@pytest.mark.req("SP-349")
def test_a_link_is_one_undone_exactly_and_stays_in_the_history():
    person, user = a_person(), a_parent()
    acting: dict[str, Any] = {"child": None, "by": an_officer(), "now": NOON}
    link = links.link_user(user, person=person, **acting)
    assert links.link_user(user, person=person, **acting) == link
    with pytest.raises(links.LinkedOtherwise, match="Undo that link first"):
        links.link_user(user, person=a_person(Details("Evans")), **acting)

    links.undo_link(link, **acting)
    links.undo_link(link, **acting)

    assert queries.person_of(user) is None
    assert [(one.undone_by, one.person) for one in queries.links_about([user.pk])] == [(an_officer(), person)]
    links.link_user(user, person=person, **acting)
    assert queries.person_of(user) == person
    assert Entry.objects.filter(verb__in=("persons.linked", "persons.unlinked")).count() == 3


def test_the_database_holds_one_person_an_account():
    person, user = a_person(), a_parent()
    links.link_user(user, person=person, child=None, by=an_officer(), now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(user=user, person=person, linked_at=NOON, linked_by=an_officer())


def test_where_an_adult_of_a_restricted_child_lives_is_for_safeguarding():
    person, child = a_person(), a_child()
    child.restricted = True

    assert not rules.may_see_home([child], the_officer())
    assert rules.may_see_home([], the_officer())
    assert person.address


def test_with_the_record_of_a_child_go_those_who_belonged_to_that_child_alone():
    first, second = a_child(), a_child(forename="Bryn")
    only = a_person(child=first, relation="Mother")
    both = a_person(Details("Evans"), child=first, relation="Doctor")
    services.relate(both, child=second, relation="Doctor", by=an_officer(), now=NOON)
    nobody = a_person(Details("Jones"))

    services.forget_persons_of(first)

    assert set(Person.objects.all()) == {both, nobody}
    assert not Person.objects.filter(pk=only.pk).exists()

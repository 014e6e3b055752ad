"""Adults in the records as an officer keeps them, and whose portal account is whose."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.records.children.models import Child
from guildhall.records.persons import services
from guildhall.records.persons.models import Link, Person, Relation
from guildhall.records.persons.services import Details
from tests.standing import NOON, a_parent, a_professional, an_officer, come_in
from tests.work.sharing.scene import an_entry, child_of, on_involvement

pytestmark = pytest.mark.django_db
FIELDS = {
    "surname": "Pritchard",
    "forename": "Dilys",
    "email": "dilys@example.org",
    "address": "12 Mill Lane",
}


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def a_mother(child: Child | None = None, **more: str) -> Person:
    details = Details(**(FIELDS | more))
    return services.add_person(
        details, child=child, relation="Mother", key=uuid4(), by=an_officer(), now=NOON
    )


@pytest.mark.req("SP-349")
def test_an_officer_adds_finds_changes_removes_and_puts_back_an_adult(officer: Client):
    child = child_of(an_entry())
    adding = reverse("council:child-adult-add", args=[child.pk])
    wrong = officer.post(adding, FIELDS | {"surname": " ", "key": uuid4()})
    assert wrong.status_code == 422
    assert "Enter what they are to the child" in words(wrong) or "Enter the last name" in words(wrong)

    added = officer.post(adding, FIELDS | {"relation": "Mother", "key": uuid4()}, follow=True)
    assert "Dilys Pritchard" in words(added) and "12 Mill Lane" in words(added)
    person = Person.objects.get()
    found = officer.get(reverse("council:persons"), {"q": "pritchard dil", "sort": "-added"})
    assert f"Mother: {child.name}" in words(found)
    page = reverse("council:person", args=[person.pk])
    changing = reverse("council:person-change", args=[person.pk])
    assert officer.post(changing, FIELDS | {"surname": "Jones", "seen": "1"}).url == page
    late = officer.post(changing, FIELDS | {"seen": "1"})
    assert "Somebody changed this person since you opened the page" in words(late)

    removing = reverse("council:person-remove", args=[person.pk])
    assert "Do you want to remove Dilys Jones from the records?" in words(officer.get(removing))
    removed = officer.post(removing, {"seen": "2"}, follow=True)
    assert "Put back" in words(removed)
    assert "Nobody in the records has all of these words" in words(
        officer.get(reverse("council:persons"), {"q": "jones"})
    )
    officer.post(reverse("council:person-put-back", args=[person.pk]))
    assert "Dilys Jones" in words(officer.get(reverse("council:child-adults", args=[child.pk])))


@pytest.mark.req("SP-349")
def test_an_officer_chooses_somebody_in_the_records_for_a_child_and_ends_it(officer: Client):
    child, person = child_of(an_entry()), a_mother()
    choosing = officer.get(reverse("council:child-adult-choose", args=[child.pk]), {"q": "dilys"})
    one = reverse("council:child-adult", args=[child.pk, person.pk])
    assert one in choosing.content.decode()
    assert officer.post(one, {"do": "save", "relation": ""}).status_code == 422
    officer.post(one, {"do": "save", "relation": "Aunt"})
    assert Relation.objects.get(ended_at=None).relation == "Aunt"
    officer.post(one, {"do": "end", "relation": "Aunt"})
    assert not Relation.objects.filter(ended_at=None).exists()


@pytest.mark.req("SP-349")
def test_a_portal_user_is_linked_only_after_the_question_and_the_link_is_undone_with_its_history(
    officer: Client,
):
    entry = an_entry()
    child, mother = child_of(entry), a_mother()
    person = on_involvement(entry, a_parent())
    address = reverse("council:person-link", args=[child.pk, person.pk])

    suggested = officer.get(address)
    assert "Same email and name" in words(suggested)
    asked = officer.get(address, {"person": mother.pk})
    assert "Are you sure that the portal account of Dilys Pritchard belongs to Dilys Pritchard?" in words(
        asked
    )
    assert not Link.objects.exists()

    linked = officer.post(address, {"person": mother.pk}, follow=True)
    assert "Linked to" in words(linked)
    panel = officer.get(reverse("council:child-sharing", args=[child.pk]))
    assert "In the records: Dilys Pritchard" in words(panel)
    undo = reverse("council:person-unlink", args=[Link.objects.get().pk])
    assert "Do you want to undo the link" in words(officer.get(undo))
    assert Link.objects.get().undone_at is None
    undone = officer.post(undo, follow=True)
    assert "Undone on" in words(undone)
    assert Audited.objects.filter(verb="persons.linked", child_id=child.pk).count() == 1


@pytest.mark.req("SP-349")
def test_an_account_of_somebody_else_on_no_involvement_cannot_be_linked_here(officer: Client):
    entry = an_entry()
    person = on_involvement(entry, a_parent())
    assert (
        officer.get(reverse("council:person-link", args=[child_of(entry).pk, person.pk + 1])).status_code
        == 404
    )
    assert officer.post(
        reverse("council:person-link", args=[child_of(entry).pk, person.pk]), {"person": "999\x00"}
    ).status_code in {200, 400}
    assert not Link.objects.exists()


def test_where_an_adult_of_a_restricted_child_lives_is_hidden_and_cannot_be_overwritten(officer: Client):
    child = child_of(an_entry())
    Child.objects.filter(pk=child.pk).update(restricted=True)
    person = a_mother(child)

    for name in ("person", "person-change", "person-remove"):
        assert (
            "12 Mill Lane" not in officer.get(reverse(f"council:{name}", args=[person.pk])).content.decode()
        )
    assert "12 Mill Lane" not in words(officer.get(reverse("council:child-adults", args=[child.pk])))
    officer.post(
        reverse("council:person-change", args=[person.pk]),
        FIELDS | {"surname": "Jones", "address": "Elsewhere", "seen": "1"},
    )
    person.refresh_from_db()
    assert (person.surname, person.address) == ("Jones", "12 Mill Lane")


def test_families_and_professionals_see_no_adults(client: Client):
    person = a_mother()
    come_in(client, a_professional())
    for address in (reverse("council:persons"), reverse("council:person", args=[person.pk])):
        assert client.get(address).status_code in {302, 403, 404}

"""Families' own reading leaves entries; and they see, by group of staff, who opened their child's record."""

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority import services as authority
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.records.children.models import Child
from guildhall.records.linkage.models import Mention
from tests.definitions import a_family_child, a_full_draft
from tests.records.some import a_child, a_mention
from tests.standing import (
    NOON,
    a_parent,
    a_safeguarding_officer,
    an_officer,
    another_parent,
    come_in,
    may_look,
)

pytestmark = pytest.mark.django_db


def tied(parent: User, record: Child) -> FamilyChild:
    """A child of ``parent``'s family, about whom a form was tied to ``record``."""
    child = a_family_child(parent)
    mention = a_mention(str(child.pk), said_by=parent, family_child=child.pk)
    Mention.objects.filter(pk=mention.pk).update(state="linked", child=record, settled_at=NOON)
    return child


def looks(user: User, record: Child) -> None:
    """``user`` opens the record on the council's pages."""
    may_look(user, record)
    assert come_in(Client(), user).get(reverse("council:child", args=[record.pk])).status_code == 200


def page_of(parent: User, child: FamilyChild) -> str:
    return come_in(Client(), parent).get(reverse("families:looked", args=[child.pk])).text


@pytest.mark.req("GH-046")
def test_a_family_sees_which_group_of_staff_looked_and_no_name():
    officer = an_officer(forename="Bronwen", surname="Secretname")
    parent, record = a_parent(), a_child()
    child = tied(parent, record)
    assert "There is nothing to show." in page_of(parent, child)

    looks(officer, record)

    page = page_of(parent, child)
    assert "SEND officers" in page
    assert "Secretname" not in page
    assert "send.officer@" not in page


@pytest.mark.req("GH-046")
def test_names_of_staff_are_shown_only_where_the_authority_chose_that():
    officer = an_officer(forename="Bronwen", surname="Secretname")
    parent, record = a_parent(), a_child()
    child = tied(parent, record)
    looks(officer, record)
    looks(a_safeguarding_officer(forename="Nesta", surname="Hiddenname"), record)
    authority.change_setting("odd.name_staff", value=True, by=None, now=NOON)

    page = page_of(parent, child)

    assert "Bronwen Secretname, SEND officers" in page
    assert "You see who it was" in page
    assert "Hiddenname" not in page


@pytest.mark.req("GH-046")
def test_that_safeguarding_looked_is_withheld():
    parent, record = a_parent(), a_child()
    child = tied(parent, record)

    looks(a_safeguarding_officer(), record)

    assert Entry.objects.filter(child_id=record.pk, verb="child.viewed").count() == 1
    assert "There is nothing to show." in page_of(parent, child)


@pytest.mark.req("GH-046")
def test_two_parents_see_the_staff_and_nothing_of_each_other():
    dilys, marek, record = a_parent(), another_parent(), a_child()
    hers, his = tied(dilys, record), tied(marek, record)
    looks(an_officer(), record)
    Entry.objects.create(
        at=NOON,
        verb="child.viewed",
        by_id=marek.pk,
        by_name=str(marek),
        by_roles="parent",
        about_kind="submissions.submission",
        about_id="1",
        child_id=record.pk,
    )

    for parent, child in ((dilys, hers), (marek, his)):
        page = page_of(parent, child)
        assert page.count("<tr class") == 2, "the heading and one line"
        assert "SEND officers" in page
    assert "Marek" not in page_of(dilys, hers)
    assert come_in(Client(), marek).get(reverse("families:looked", args=[hers.pk])).status_code == 404


def test_nothing_is_shown_of_a_protected_childs_record():
    parent, record = a_parent(), a_child()
    child = tied(parent, record)
    looks(an_officer(), record)
    Child.objects.filter(pk=record.pk).update(restricted=True)

    assert "There is nothing to show." in page_of(parent, child)


@pytest.mark.req("GH-046")
def test_families_own_reading_leaves_entries(client: Client):
    parent = a_parent()
    child, draft = a_family_child(parent), a_full_draft(parent)
    come_in(client, parent)
    ways = {
        reverse("families:family"): ("families", "list"),
        reverse("families:child", args=[child.pk]): ("families.familychild", str(child.pk)),
        reverse("families:choose-person"): ("families", "list"),
        reverse("families:forms", args=[child.pk]): ("families.familychild", str(child.pk)),
        reverse("filling:step", args=[draft.pk, "child"]): ("submissions.draft", str(draft.pk)),
        reverse("filling:summary", args=[draft.pk]): ("submissions.draft", str(draft.pk)),
        reverse("filling:submitted"): ("submissions", "list"),
    }
    for way, about in ways.items():
        before = Entry.objects.filter(verb="child.viewed").count()
        assert client.get(way).status_code == 200, way
        entries = Entry.objects.filter(verb="child.viewed").order_by("-pk")
        assert entries.count() == before + 1, way
        assert (entries[0].about_kind, entries[0].about_id, entries[0].by_id) == (*about, parent.pk), way


def test_the_page_speaks_welsh():
    parent = a_parent(language="cy")
    assert "Pwy edrychodd" in page_of(parent, a_family_child(parent))

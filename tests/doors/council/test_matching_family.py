"""The map of a family, on the page of a child who waits and of a record."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.people.families.models import FamilyChild
from guildhall.people.membership.queries import holder_for
from guildhall.records.children import services as children
from guildhall.records.children.models import Child
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.families import family_of
from tests.records.some import a_child, a_mention
from tests.standing import NOON, a_parent, a_safeguarding_officer, an_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_hand")]


def _kin(child: Child, number: str, relationship: str = "Mother"):
    """The standing parent has ``child`` in My Family and sent a form about them."""
    mine = FamilyChild.objects.create(
        added_by=a_parent(),
        forename=child.forename,
        surname=child.surname,
        born_on=child.born_on or NOON.date(),
        relationship=relationship,
        parental_responsibility=True,
        added_at=NOON,
    )
    mention = a_mention(number, said_by=a_parent(), family_child=mine.pk, forename=child.forename)
    choices = {"address": "ours", "born_on": "ours"}
    decision = linkage.match_mention(
        mention, child=child, choices=choices, by=an_officer(), now=NOON, confirmed=True
    )
    return decision.mention


def test_a_record_shows_parents_siblings_and_homes_with_how_it_is_known(officer: Client):
    child = a_child()
    moved = a_child(forename="Idris", born_on=date(2012, 1, 1), postcode="KT1 1AA")
    twin = a_child(forename="Carys")
    older = a_child(forename="Nia", born_on=date(2010, 1, 1))
    a_child(forename="Gwen", surname="Evans", born_on=date(2010, 1, 1))
    _kin(child, "1")
    _kin(moved, "2")
    page = officer.get(reverse("council:child", args=[child.pk]))
    lines = {(each.name.split()[0], each.what, each.why) for each in page.context["family"]["people"]}
    wrote = "They sent a form about the child. They say that they have parental responsibility."
    assert lines == {
        (str(a_parent()).split()[0], "Mother", wrote),
        ("Idris", "Perhaps a brother or sister", "The same person has both in My Family."),
        ("Carys", "Perhaps a twin", "Born on the same day at the same postcode."),
        ("Nia", "Perhaps a brother or sister", "The same surname at the same postcode."),
    }
    html = page.content.decode()
    assert 'aria-labelledby="family-title family-desc"' in html
    for each in (moved, twin, older):
        assert f'href="{reverse("council:child", args=[each.pk])}"' in html
    assert "12 Mill Lane, Guildford, GU1 4AB" in html


def test_a_child_who_waits_shows_who_wrote_and_whom_else_they_wrote_about(officer: Client):
    sibling = a_child(forename="Idris", born_on=date(2012, 1, 1))
    _kin(sibling, "1", "FosterCarer")
    a_child(forename="Gwen", born_on=date(2016, 5, 5))
    waiting = a_mention("2", said_by=a_parent(), forename="Gwen", born_on=date(2016, 5, 5))
    family = officer.get(reverse("council:mention", args=[waiting.pk])).context["family"]
    assert [each.what for each in family["people"]] == [
        "Wrote about the child",
        "Perhaps a brother or sister",
    ]
    assert family["people"][1].name.startswith("Idris")


def test_nothing_is_drawn_for_a_child_without_anybody(officer: Client):
    child = a_child(address_lines=(), postcode="")
    assert 'id="family"' not in officer.get(reverse("council:child", args=[child.pk])).content.decode()


def test_who_may_not_see_where_a_child_lives_learns_it_from_no_sibling():
    child, other = a_child(), a_child(forename="Nia", born_on=date(2010, 1, 1))
    children.change_child(child, changes={"restricted": True}, by=an_officer(), now=NOON)
    child.refresh_from_db()
    officer = holder_for(an_officer(), verified=True)
    for each in (child, other):
        family = family_of(officer, each)
        assert family.siblings == ()
    assert (family_of(officer, child).homes, family_of(officer, child).hidden) == ((), True)
    seen = family_of(holder_for(a_safeguarding_officer(), verified=True), child)
    assert [each.child for each in seen.siblings] == [other]


def test_the_map_costs_the_same_for_a_large_family(officer: Client, django_assert_max_num_queries):
    child = a_child()
    for number in range(15):
        a_child(forename=f"Nia{number}", born_on=date(2010, 1, 1 + number))
    _kin(child, "1")
    holder = holder_for(an_officer(), verified=True)
    with django_assert_max_num_queries(6):
        family = family_of(holder, child)
    assert len(family.siblings) == 12


def _joined(drawing, one: str, other: str) -> bool:
    """Does a line lead from the box that begins with ``one`` down to that which begins with ``other``?"""
    upper, lower = (next(box for box in drawing.boxes if box.first.startswith(each)) for each in (one, other))
    return (upper.middle, upper.bottom, lower.middle, lower.y) in drawing.lines


def test_the_drawing_joins_siblings_to_those_who_have_both_and_to_the_home_they_share(officer: Client):
    child = a_child()
    moved = a_child(forename="Idris", born_on=date(2012, 1, 1), postcode="KT1 1AA")
    a_child(forename="Carys")
    _kin(child, "1")
    _kin(moved, "2")
    drawing = officer.get(reverse("council:child", args=[child.pk])).context["family"]["drawing"]
    parent = str(a_parent()).split()[0]
    assert [_joined(drawing, parent, each) for each in ("Angharad", "Idris", "Carys")] == [True, True, False]
    assert [_joined(drawing, each, "12 Mill") for each in ("Angharad", "Idris", "Carys")] == [
        True,
        False,
        True,
    ]


def test_a_home_that_is_only_a_postcode_is_written_once_and_what_does_not_fit_is_counted(officer: Client):
    child = a_child(address_lines=())
    for number in range(5):
        a_child(forename=f"Nia{number}", born_on=date(2010, 1, number + 1), address_lines=())
    drawing = officer.get(reverse("council:child", args=[child.pk])).context["family"]["drawing"]
    assert [(box.first, box.second) for box in drawing.boxes if box.kind == "home"] == [("GU1 4AB", "")]
    assert [box.first for box in drawing.boxes if box.kind == "child"] == [
        "Nia0 Pugh",
        "Nia1 Pugh",
        "And 3 more",
    ]

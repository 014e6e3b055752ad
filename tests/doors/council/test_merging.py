"""Two records of one child, on the pages of officers."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.people.membership import services as membership
from guildhall.people.organisations.models import Establishment
from guildhall.records.children import services as children
from guildhall.records.children.models import Child
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.models import Merge
from tests.records.some import a_child, a_mention
from tests.standing import (
    NOON,
    a_parent,
    a_person,
    a_safeguarding_officer,
    an_administrator,
    an_officer,
    come_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_hand")]


def _two() -> tuple[Child, Child]:
    return a_child(), a_child(surname="Morgan", gender="", upn="A123456789012")


def _address(kept: Child, gone: Child) -> str:
    return reverse("council:child-merge-with", args=[kept.pk, gone.pk])


def _merge(client: Client, kept: Child, gone: Child, **posted: str):
    page = client.get(_address(kept, gone))
    seen = {"kept-seen": page.context["kept_seen"], "gone-seen": page.context["gone_seen"]}
    return client.post(_address(kept, gone), seen | {"choice-surname": "both", "confirmed": "yes"} | posted)


@pytest.mark.req("GH-016")
def test_an_officer_finds_the_other_record_merges_and_takes_it_back(officer: Client):
    kept, gone = _two()
    link = reverse("council:child-merge", args=[kept.pk])
    assert link in officer.get(reverse("council:child", args=[kept.pk])).content.decode()
    assert _address(kept, gone) in officer.get(link).content.decode()
    assert _address(kept, gone) in officer.get(link + "?q=morgan").content.decode()

    answer = _merge(officer, kept, gone)

    assert answer.url == reverse("council:child", args=[kept.pk])
    page = officer.get(answer.url).content.decode()
    merge = Merge.objects.get()
    undo = reverse("council:merge-undo", args=[merge.pk])
    assert "The two records are one now" in page and "A123456789012" in page
    assert undo in page
    for name in ("child", "child-chronology", "child-forms", "child-looked"):
        old = officer.get(reverse(f"council:{name}", args=[gone.pk]))
        assert (old.status_code, old.url) == (302, reverse(f"council:{name}", args=[kept.pk]))
    asked = officer.get(undo).content.decode()
    assert "Angharad Morgan" in asked and gone.reference in asked
    assert not Merge.objects.exclude(undone_at=None).exists()

    officer.post(undo)

    assert officer.get(reverse("council:child", args=[gone.pk])).status_code == 200
    page = officer.get(reverse("council:child", args=[kept.pk])).content.decode()
    assert "A123456789012" not in page.split('id="merges"')[0]
    assert f"Undone by {an_officer()}" in page
    assert "already undone" in officer.post(undo, follow=True).content.decode()


def test_both_stand_side_by_side_with_every_difference_marked(officer: Client):
    kept, gone = _two()
    page = officer.get(_address(kept, gone)).content.decode()
    rows = re.findall(r"(?s)<tr( class=\"gh-compare__differs\")?>\s*<th scope=\"row\">(.*?)</th>", page)
    marked = {label for differs, label in rows if differs}
    assert marked == {"Surname", "Unique pupil number"}
    assert "Very likely the same child" in page or "Likely the same child" in page


def test_a_missing_choice_is_said_beside_the_field_and_nothing_is_lost(officer: Client):
    kept, gone = _two()
    answer = _merge(officer, kept, gone, **{"choice-surname": "", "choice-upn": "ours"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#choice-surname">Choose which surname to keep</a>' in page
    assert re.search(r'name="choice-upn"[^>]*value="ours"[^>]*checked', page)
    answer = _merge(officer, kept, gone, confirmed="")
    assert "Tick the box" in answer.content.decode()
    assert not Merge.objects.exists()


def test_a_record_that_changed_meanwhile_is_looked_at_again(officer: Client):
    kept, gone = _two()
    answer = _merge(officer, kept, gone, **{"gone-seen": "2020-01-01"})
    assert answer.status_code == 422
    assert "Somebody has changed one of these records" in answer.content.decode()


def test_a_second_press_leads_to_the_record_that_is_left(officer: Client):
    kept, gone = _two()
    _merge(officer, kept, gone)
    for answer in (officer.get(_address(kept, gone)), officer.post(_address(kept, gone), {})):
        assert answer.url == reverse("council:child", args=[kept.pk])
    assert Merge.objects.count() == 1


def test_what_was_changed_since_is_asked_about(officer: Client):
    kept, gone = _two()
    _merge(officer, kept, gone)
    moved = {
        "postcode": "KT1 1AA",
        "address": {"lines": ["3 High Street"], "town": "", "postcode": "KT1 1AA"},
    }
    children.change_child(kept, changes=moved | {"upn": ""}, by=an_officer(), now=NOON)
    undo = reverse("council:merge-undo", args=[Merge.objects.get().pk])
    page = officer.get(undo)
    assert {each.name: each.value for each in page.context["changed"]} == {
        "stays-address": "now",
        "stays-upn": "before",
    }
    assert "As it is now: 3 High Street, KT1 1AA" in page.content.decode()
    officer.post(undo, {"stays-address": "now", "stays-upn": "before", "stays-<x>": "now"})
    kept.refresh_from_db()
    assert (kept.postcode, kept.address["lines"], kept.upn) == ("KT1 1AA", ["3 High Street"], "")


def test_a_school_that_was_changed_since_is_named(officer: Client):
    kept, gone = _two()
    school = Establishment.objects.create(urn="990123", name="Ysgol y Bont")
    children.change_child(gone, changes={"establishment_id": school.pk}, by=an_officer(), now=NOON)
    _merge(officer, kept, gone)
    children.change_child(kept, changes={"establishment_id": None}, by=an_officer(), now=NOON)
    page = officer.get(reverse("council:merge-undo", args=[Merge.objects.get().pk]))
    assert [(each.name, each.label) for each in page.context["changed"]] == [
        ("stays-establishment_id", "School")
    ]


def test_a_restricted_address_is_compared_by_safeguarding_only(officer: Client):
    kept, gone = _two()
    children.change_child(gone, changes={"restricted": True}, by=an_officer(), now=NOON)
    page = officer.get(_address(kept, gone)).content.decode()
    assert "Ask a colleague of the safeguarding team" in page
    assert "12 Mill Lane" not in page and "GU1 4AB" not in page
    officer.post(_address(kept, gone), {"choice-surname": "both", "confirmed": "yes"})
    assert not Merge.objects.exists()
    come_in(officer, a_safeguarding_officer())
    _merge(officer, kept, gone)
    assert Merge.objects.exists()


def test_the_audit_leads_to_the_way_back_for_those_who_may(client: Client):
    kept, gone = _two()
    merge = linkage.merge_children(
        kept, gone, choices={"surname": "ours"}, by=an_officer(), now=NOON, confirmed=True
    )
    undo = reverse("council:merge-undo", args=[merge.pk])
    reader = a_person("dpo@council.example.org", role="auditor")
    page = come_in(client, reader).get(reverse("council:audit")).content.decode()
    assert f"merged two records into child {kept.pk}" in page
    assert undo not in page
    membership.give_role(reader, role="send-officer", team="send", by=None, now=NOON)
    assert undo in client.get(reverse("council:audit")).content.decode()


@pytest.mark.parametrize("stranger", [a_parent, an_administrator])
def test_nobody_else_merges(client: Client, stranger):
    kept, gone = _two()
    merge = linkage.merge_children(
        kept, gone, choices={"surname": "ours"}, by=an_officer(), now=NOON, confirmed=True
    )
    come_in(client, stranger())
    for address in (
        reverse("council:child-merge", args=[kept.pk]),
        _address(kept, gone),
        reverse("council:merge-undo", args=[merge.pk]),
    ):
        assert client.get(address).status_code == 403


def test_what_is_not_there_is_not_found(officer: Client):
    kept, _ = _two()
    for address in (
        f"/council/children/{kept.pk}/merge/404/",
        "/council/children/404/merge/",
        "/council/children/merges/404/undo/",
    ):
        assert officer.get(address).status_code == 404
    assert officer.get("/council/children/404/").status_code == 404


def test_the_record_with_itself_is_not_offered(officer: Client):
    kept, _ = _two()
    a_mention()
    answer = officer.post(_address(kept, kept), {"confirmed": "yes", "kept-seen": "", "gone-seen": ""})
    assert answer.status_code == 422
    assert "That is the same record" in answer.content.decode()


def test_the_pages_of_merging_speak_welsh(officer: Client):
    kept, gone = _two()
    user = an_officer()
    user.language = "cy"
    user.save()
    officer.cookies["language"] = "cy"
    assert "Gwneud un cofnod o ddau" in officer.get(_address(kept, gone)).content.decode()

"""What schools download, in the officers' order, and floor plans that only their own school sees."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guildhall.foundation.files.services import FileRefused
from guildhall.work.downloads import queries
from guildhall.work.downloads import services as downloads
from guildhall.work.downloads.models import Item, Plan

from ...people.membership.schools import a_place, a_school, another_school
from ...standing import NOON, an_officer
from ..schoolfolder.scene import an_upload
from .scene import a_floor_plan, a_pdf, a_section, an_item, told

pytestmark = pytest.mark.django_db


def acting():
    return {"by": an_officer(), "now": NOON}


@pytest.mark.req("SC-090")
def test_schools_find_what_is_offered_by_section_and_by_words_of_either_language():
    guide, tool = an_item(), an_item("Budget tool", section=a_section("Finance"))
    assert [(one.section.called, one.items) for one in queries.shelves()] == [
        ("Data", [guide]),
        ("Finance", [tool]),
    ]
    assert [len(one.items) for one in queries.shelves("hydref census")] == [1, 1]
    assert list(queries.items("budget")) == [tool]
    assert not queries.items("budget zebra").exists()
    downloads.retire_item(tool, **acting())
    assert [one.items for one in queries.shelves()] == [[guide]]
    downloads.offer_again(tool, **acting())
    assert len(queries.shelves()) == 2


@pytest.mark.req("SC-090")
def test_a_newer_version_stands_for_the_item_and_the_older_stays_for_officers():
    item = an_item()
    upload = an_upload("newer.txt", b"Newer.")
    downloads.replace_item(item, upload=upload, version="3", dated_on=date(2026, 6, 1), **acting())
    item.refresh_from_db()
    assert (item.version, item.file.name) == ("3", "newer.txt")
    assert {one.name for one in queries.versions(item)} == {"newer.txt", "guide.txt"}
    assert queries.items("newer").get() == item


def test_the_same_page_sent_twice_adds_one_and_items_move_within_their_section():
    key = uuid4()
    for _ in range(2):
        downloads.add_item(told(), upload=an_upload("a.txt"), key=key, **acting())
    first, second = Item.objects.get(), an_item("Second")
    downloads.move_item(second, up=True, **acting())
    assert list(queries.items()) == [second, first]
    downloads.move_item(second, up=True, **acting())
    assert list(queries.items()) == [second, first]


def test_a_section_has_a_name_of_its_own_and_goes_only_when_empty():
    section = a_section()
    with pytest.raises(downloads.SectionTaken):
        downloads.add_section({"en": "DATA", "cy": "Arall"}, **acting())
    an_item()
    with pytest.raises(downloads.NotEmpty):
        downloads.remove_section(section, **acting())
    other = a_section("Other")
    downloads.move_section(other, up=True, **acting())
    assert list(queries.sections()) == [other, section]
    downloads.remove_section(other, **acting())


@pytest.mark.req("SC-090")
def test_people_see_the_floor_plans_of_their_own_school_and_retired_ones_nobody():
    plan, theirs = a_floor_plan(), a_floor_plan(a_pdf(), another_school())
    place = a_place("elen@ysgol.example.org")
    assert list(queries.plans_for(place)) == [plan]
    downloads.retire_plan(plan, **acting())
    assert not queries.plans_for(place).exists()
    downloads.restore_plan(plan, **acting())
    assert list(queries.plans_for(place)) == [plan]
    assert theirs not in queries.plans_for(place)


def test_a_plan_is_a_pdf_or_a_picture_and_never_an_svg():
    plain = downloads.ToldPlan({"en": "A", "cy": "B"}, date(2026, 1, 5))
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for name, content in (("plan.svg", svg), ("plan.txt", b"Words"), ("plan.png", svg)):
        upload = SimpleUploadedFile(name, content)
        with pytest.raises(FileRefused):
            downloads.add_plan(a_school(), plain, upload=upload, key=uuid4(), **acting())
    assert not Plan.objects.exists()

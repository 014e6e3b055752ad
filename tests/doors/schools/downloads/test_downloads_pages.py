"""Downloads and floor plans as schools open them, and the officers' pages for them."""

import re

import pytest
from django.test import Client

from guildhall.foundation.audit.models import Entry
from guildhall.work.downloads.models import Item, Plan, Section

from ....people.membership.schools import a_place, a_school, another_school
from ....standing import an_officer, come_in
from ....work.downloads.scene import a_floor_plan, a_pdf, a_picture, an_item
from ....work.schoolfolder.scene import an_upload

pytestmark = pytest.mark.django_db


@pytest.mark.req("SC-090")
def test_a_school_browses_searches_and_downloads():
    item = an_item()
    client = come_in(Client(), a_place("elen@ysgol.example.org").user)
    page = client.get("/schools/downloads/").text
    assert "Census guide" in page
    assert "Version 2.1" in page
    assert "Census guide" not in client.get("/schools/downloads/?find=zebra").text
    assert b"".join(client.get(f"/schools/downloads/{item.pk}")) == b"We met."
    assert Entry.objects.filter(verb="downloads.item_downloaded").count() == 1
    assert 'href="/schools/downloads/"' in client.get("/schools/").text


@pytest.mark.req("SC-090", "SC-093")
def test_a_floor_plan_opens_in_the_browser_of_its_own_school_only():
    picture, pdf = a_floor_plan(), a_floor_plan(a_pdf())
    elen = come_in(Client(), a_place("elen@ysgol.example.org").user)
    other = come_in(Client(), a_place("ffion@other.example.org", another_school()).user)
    for plan in (picture, pdf):
        for end in ("", "show", "download"):
            assert other.get(f"/schools/floor-plans/{plan.pk}/{end}").status_code == 404
    page = elen.get(f"/schools/floor-plans/{picture.pk}/?zoom=200")
    assert 'width="1920"' in page.text
    assert "If you see an error" in page.text
    shown = elen.get(f"/schools/floor-plans/{picture.pk}/show")
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Content-Security-Policy"].startswith("sandbox")
    assert b"".join(shown)
    page = elen.get(f"/schools/floor-plans/{pdf.pk}/")
    assert "<object" in page.text
    assert "object-src 'self'" in page["Content-Security-Policy"]
    shown = elen.get(f"/schools/floor-plans/{pdf.pk}/show")
    assert (shown["Content-Type"], shown["X-Frame-Options"]) == ("application/pdf", "SAMEORIGIN")
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert b"".join(shown).startswith(b"%PDF")
    kept = elen.get(f"/schools/floor-plans/{pdf.pk}/download")
    assert kept["Content-Disposition"].startswith("attachment")
    assert b"".join(kept)


@pytest.mark.req("SC-090")
def test_an_officer_keeps_sections_downloads_and_plans():
    officer = come_in(Client(), an_officer())
    assert officer.get("/council/downloads/new/").status_code == 302
    officer.post("/council/downloads/sections/", {"title_en": "Data", "title_cy": "Data (cy)"})
    section, page = Section.objects.get(), officer.get("/council/downloads/new/").text
    day = {"download_date-day": "1", "download_date-month": "6", "download_date-year": "2026"}
    told = {"key": re.search(r'name="key" value="([^"]+)"', page)[1], "download_version": "1", **day}
    told |= {"download_section": section.pk, "title_en": "Guide", "title_cy": "Canllaw"}
    assert officer.post("/council/downloads/new/", told).status_code == 422
    assert officer.post("/council/downloads/new/", told | {"download_file": an_upload()}).status_code == 302
    item = Item.objects.get()
    officer.post(f"/council/downloads/{item.pk}/retire/")
    assert "Guide" in officer.get("/council/downloads/?retired").text
    officer.post(f"/council/downloads/{item.pk}/offer/")
    assert "Guide" in officer.get("/council/downloads/").text
    path = f"/council/floor-plans/schools/{a_school().pk}/new/"
    day = {"plan_date-day": "1", "plan_date-month": "6", "plan_date-year": "2026"}
    told = {"title_en": "Ground", "title_cy": "Gwaelod", **day}
    assert officer.post(path, told | {"plan_file": an_upload("plan.txt")}).status_code == 422
    assert officer.post(path, told | {"plan_file": a_picture()}).status_code == 302
    plan = Plan.objects.get()
    changed = f"/council/floor-plans/{plan.pk}/change/"
    assert officer.post(changed, told | {"title_en": "Lower"}).status_code == 302
    plan.refresh_from_db()
    assert (plan.name["en"], plan.file.name) == ("Lower", "ground.png")

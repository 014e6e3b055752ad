"""Downloads and floor plans."""

import io
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from guildhall.foundation.documents import Document
from guildhall.foundation.documents import services as documents
from guildhall.foundation.files import services as files
from guildhall.work.downloads import services as downloads
from guildhall.work.downloads.models import Item, Plan, Section

from ...people.membership.schools import a_school
from ...standing import NOON, an_officer
from ..schoolfolder.scene import an_upload

WORDS = {"en": "For the autumn census.", "cy": "Ar gyfer cyfrifiad yr hydref."}


def a_picture(name: str = "ground.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def a_pdf(name: str = "first.pdf") -> SimpleUploadedFile:
    page = Document(title="First floor", reference="", language="en", sections=[])
    return SimpleUploadedFile(name, documents.pdf(page), content_type="application/pdf")


def a_section(en: str = "Data") -> Section:
    known = Section.objects.filter(name__en=en).first()
    return known or downloads.add_section({"en": en, "cy": f"{en} (cy)"}, by=an_officer(), now=NOON)


def told(title: str = "Census guide", **more: Any) -> downloads.ToldItem:
    title_of = {"en": title, "cy": f"{title} (cy)"}
    plain = {"section": a_section(), "title": title_of, "words": WORDS, "version": "2.1"}
    return downloads.ToldItem(**plain | {"dated_on": date(2026, 5, 1)} | more)


def an_item(title: str = "Census guide", **more: Any) -> Item:
    acting = {"by": an_officer(), "now": NOON}
    item = downloads.add_item(told(title, **more), upload=an_upload("guide.txt"), key=uuid4(), **acting)
    files.write_verdict(item.file, found="", now=NOON)
    return item


def a_floor_plan(upload: SimpleUploadedFile | None = None, school: Any = None) -> Plan:
    told = downloads.ToldPlan({"en": "Ground floor", "cy": "Llawr gwaelod"}, date(2026, 1, 5))
    acting = {"by": an_officer(), "now": NOON}
    plan = downloads.add_plan(school or a_school(), told, upload=upload or a_picture(), key=uuid4(), **acting)
    files.write_verdict(plan.file, found="", now=NOON)
    return plan

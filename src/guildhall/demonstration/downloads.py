"""Documents and tools for schools, and the floor plans of one of them."""

import io
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from guildhall.work.downloads import services as downloads
from guildhall.work.downloads.models import Section

from .cast import Cast
from .governors import SCHOOL, _file
from .responsibilities import place_of

OFFERED = (
    (
        "Data",
        "Data",
        "Census guide",
        "Canllaw'r cyfrifiad",
        "How to send the autumn census.",
        "Sut i anfon cyfrifiad yr hydref.",
    ),
    (
        "Data",
        "Data",
        "Calendar of returns",
        "Calendr ffurflenni",
        "Which return is due when.",
        "Pa ffurflen sydd i ddod pryd.",
    ),
    (
        "Buildings",
        "Adeiladau",
        "Fire log book",
        "Llyfr cofnodi tân",
        "Print it and keep it in the office.",
        "Argraffwch ef a'i gadw yn y swyddfa.",
    ),
)


@transaction.atomic
def offer_downloads(cast: Cast, *, now: datetime) -> None:
    """Offer three documents, and give one school a plan as a picture and one as a PDF."""
    acting: dict[str, Any] = {"by": next(iter(cast.staff.values())), "now": now - timedelta(days=30)}
    day = acting["now"].date()
    sections: dict[str, Section] = {}
    for name, cy_name, en, cy, words_en, words_cy in OFFERED:
        if name not in sections:
            sections[name] = downloads.add_section({"en": name, "cy": cy_name}, **acting)
        told = downloads.ToldItem(
            sections[name], {"en": en, "cy": cy}, {"en": words_en, "cy": words_cy}, "1.0", day
        )
        downloads.add_item(told, upload=_file(en), key=uuid4(), **acting)
    school = place_of("clerk@ysgol.example.org", SCHOOL).school
    for en, cy, upload in (
        ("Ground floor", "Llawr gwaelod", _drawing()),
        ("First floor", "Llawr cyntaf", _file("First floor")),
    ):
        plan = downloads.ToldPlan({"en": en, "cy": cy}, day)
        downloads.add_plan(school, plan, upload=upload, key=uuid4(), **acting)


def _drawing() -> SimpleUploadedFile:
    """Rooms on both sides of a corridor."""
    picture = Image.new("RGB", (1200, 800), "white")
    draw = ImageDraw.Draw(picture)
    for room in range(4):
        for top in (40, 480):
            corner = (40 + room * 280, top)
            draw.rectangle((corner, (corner[0] + 280, top + 280)), outline="black", width=6)
            draw.text((corner[0] + 110, top + 130), f"Room {room + 1 + (4 if top > 40 else 0)}", fill="black")
    draw.text((560, 395), "Corridor", fill="black")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return SimpleUploadedFile("ground-floor.png", out.getvalue(), content_type="image/png")

"""Notices of schools."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from guildhall.foundation.authority import services as authority
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.work.notices import services
from guildhall.work.notices.models import Notice

from ...people.membership.schools import a_place
from ...standing import NOON, an_officer

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def a_picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("piano.png", PNG, content_type="image/png")


def officer(**more: Any) -> dict[str, Any]:
    by = an_officer()
    return {"holder": holder_for(by, verified=True), "by": by, "now": NOON} | more


def told(title: str = "Piano", **more: Any) -> services.Told:
    plain = {
        "title": title,
        "words": "Upright, in tune.",
        "contact": "Elen Rowlands",
        "email": "elen@ysgol.example.org",
        "price": "£80",
        "ends_on": NOON.date() + timedelta(days=30),
    }
    return services.Told(**plain | more)


def a_notice(
    title: str = "Piano",
    *,
    place: SchoolPlace | None = None,
    kind: str = "sale",
    now: Any = NOON,
    **more: Any,
) -> Notice:
    place = place or a_place("elen@ysgol.example.org")
    how = {"place": place, "by": place.user, "now": now}
    return services.place_notice(kind, told(title, **more), key=uuid4(), **how)


def moderate() -> None:
    authority.change_setting("notices.moderated", value=True, by=None, now=NOON)

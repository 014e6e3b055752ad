"""What tests of post stand on."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from guildhall.foundation.files.models import StoredFile
from guildhall.mail.post import queries
from guildhall.mail.post import services as post
from guildhall.mail.post.models import Posting
from guildhall.mail.post.queries import Asked
from guildhall.mail.post.told import Told
from guildhall.people.membership.models import SchoolPlace

from ...people.membership.schools import a_place, a_school, a_supervisor
from ...people.responsibilities.scene import INTERESTED, LEAD, give, the
from ...standing import NOON, an_officer

DAY = timedelta(days=1)
LATER = NOON + timedelta(hours=1)


def told(*names: str, **more: Any) -> Told:
    """A posting for these responsibilities, Finance when none is named."""
    plain = Told(
        title_en="School meals grant",
        body_en="Tell us how many **meals** you serve.",
        sensitivity="unrestricted",
        responsibilities=frozenset(the(name).pk for name in names or ("Finance",)),
    )
    return replace(plain, **more)


def drafted(*names: str, **more: Any) -> Posting:
    """A draft of the officer's."""
    return post.draft_posting(told=told(*names, **more), by=an_officer(), now=NOON)


def posted(*names: str, at: datetime = NOON, **more: Any) -> Posting:
    """A posting that schools have since ``at``."""
    return post.publish(drafted(*names, **more), by=an_officer(), now=at)


def staff(email: str = "elen@ysgol.example.org", **levels: str) -> SchoolPlace:
    """Somebody at the school, whom its supervisor made responsible: ``Finance=LEAD``."""
    place = a_place(email)
    give(place, a_supervisor(), **levels)
    return fresh(place)


def fresh(place: SchoolPlace) -> SchoolPlace:
    """The place as the database has it now."""
    return SchoolPlace.objects.select_related("user", "school", "membership").get(pk=place.pk)


def box(place: SchoolPlace, view: str = "all", now: datetime = LATER, **asked: Any) -> list[Posting]:
    """What somebody finds in a view of their post."""
    return [one.posting for one in queries.inbox(fresh(place), asked=Asked(view=view, **asked), now=now)]


def read(place: SchoolPlace, posting: Posting, now: datetime = LATER) -> None:
    """Open an item."""
    item = queries.item(place, posting.pk)
    assert item is not None
    post.open_item(item, place=place, now=now)


def upload(name: str = "answer.txt", content: bytes = b"41 meals.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def cleaned(file: StoredFile) -> StoredFile:
    """The file as the scanner found it clean."""
    StoredFile.objects.filter(pk=file.pk).update(state=StoredFile.State.CLEAN)
    file.refresh_from_db()
    return file


__all__ = ["DAY", "INTERESTED", "LATER", "LEAD", "NOON", "a_school", "a_supervisor", "give", "the"]

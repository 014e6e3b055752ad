"""What tests of a school's post stand on."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from guildhall.foundation.files.models import StoredFile
from guildhall.mail.post import services as posting
from guildhall.mail.post.models import Posting
from guildhall.people.membership.models import SchoolPlace

from ....mail.post.scene import drafted, upload
from ....people.membership.schools import a_supervisor
from ....people.responsibilities.scene import give
from ....standing import an_officer, come_in

POST, ALL, ALERTS = "/schools/post/", "/schools/post/all/", "/schools/alerts/"


def posted(title: str, *areas: str, days: float = 1, files: int = 0, **more: Any) -> Posting:
    """An item that schools got so many ``days`` ago, with so many clean attachments."""
    at = timezone.now() - timedelta(days=days)
    draft = drafted(*areas, title_en=title, body_en="Herons at the ford.", **more)
    uploads = [upload(f"form-{number}.txt", b"Fill me in.") for number in range(files)]
    posting.attach(draft, uploads=uploads, by=an_officer(), now=at)
    clean()
    return posting.publish(draft, by=an_officer(), now=at)


def clean() -> None:
    """Say of every file that its scan found nothing."""
    StoredFile.objects.update(state=StoredFile.State.CLEAN)


def made(place: SchoolPlace, **levels: str) -> SchoolPlace:
    """``place``, responsible for exactly this."""
    give(place, a_supervisor(school=place.school), **levels)
    return place


def browser(place: SchoolPlace) -> Client:
    return come_in(Client(), place.user)


def address(item: Posting, *more: str) -> str:
    return f"{POST}{item.pk}/{'/'.join(more)}"

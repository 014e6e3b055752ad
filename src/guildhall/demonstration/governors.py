"""A governing body with its papers, and courses and news for governors."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from guildhall.foundation.documents import Document, Section
from guildhall.foundation.documents import services as documents
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.governors import services as governors
from guildhall.work.governors.models import Meeting, Paper

from .cast import Cast
from .responsibilities import place_of

SCHOOL = 990001
# Days from today, what the meeting is called, and its papers: kind, title, words.
MEETINGS = (
    (-60, "Full governing body", (("agenda", "Agenda"), ("minutes", "Minutes of the autumn meeting"))),
    (14, "Full governing body", (("agenda", "Agenda"), ("report", "Budget report"))),
    (30, "Finance committee", ()),
)
COURSES = (
    (12, 20, "Reading a school budget", "Darllen cyllideb ysgol", "County Hall, Carreg", ""),
    (26, 2, "Being a new governor", "Bod yn llywodraethwr newydd", "", "https://meet.example.org/governors"),
    (-20, 10, "Safeguarding for governors", "Diogelu i lywodraethwyr", "County Hall, Carreg", ""),
)
WORDS = {
    "en": "An evening for governors, with time for questions.",
    "cy": "Noson i lywodraethwyr, gydag amser i gwestiynau.",
}


@transaction.atomic
def gather_governors(cast: Cast, *, now: datetime) -> None:
    """Publish papers, let the chair read some, offer courses, book two of them, and write news."""
    clerk, chair = place_of("clerk@ysgol.example.org", SCHOOL), place_of("gareth@ysgol.example.org", SCHOOL)
    officer = next(iter(cast.staff.values()))
    for days, name, papers in MEETINGS:
        told = governors.ToldMeeting(name, (now + timedelta(days=days)).date(), "6pm, school library")
        meeting = governors.add_meeting(clerk, told, now=now - timedelta(days=70))
        for kind, title in papers:
            paper = _publish(meeting, kind, title, clerk, now=now)
            if days < 0:
                governors.note_opened(paper, file=paper.file, place=chair, now=now - timedelta(days=4))
    for row in COURSES:
        _offer(*row, chair=chair, officer=officer, now=now)
    called = {"en": "Elections of parent governors", "cy": "Etholiadau rhiant-lywodraethwyr"}
    words = {
        "en": "Elections are held **before the end of term**. The clerk has the papers.",
        "cy": "Cynhelir etholiadau **cyn diwedd y tymor**. Mae’r papurau gan y clerc.",
    }
    day = (now - timedelta(days=3)).date()
    governors.add_news(governors.ToldNews(called, words, day), by=officer, now=now)


def _publish(meeting: Meeting, kind: str, title: str, clerk: SchoolPlace, *, now: datetime) -> Paper:
    at = now - timedelta(days=5)
    upload = _file(title)
    acting: dict[str, Any] = {"place": clerk, "now": at}
    return governors.add_paper(
        meeting, kind=kind, title=title, upload=upload, no_pupils=True, key=uuid4(), **acting
    )


def _offer(
    days: int,
    places: int,
    en: str,
    cy: str,
    where: str,
    link: str,
    *,
    chair: SchoolPlace,
    officer: User,
    now: datetime,
) -> None:
    """A course, with the chair on it if it is soon or past."""
    starts = (now + timedelta(days=days)).replace(hour=18, minute=0, second=0, microsecond=0)
    ends, before = starts + timedelta(hours=2), now - timedelta(days=40)
    title = {"en": en, "cy": cy}
    told = governors.ToldCourse(title, WORDS, starts, ends, places=places, place=where, link=link)
    course = governors.add_course(told, by=officer, now=before)
    if days > 20:
        return
    booking = governors.book(course, place=chair, now=before)
    if days < 0:
        governors.note_attendance(course, {booking.pk}, by=officer, now=now)


def _file(title: str) -> SimpleUploadedFile:
    page = Document(
        title=title,
        reference="",
        language="en",
        sections=[Section(heading=title, rows=[("", ["Invented."])])],
    )
    name = fold_name(title).replace(" ", "-")
    return SimpleUploadedFile(f"{name}.pdf", documents.pdf(page), content_type="application/pdf")

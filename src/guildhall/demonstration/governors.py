"""A governing body with its papers, and courses and news for governors."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from guildhall.foundation.documents import Document, Section
from guildhall.foundation.documents import services as documents
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.work.governors import services as governors

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
    """Publish papers, let the chair read one, offer courses, book two of them, and write news."""
    clerk, chair = place_of("clerk@ysgol.example.org", SCHOOL), place_of("gareth@ysgol.example.org", SCHOOL)
    officer = next(iter(cast.staff.values()))
    for days, name, papers in MEETINGS:
        day = (now + timedelta(days=days)).date()
        made = governors.add_meeting(
            clerk, governors.ToldMeeting(name, day, "6pm, school library"), now=now - timedelta(days=70)
        )
        for kind, title in papers:
            paper = governors.add_paper(
                made,
                kind=kind,
                title=title,
                upload=_file(title),
                no_pupils=True,
                key=uuid4(),
                place=clerk,
                now=now - timedelta(days=5),
            )
            if days < 0:
                governors.note_opened(paper, file=paper.file, place=chair, now=now - timedelta(days=4))
    for days, places, en, cy, where, link in COURSES:
        starts = (now + timedelta(days=days)).replace(hour=18, minute=0, second=0, microsecond=0)
        told = governors.ToldCourse(
            title={"en": en, "cy": cy},
            words=WORDS,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            places=places,
            place=where,
            link=link,
        )
        before = now - timedelta(days=40)
        course = governors.add_course(told, by=officer, now=before)
        if days < 20:
            booking = governors.book(course, place=chair, now=before)
        if days < 0:
            governors.note_attendance(course, {booking.pk}, by=officer, now=now)
    called = {"en": "Elections of parent governors", "cy": "Etholiadau rhiant-lywodraethwyr"}
    words = {
        "en": "Elections are held **before the end of term**. The clerk has the papers.",
        "cy": "Cynhelir etholiadau **cyn diwedd y tymor**. Mae'r papurau gan y clerc.",
    }
    day = (now - timedelta(days=3)).date()
    governors.add_news(governors.ToldNews(called, words, day), by=officer, now=now)


def _file(title: str) -> SimpleUploadedFile:
    page = Document(
        title=title,
        reference="",
        language="en",
        sections=[Section(heading=title, rows=[("", ["Invented."])])],
    )
    name = fold_name(title).replace(" ", "-")
    return SimpleUploadedFile(f"{name}.pdf", documents.pdf(page), content_type="application/pdf")

"""A governing body, its papers and its courses."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from guildhall.foundation.files import services as files
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.governors import services as governors
from guildhall.work.governors.models import Course, Meeting, Paper

from ...people.membership.schools import a_place
from ...standing import NOON, an_officer
from ..schoolfolder.scene import an_upload

Kind = SchoolPlace.Kind


def a_clerk(**more: Any) -> SchoolPlace:
    return a_place("anwen@ysgol.example.org", kind=Kind.CLERK, **more)


def a_chair() -> SchoolPlace:
    return a_place("gareth@ysgol.example.org", kind=Kind.CHAIR)


def a_governor(email: str = "mair@ysgol.example.org", **more: Any) -> SchoolPlace:
    return a_place(email, kind=Kind.GOVERNOR, **more)


def a_head() -> SchoolPlace:
    return a_place("head@ysgol.example.org", kind=Kind.HEADTEACHER)


def a_meeting(place: SchoolPlace | None = None) -> Meeting:
    told = governors.ToldMeeting("Full governing body", date(2026, 6, 20), "School hall, 6pm")
    return governors.add_meeting(place or a_clerk(), told, now=NOON)


def a_paper(title: str = "Budget report", *, place: SchoolPlace | None = None, clean: bool = True) -> Paper:
    place = place or a_clerk()
    paper = governors.add_paper(
        a_meeting(place),
        kind=Paper.Kind.REPORT,
        title=title,
        upload=an_upload(),
        no_pupils=True,
        key=uuid4(),
        place=place,
        now=NOON,
    )
    if clean:
        files.write_verdict(paper.file, found="", now=NOON)
    return paper


def told(*, places: int = 2, **more: Any) -> governors.ToldCourse:
    plain: dict[str, Any] = {
        "title": {"en": "Reading a budget", "cy": "Darllen cyllideb"},
        "words": {"en": "For **new** governors.", "cy": "I lywodraethwyr **newydd**."},
        "starts_at": NOON + timedelta(days=10),
        "ends_at": NOON + timedelta(days=10, hours=2),
        "place": "County Hall",
        "link": "https://meet.example.org/budget",
        "places": places,
    }
    return governors.ToldCourse(**plain | more)


def a_course(*, places: int = 2, **more: Any) -> Course:
    return governors.add_course(told(places=places, **more), by=an_officer(), now=NOON)

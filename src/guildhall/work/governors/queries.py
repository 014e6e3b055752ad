"""Reading the governors' area, starting from somebody's place at the school."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from guildhall.foundation.files import queries as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from . import rules
from .models import Booking, Course, HeadAccess, Meeting, NewsItem, Opened, Paper

HELD_BY = "governors-paper"
SORTS: dict[str, tuple[Any, ...]] = {"date": (F("held_on"),), "name": (Lower("name"),)}


@dataclass(frozen=True)
class Reader:
    """Somebody at a school, and what the governors' area is to them.

    ``governs``: training and news too; a headteacher whom the clerk let in reads papers only.
    """

    place: SchoolPlace
    reads: bool
    governs: bool
    keeps: bool
    lets_in: bool


def reader_at(place: SchoolPlace) -> Reader:
    """What the person may see and do in the governors' area of the school of ``place``."""
    governs = rules.governs(place)
    head = place.kind == rules.Kind.HEADTEACHER and HeadAccess.objects.filter(place=place.pk).exists()
    return Reader(place, governs or head, governs, rules.keeps_papers(place), rules.lets_heads_in(place))


def meetings(reader: Reader, *, sort: str = "-date") -> QuerySet[Meeting]:
    """The meetings with ``count``, how many papers each has, by a key of SORTS ("-" for descending)."""
    columns = SORTS.get(sort.removeprefix("-"), SORTS["date"])
    order = [column.desc() if sort.startswith("-") else column.asc() for column in columns]
    counted = Count("papers", filter=Q(papers__withdrawn_at=None))
    return _meetings(reader).annotate(count=counted).order_by(*order, "-held_on", "pk")


def _meetings(reader: Reader) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(school_id=reader.place.school_id)
    return rows if reader.reads else rows.none()


def _all_papers(reader: Reader) -> QuerySet[Paper]:
    rows = Paper.objects.filter(meeting__school_id=reader.place.school_id)
    rows = rows.annotate(was_opened=_opened_by(reader))
    rows = rows.select_related("meeting", "file", "added_by", "withdrawn_by")
    return rows if reader.reads else rows.none()


def _opened_by(reader: Reader) -> Exists:
    """Whether the person opened the newest version of a paper."""
    return Exists(Opened.objects.filter(file=OuterRef("file"), user=reader.place.user_id))


def papers(reader: Reader, *, words: str = "") -> QuerySet[Paper]:
    """Every paper that is published, newest meeting first, with ``was_opened`` by this person.

    With ``words`` those that say every one of them.
    """
    rows = _all_papers(reader).filter(withdrawn_at=None)
    for word in fold_name(words).split():
        rows = rows.filter(sought__contains=word)
    return rows.order_by("-meeting__held_on", "meeting_id", "added_at", "pk")


def papers_of(reader: Reader, meeting: Meeting) -> QuerySet[Paper]:
    """The published papers of one meeting: agenda, minutes, reports, others."""
    return papers(reader).filter(meeting=meeting).order_by("kind", "added_at", "pk")


def unopened(reader: Reader) -> QuerySet[Paper]:
    """The papers whose newest version this person has not opened."""
    return papers(reader).filter(~_opened_by(reader))


def withdrawn(reader: Reader) -> QuerySet[Paper]:
    """What was withdrawn and can be put back, the newest first; only for those who keep papers."""
    rows = _all_papers(reader).exclude(withdrawn_at=None).order_by("-withdrawn_at", "pk")
    return rows if reader.keeps else rows.none()


def versions(paper: Paper) -> list[StoredFile]:
    """The files that the paper was and is, the newest first."""
    rows = files.files_of(HELD_BY, paper.pk).select_related("owner")
    return list(rows.order_by("-uploaded_at", "-pk"))


def version(paper: Paper, file_id: UUID) -> StoredFile | None:
    """One of its files."""
    return files.files_of(HELD_BY, paper.pk).filter(pk=file_id).first()


def readers_of(school_id: int) -> list[SchoolPlace]:
    """Everybody at a school who may read its papers now, by name."""
    rows = SchoolPlace.objects.filter(school_id=school_id, membership__ended_at=None)
    let_in = Q(pk__in=HeadAccess.objects.values("place"), kind=rules.Kind.HEADTEACHER)
    rows = rows.filter(Q(kind__in=rules.BODY) | let_in, membership__locked_at=None)
    return list(rows.order_by("surname", "forename", "pk")[:200])


def who_read(paper: Paper) -> list[tuple[SchoolPlace, datetime | None]]:
    """Everybody who may read a paper, and when they first opened its newest version."""
    opened = dict(Opened.objects.filter(file=paper.file_id).values_list("user_id", "at"))
    return [(one, opened.get(one.user_id)) for one in readers_of(paper.meeting.school_id)]


def heads_of(school_id: int) -> list[tuple[SchoolPlace, bool]]:
    """The headteachers of a school, and whether the clerk let them read the papers."""
    rows = SchoolPlace.objects.filter(school_id=school_id, membership__ended_at=None)
    given = Exists(HeadAccess.objects.filter(place=OuterRef("pk")))
    rows = rows.filter(kind=rules.Kind.HEADTEACHER).annotate(let_in=given)
    return [(one, one.let_in) for one in rows.order_by("surname", "forename", "pk")]


def _courses() -> QuerySet[Course]:
    """Courses with ``taken``, how many places are booked, and ``left``."""
    taken = Count("bookings", filter=Q(bookings__cancelled_at=None))
    return Course.objects.annotate(taken=taken, left=F("places") - taken)


def courses_ahead(user: User, *, now: datetime) -> QuerySet[Course]:
    """What governors can book or have booked, soonest first, with ``booked`` by this person."""
    own = Booking.objects.filter(course=OuterRef("pk"), user=user, cancelled_at=None)
    rows = _courses().filter(starts_at__gt=now).annotate(booked=Exists(own))
    return rows.filter(Q(cancelled_at=None) | Q(booked=True)).order_by("starts_at", "pk")


def courses_booked(user: User, *, now: datetime) -> QuerySet[Course]:
    """What this person has booked and has not begun, soonest first; what was called off too."""
    own = Booking.objects.filter(course=OuterRef("pk"), user=user, cancelled_at=None)
    return Course.objects.filter(Exists(own), starts_at__gt=now).order_by("starts_at", "pk")


def course_for(user: User, pk: int) -> Course | None:
    """One course, past or cancelled too, with ``booked`` by this person."""
    own = Booking.objects.filter(course=OuterRef("pk"), user=user, cancelled_at=None)
    return _courses().annotate(booked=Exists(own)).filter(pk=pk).first()


def record_of(user: User, *, now: datetime) -> QuerySet[Booking]:
    """The training that somebody booked and that has begun, newest first; cancelled courses are left out."""
    rows = Booking.objects.filter(user=user, cancelled_at=None, course__cancelled_at=None)
    return (
        rows.filter(course__starts_at__lte=now).select_related("course").order_by("-course__starts_at", "pk")
    )


def all_courses(*, past: bool, now: datetime) -> QuerySet[Course]:
    """Every course for the officers, those ahead soonest first, those past newest first."""
    if past:
        return _courses().filter(starts_at__lte=now).order_by("-starts_at", "pk")
    return _courses().filter(starts_at__gt=now).order_by("starts_at", "pk")


def course(pk: int) -> Course | None:
    """One course for the officers."""
    return _courses().filter(pk=pk).first()


def bookings_of(course: Course) -> QuerySet[Booking]:
    """Who has a place on a course, by name."""
    rows = Booking.objects.filter(course=course, cancelled_at=None).select_related("at__school", "user")
    return rows.order_by("at__surname", "at__forename", "pk")


def news(*, on: date) -> QuerySet[NewsItem]:
    """What governors read on a day, newest first."""
    return NewsItem.objects.filter(removed_at=None, dated_on__lte=on).order_by("-dated_on", "-pk")


def all_news(*, removed: bool = False) -> QuerySet[NewsItem]:
    """All news for the officers, newest first; that to come too."""
    return NewsItem.objects.filter(removed_at__isnull=not removed).order_by("-dated_on", "-pk")


def booked_users(courses: Iterable[Course]) -> QuerySet[User]:
    """Whoever has a place on one of ``courses``."""
    held = Booking.objects.filter(course__in=courses, cancelled_at=None)
    return User.objects.filter(pk__in=held.values("user")).order_by("pk")

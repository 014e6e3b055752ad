"""Courses, and places on them."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.accounts.services import proofs
from guildhall.people.membership.models import SchoolPlace

from .. import queries, rules
from ..models import Booking, Course


class NotAGovernor(Refusal):
    """Courses are for governing bodies."""


class CourseFull(Refusal):
    """Every place is taken."""


class CourseOver(Refusal):
    """The course has begun or was cancelled."""


class TooFewPlaces(Refusal):
    """More people have booked than there would be places."""


@dataclass(frozen=True)
class ToldCourse:
    """What an officer says of a course; of ``place`` and ``link`` one at least."""

    title: dict[str, str]
    words: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    places: int
    place: str = ""
    link: str = ""


@transaction.atomic
def add_course(told: ToldCourse, *, by: User, now: datetime) -> Course:
    """Offer a course to governors."""
    made = Course.objects.create(added_by=by, added_at=now, **asdict(told))
    audit.record("governors.course_added", by=by, about=made, now=now)
    return made


@transaction.atomic
def change_course(course: Course, told: ToldCourse, *, by: User, now: datetime) -> Course:
    """Say otherwise what a course is. Whoever booked is told when its time or place changes.

    Raises TooFewPlaces, CourseOver.
    """
    course = hold(course)
    _must_be_open(course)
    if told.places < queries.bookings_of(course).count():
        count = queries.bookings_of(course).count()
        raise TooFewPlaces(say("schools.Governors_Error_TooFewPlaces", count=count), field="course_places")
    moved = any(
        getattr(course, name) != getattr(told, name) for name in ("starts_at", "ends_at", "place", "link")
    )
    for name, value in asdict(told).items():
        setattr(course, name, value)
    course.save()
    audit.record("governors.course_changed", by=by, about=course, now=now)
    if moved:
        _tell_booked(course, "Governors_CourseMoved", now=now)
    return course


def _must_be_open(course: Course, *, now: datetime | None = None) -> None:
    if course.cancelled_at or (now is not None and course.starts_at <= now):
        raise CourseOver(say("schools.Governors_Error_Over"))


@transaction.atomic
def cancel_course(course: Course, *, by: User, now: datetime) -> None:
    """Call a course off; whoever booked is told. A second time changes nothing."""
    course = hold(course)
    if course.cancelled_at:
        return
    course.cancelled_at, course.cancelled_by = now, by
    course.save(update_fields=["cancelled_at", "cancelled_by"])
    audit.record("governors.course_cancelled", by=by, about=course, now=now)
    _tell_booked(course, "Governors_CourseOff", now=now)


def _tell_booked(course: Course, name: str, *, now: datetime) -> None:
    link = reverse("schools:governors-training")
    for user in queries.booked_users([course]):
        key = f"{name.lower()}:{course.pk}:{user.pk}:{now.timestamp():.0f}"
        proofs.tell(user, name, key=key, now=now, link=link)


@transaction.atomic
def book(course: Course, *, place: SchoolPlace, now: datetime) -> Booking:
    """Take a place on a course; who has one keeps it. Raises NotAGovernor, CourseOver, CourseFull."""
    if not rules.governs(place):
        raise NotAGovernor(say("schools.Governors_Error_Governor"))
    course = hold(course)
    taken = Booking.objects.filter(course=course, cancelled_at=None)
    if known := taken.filter(user=place.user_id).first():
        return known
    _must_be_open(course, now=now)
    if taken.count() >= course.places:
        raise CourseFull(say("schools.Governors_Error_Full"))
    made = Booking.objects.create(course=course, user=place.user, at=place, booked_at=now)
    audit.record("governors.course_booked", by=place.user, about=course, now=now)
    return made


@transaction.atomic
def cancel_booking(course: Course, *, by: User, now: datetime) -> None:
    """Give one's place on a course back; without a place nothing changes. Raises CourseOver once it began."""
    course = hold(course)
    rows = Booking.objects.filter(course=course, user=by, cancelled_at=None)
    if course.starts_at <= now and rows.exists():
        raise CourseOver(say("schools.Governors_Error_Begun"))
    if rows.update(cancelled_at=now):
        audit.record("governors.booking_cancelled", by=by, about=course, now=now)


@transaction.atomic
def note_attendance(course: Course, came: Collection[int], *, by: User, now: datetime) -> None:
    """Keep who of those who booked came: the ids of their bookings. Raises CourseOver before it began."""
    course = hold(course)
    if course.starts_at > now or course.cancelled_at:
        raise CourseOver(say("schools.Governors_Error_NotYet"))
    rows: Any = queries.bookings_of(course).order_by()
    rows.filter(pk__in=came).update(attended=True)
    rows.exclude(pk__in=came).update(attended=False)
    audit.record("governors.attendance_noted", by=by, about=course, now=now, detail={"came": len(came)})

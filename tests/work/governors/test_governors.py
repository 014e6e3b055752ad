"""Papers of a governing body, and courses whose places cannot be taken twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from guildhall.foundation.outbox.models import Task
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.governors import queries
from guildhall.work.governors import services as governors
from guildhall.work.governors.models import Booking, Course, HeadAccess, Opened, Paper

from ...people.membership.schools import a_place, a_supervisor, another_school
from ...standing import NOON, an_officer
from ..schoolfolder.scene import an_upload
from .scene import a_chair, a_clerk, a_course, a_governor, a_head, a_meeting, a_paper, told

pytestmark = pytest.mark.django_db


@pytest.mark.req("SC-086")
def test_papers_are_for_the_chair_the_governors_and_the_clerk_alone():
    paper = a_paper()
    for place in (a_clerk(), a_chair(), a_governor()):
        assert list(queries.papers(queries.reader_at(place))) == [paper]
    elsewhere = a_governor("ffion@ysgol.example.org", school=another_school())
    for place in (a_supervisor(), a_head(), a_place("elen@ysgol.example.org"), elsewhere):
        assert not queries.papers(queries.reader_at(place)).exists()


@pytest.mark.req("SC-086")
def test_a_headteacher_reads_only_when_the_clerk_says_so_and_no_longer_than_that():
    paper, head = a_paper(), a_head()
    with pytest.raises(governors.NotTheClerk):
        governors.let_heads_in(a_chair(), {head.pk}, now=NOON)
    assert governors.let_heads_in(a_clerk(), {head.pk, a_governor().pk}, now=NOON) == 1
    reader = queries.reader_at(head)
    assert (reader.reads, reader.governs, reader.keeps) == (True, False, False)
    assert list(queries.papers(reader)) == [paper]
    SchoolPlace.objects.filter(pk=head.pk).update(kind=SchoolPlace.Kind.BURSAR)
    head.refresh_from_db()
    assert not queries.reader_at(head).reads
    SchoolPlace.objects.filter(pk=head.pk).update(kind=SchoolPlace.Kind.HEADTEACHER)
    assert governors.let_heads_in(a_clerk(), set(), now=NOON) == 1
    assert not HeadAccess.objects.exists()


@pytest.mark.req("SC-086")
def test_only_clerk_and_chair_publish_and_only_after_saying_that_no_pupil_is_named():
    meeting, given = a_meeting(), {"kind": "minutes", "title": "Minutes", "key": uuid4(), "now": NOON}
    with pytest.raises(governors.NotAKeeper):
        governors.add_paper(meeting, upload=an_upload(), no_pupils=True, place=a_governor(), **given)
    with pytest.raises(governors.NotAKeeper):
        other = a_place("clerk@other.example.org", another_school(), kind=SchoolPlace.Kind.CLERK)
        governors.add_paper(meeting, upload=an_upload(), no_pupils=True, place=other, **given)
    with pytest.raises(governors.NotConfirmed):
        governors.add_paper(meeting, upload=an_upload(), no_pupils=False, place=a_chair(), **given)
    assert not Paper.objects.exists()
    for _ in range(2):
        governors.add_paper(meeting, upload=an_upload(), no_pupils=True, place=a_chair(), **given)
    assert Paper.objects.count() == 1


@pytest.mark.req("SC-086")
def test_who_read_what_is_known_and_a_newer_version_is_to_be_read_again():
    paper, mair = a_paper(), a_governor()
    a_chair()
    for hours in (0, 5):
        now = NOON + timedelta(hours=hours)
        governors.note_opened(paper, file=paper.file, place=mair, now=now)
    assert Opened.objects.get().at == NOON
    assert {str(one.forename): at for one, at in queries.who_read(paper)} == {
        "Anwen": None,
        "Gareth": None,
        "Mair": NOON,
    }
    assert not queries.unopened(queries.reader_at(mair)).exists()
    governors.replace_paper(paper, upload=an_upload("new.txt"), no_pupils=True, place=a_clerk(), now=NOON)
    assert queries.unopened(queries.reader_at(mair)).get() == paper
    paper.refresh_from_db()
    assert len(queries.versions(paper)) == 2


def test_a_withdrawn_paper_is_read_by_nobody_until_it_is_put_back_and_keeps_its_meeting():
    paper, clerk = a_paper(), a_clerk()
    governors.withdraw_paper(paper, place=clerk, now=NOON)
    assert not queries.papers(queries.reader_at(clerk)).exists()
    assert queries.withdrawn(queries.reader_at(clerk)).get() == paper
    assert not queries.withdrawn(queries.reader_at(a_governor())).exists()
    with pytest.raises(governors.HasPapers):
        governors.remove_meeting(paper.meeting, place=clerk, now=NOON)
    governors.put_back_paper(paper, place=clerk, now=NOON)
    assert queries.papers(queries.reader_at(clerk)).get() == paper


@pytest.mark.req("SC-086")
def test_a_course_has_no_more_people_than_places_and_one_place_for_each():
    course = a_course(places=1)
    first = governors.book(course, place=a_governor(), now=NOON)
    assert governors.book(course, place=a_governor(), now=NOON) == first
    with pytest.raises(governors.CourseFull):
        governors.book(course, place=a_chair(), now=NOON)
    with pytest.raises(governors.NotAGovernor):
        governors.book(course, place=a_head(), now=NOON)
    governors.cancel_booking(course, by=a_governor().user, now=NOON)
    governors.cancel_booking(course, by=a_governor().user, now=NOON)
    assert governors.book(course, place=a_chair(), now=NOON).course == course
    with pytest.raises(governors.TooFewPlaces):
        governors.book(a := a_course(places=2), place=a_chair(), now=NOON)
        governors.book(a, place=a_governor(), now=NOON)
        governors.change_course(a, told(places=1), by=an_officer(), now=NOON)


def test_nobody_books_what_has_begun_and_the_record_says_who_came():
    course, later = a_course(), NOON + timedelta(days=11)
    booking = governors.book(course, place=a_governor(), now=NOON)
    with pytest.raises(governors.CourseOver):
        governors.book(course, place=a_chair(), now=later)
    with pytest.raises(governors.CourseOver):
        governors.cancel_booking(course, by=a_governor().user, now=later)
    with pytest.raises(governors.CourseOver):
        governors.note_attendance(course, {booking.pk}, by=an_officer(), now=NOON)
    assert not queries.record_of(a_governor().user, now=NOON).exists()
    governors.note_attendance(course, {booking.pk}, by=an_officer(), now=later)
    assert queries.record_of(a_governor().user, now=later).get().attended is True


def test_whoever_booked_hears_once_that_a_course_is_off_or_elsewhere():
    course = a_course()
    governors.book(course, place=a_governor(), now=NOON)
    before = Task.objects.filter(kind="email").count()
    governors.change_course(course, told(title={"en": "A", "cy": "B"}), by=an_officer(), now=NOON)
    assert Task.objects.filter(kind="email").count() == before
    governors.change_course(course, told(place="Library"), by=an_officer(), now=NOON)
    assert Task.objects.filter(kind="email").count() == before + 1
    for _ in range(2):
        governors.cancel_course(course, by=an_officer(), now=NOON)
    assert Task.objects.filter(kind="email").count() == before + 2
    with pytest.raises(governors.CourseOver):
        governors.book(course, place=a_chair(), now=NOON)


def test_the_database_refuses_a_second_booking_and_a_course_nowhere():
    course = a_course()
    booking = governors.book(course, place=a_governor(), now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(course=course, user=booking.user, at=booking.at, booked_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.filter(pk=course.pk).update(place="", link="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.filter(pk=course.pk).update(ends_at=course.starts_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(cancelled_at=NOON, attended=True)

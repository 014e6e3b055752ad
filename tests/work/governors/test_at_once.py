"""Governors who book at the same moment."""

import pytest

from guildhall.work.governors import queries
from guildhall.work.governors import services as governors
from tests.at_once import a_database_of_its_own, together  # noqa: F401 (every test here is on a file)

from ...standing import NOON
from .scene import a_course, a_governor

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_book_the_last_place_at_once_one_has_it_and_the_other_is_told():
    course = a_course(places=2)
    governors.book(course, place=a_governor("first@ysgol.example.org"), now=NOON)
    rivals = [a_governor(f"rival{number}@ysgol.example.org") for number in range(2)]

    def book(number: int) -> str:
        try:
            governors.book(course, place=rivals[number], now=NOON)
        except governors.CourseFull:
            return "told"
        return "booked"

    assert sorted(together(2, book)) == ["booked", "told"]
    assert queries.bookings_of(course).count() == 2


def test_one_governor_who_presses_twice_at_once_takes_one_place():
    course, mair = a_course(places=2), a_governor()

    booked = together(2, lambda _number: governors.book(course, place=mair, now=NOON).pk)

    assert len(set(booked)) == queries.bookings_of(course).count() == 1


def test_places_are_never_fewer_than_those_who_book_meanwhile():
    course = a_course(places=2)
    governors.book(course, place=a_governor("first@ysgol.example.org"), now=NOON)
    by, mair, fewer = course.added_by, a_governor(), governors.ToldCourse

    def act(number: int) -> str:
        try:
            if number:
                governors.book(course, place=mair, now=NOON)
            else:
                names = ("title", "words", "starts_at", "ends_at", "place", "link")
                words = {name: getattr(course, name) for name in names}
                governors.change_course(course, fewer(places=1, **words), by=by, now=NOON)
        except (governors.CourseFull, governors.TooFewPlaces):
            return "told"
        return "done"

    assert sorted(together(2, act)) == ["done", "told"]
    course.refresh_from_db()
    assert queries.bookings_of(course).count() == course.places

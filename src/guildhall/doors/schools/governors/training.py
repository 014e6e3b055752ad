"""Courses for governors: what is offered, booking and cancelling, and one's own record."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.work.governors import queries, services
from guildhall.work.governors.models import Course
from guildhall.work.governors.queries import Reader

from ..showing import page
from .entering import GOVERNS, for_those_who

DOOR = door(Permission.USE_SCHOOL, verified=True)
A_PAGE = 20


def _course(reader: Reader, pk: int) -> Course:
    """A course as the person sees it; 404 where there is none."""
    found = queries.course_for(reader.place.user, pk)
    if found is None:
        raise Http404
    return found


@require_safe
@DOOR
@for_those_who(GOVERNS)
def courses(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What can be booked, soonest first."""
    shown = page_of(queries.courses_ahead(reader.place.user, now=timezone.now()), request, A_PAGE)
    context = {"reader": reader, "here": "training", "page": shown}
    return page(request, "schools/governors/training.html", context)


@require_safe
@DOOR
@for_those_who(GOVERNS)
def record(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The training that the person booked and that has begun, to be printed."""
    shown = page_of(queries.record_of(reader.place.user, now=timezone.now()), request, 50)
    context = {"reader": reader, "here": "training", "page": shown}
    return page(request, "schools/governors/record.html", context)


@require_safe
@DOOR
@for_those_who(GOVERNS)
def course(request: HttpRequest, reader: Reader, pk: int) -> HttpResponse:
    """One course, with the button to book it or to give the place back."""
    found = _course(reader, pk)
    context = {
        "reader": reader,
        "here": "training",
        "course": found,
        "ahead": found.starts_at > timezone.now(),
    }
    return page(request, "schools/governors/course.html", context)


@require_POST
@DOOR
@for_those_who(GOVERNS)
def book(request: HttpRequest, reader: Reader, pk: int) -> HttpResponse:
    """Take a place; a second press keeps the first."""
    with refusals_told(request):
        services.book(_course(reader, pk), place=reader.place, now=timezone.now())
        messages.success(request, say("schools.Governors_Booked"))
    return redirect("schools:governors-course", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
@for_those_who(GOVERNS)
def cancel(request: HttpRequest, reader: Reader, pk: int) -> HttpResponse:
    """Ask first, then give the place back."""
    found = _course(reader, pk)
    if request.method != "POST":
        return page(request, "schools/governors/cancel.html", {"course": found})
    with refusals_told(request):
        services.cancel_booking(found, by=reader.place.user, now=timezone.now())
        messages.success(request, say("schools.Governors_Cancelled"))
    return redirect("schools:governors-course", pk)

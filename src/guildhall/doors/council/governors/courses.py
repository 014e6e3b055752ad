"""Courses for governors, and who booked them."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.spreadsheets import plain
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.governors import queries, services
from guildhall.work.governors.models import Booking, Course

from .forms import CourseForm, said_of_course
from .showing import Crumb, asked, crumbs, sure

DOOR = door(Permission.KEEP_GOVERNORS_AREA, verified=True)
PAGE = require_http_methods(["GET", "HEAD", "POST"])


def _trail(course: Course | None = None) -> list[Crumb]:
    here = (say("schools.Governors_Heading"), reverse("council:governors"))
    own = [(course.called, reverse("council:course", args=[course.pk]))] if course else []
    return crumbs(here, *own)


def _course(pk: int) -> Course:
    found = queries.course(pk)
    if found is None:
        raise Http404
    return found


@require_safe
@DOOR
def courses(request: HttpRequest) -> HttpResponse:
    """The courses ahead, or with ?past those that were."""
    past, now = "past" in request.GET, timezone.now()
    context = {
        "past": past,
        "page": page_of(queries.all_courses(past=past, now=now), request),
        "breadcrumbs": crumbs((say("schools.Governors_Heading"), "")),
    }
    return render(request, "council/governors/courses.html", context)


@PAGE
@DOOR
def add(request: HttpRequest) -> HttpResponse:
    """Offer a course."""
    form = CourseForm(request.POST if request.method == "POST" else None)
    made = form.done(lambda: services.add_course(form.told, by=who(request), now=timezone.now()))
    if made is None:
        return asked(request, form, say("schools.Course_Add"), _trail())
    messages.success(request, say("schools.Course_Saved"))
    return redirect("council:course", made.pk)


@PAGE
@DOOR
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a course; whoever booked hears of another time or place."""
    found = _course(pk)
    form = CourseForm(request.POST if request.method == "POST" else None, initial=said_of_course(found))
    acting: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    if not form.done(lambda: services.change_course(found, form.told, **acting)):
        return asked(request, form, say("schools.Course_Change"), _trail(found))
    messages.success(request, say("schools.Course_Saved"))
    return redirect("council:course", pk)


@PAGE
@DOOR
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """One course with its bookings; once it has begun, who came."""
    found, now = _course(pk), timezone.now()
    if request.method == "POST":
        came = {number(one) for one in request.POST.getlist("came")}
        with refusals_told(request):
            services.note_attendance(found, came, by=who(request), now=now)
            messages.success(request, say("schools.Course_Attendance_Saved"))
        return redirect("council:course", pk)
    context = {
        "course": found,
        "begun": found.starts_at <= now and not found.cancelled_at,
        "bookings": list(queries.bookings_of(found)),
        "breadcrumbs": [*_trail(), (found.called, "")],
    }
    return render(request, "council/governors/course.html", context)


@PAGE
@DOOR
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then call the course off."""
    found = _course(pk)
    if request.method != "POST":
        words = say("schools.Course_Cancel_Words", count=found.taken)  # type: ignore[attr-defined]
        heading = say("schools.Course_Cancel_Heading", title=found.called)
        return sure(request, heading, words, say("schools.Course_Cancel"), _trail(found))
    services.cancel_course(found, by=who(request), now=timezone.now())
    messages.success(request, say("schools.Course_Cancelled"))
    return redirect("council:course", pk)


@require_safe
@DOOR
def export(_request: HttpRequest, pk: int) -> HttpResponse:
    """Who has a place, for a spreadsheet."""
    found, out = _course(pk), io.StringIO()
    heads = ("Governors_Person", "Meals_School", "Email", "Governors_Attended")
    table = csv.writer(out)
    table.writerow([say(f"schools.{one}") for one in heads])
    table.writerows([_line(one) for one in queries.bookings_of(found)])
    return taken_away(out.getvalue().encode("utf-8-sig"), "csv", f"course-{pk}")


def _line(one: Booking) -> list[str]:
    came = "" if one.attended is None else say("schools.Yes" if one.attended else "schools.No")
    return [plain(words) for words in (str(one.at), one.at.school.name, one.user.email or "", came)]

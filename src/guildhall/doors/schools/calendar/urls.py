"""The addresses of the calendar; they belong to those of the schools' door."""

from django.urls import URLPattern, path

from . import closing, keeping, pages

PATTERNS: list[URLPattern] = [
    path("calendar/", pages.calendar, name="calendar"),
    path("calendar/calendar.ics", pages.calendar_file, name="calendar-file"),
    path("calendar/maintain/", keeping.maintain, name="maintain-calendar"),
    path("calendar/maintain/times", keeping.times, name="session-times"),
    path("calendar/maintain/<int:year>/training", keeping.training, name="training-days"),
    path("calendar/maintain/<int:year>/dates", keeping.dates, name="own-dates"),
    path("term-dates/", pages.term_dates, name="term-dates"),
    path("term-dates/term-dates.ics", pages.term_dates_file, name="term-dates-file"),
    path("closures/", closing.closures, name="closures"),
    path("closures/new", closing.report, name="report-closure"),
    path("closures/<int:pk>/", closing.closure, name="closure"),
    path("closures/<int:pk>/extend", closing.extend, name="extend-closure"),
    path("closures/<int:pk>/end", closing.end, name="end-closure"),
    path("closures/<int:pk>/withdraw", closing.withdraw, name="withdraw-closure"),
]

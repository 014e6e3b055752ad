"""The calendar of the current school, and the authority's dates, which are public."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door, holder_of, open_to_all
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.people.calendars import queries
from guildhall.people.calendars.days import Span, bounds_of, school_year_of
from guildhall.people.calendars.events import Event, events_of, today_at
from guildhall.people.calendars.icalendar import calendar_file as as_file

from ..showing import current, page
from . import showing

PUBLIC = "When schools are open is no secret."


@require_safe
@door(Permission.USE_SCHOOL)
def calendar(request: HttpRequest) -> HttpResponse:
    """The current school's calendar, as a list of a school year or as a month."""
    school, today = current(request).school, timezone.localdate()
    shown = _month(request) if request.GET.get("view") == "month" else _list(request)
    context = {
        "today": today,
        "state": showing.today_shown(today_at(school.pk, today)),
        "times": queries.times_of(school.pk),
        "closures": [
            showing.closure_shown(one, today)
            for one in queries.closures_of(school.pk).filter(withdrawn_at=None, last_on__gte=today)
        ],
        "keeps": queries.may_keep(holder_of(request), school.pk),
        **shown,
    }
    return page(request, "schools/calendar.html", context)


def _month(request: HttpRequest) -> dict[str, Any]:
    today = timezone.localdate()
    first_on = showing.month_asked(request.GET.get("month", ""), today=today)
    month, events = showing.month_of(current(request).school_id, first_on)
    before, after = showing.months_beside(first_on)
    return {
        "view": "month",
        "month": month,
        "rows": showing.events_shown(events, today),
        "before": before,
        "after": after,
        "weekdays": showing.weekdays(),
        "key": showing.key_to_marks(),
    }


def _list(request: HttpRequest) -> dict[str, Any]:
    today, school_id = timezone.localdate(), current(request).school_id
    year = showing.year_asked(number(request.GET.get("year")), today=today)
    found = queries.year_of_school(school_id, year)
    training = queries.training_days(school_id, Span(*bounds_of(year)))
    return {
        "view": "list",
        "year": showing.year_shown(found, training=len(training)),
        "rows": showing.events_shown(showing.year_events(school_id, year), today),
        "before": year - 1,
        "before_name": showing.year_name(year - 1),
        "after": year + 1,
        "after_name": showing.year_name(year + 1),
        "training": len(training),
    }


@require_safe
@door(Permission.USE_SCHOOL)
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The same for other programs: this school year, the one before and the one after."""
    school = current(request).school
    return _file(school.name, events_of(school.pk, _around()), f"school-{school.urn}")


@require_safe
@open_to_all(PUBLIC)
def term_dates(request: HttpRequest) -> HttpResponse:
    """School term and holiday dates: the authority's, of this school year and those after it."""
    now = school_year_of(timezone.localdate())
    years = queries.years_of(None, range(now, now + queries.MOST_YEARS))
    shown = [showing.year_shown(one) | {"holidays": _holidays(one.year)} for one in years.values()]
    return page(request, "schools/term_dates.html", {"years": shown})


def _holidays(year: int) -> list[Any]:
    return queries.bank_holidays(Span(*bounds_of(year)))


@require_safe
@open_to_all(PUBLIC)
def term_dates_file(_request: HttpRequest) -> HttpResponse:
    """The same for other programs."""
    name = say("schools.TermDates_Of", authority=setting("authority.name"))
    return _file(name, events_of(None, _around()), "term-dates")


def _around() -> Span:
    year = school_year_of(timezone.localdate())
    return Span(bounds_of(year - 1)[0], bounds_of(year + 1)[1])


def _file(name: str, events: list[Event], key: str) -> HttpResponse:
    host = f"{key}.{settings.ALLOWED_HOSTS[0]}"
    content = as_file(name, events, host=host, now=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{key}.ics")
    return response

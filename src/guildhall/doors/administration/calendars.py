"""The authority's term dates and the bank holidays."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.schools.calendar.forms import HolidayForm, YearForm
from guildhall.doors.schools.calendar.showing import year_name, year_shown
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit import meanwhile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.calendars import queries, services
from guildhall.people.calendars.days import Span, bounds_of, school_year_of
from guildhall.people.calendars.models import BankHoliday
from guildhall.people.calendars.rules import TRAINING_DAYS, YEAR_DAYS

from .trail import crumbs

PAGE = require_http_methods(["GET", "HEAD", "POST"])
YEARS_AHEAD = 3


def calendar_crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down to a page about calendars."""
    return crumbs(
        (say("schools.Calendars_Heading"), reverse("administration:calendars") if more else ""), *more
    )


def _years() -> range:
    """The school years that can be published now."""
    now = school_year_of(timezone.localdate())
    return range(now - 1, now + YEARS_AHEAD + 1)


@require_safe
@door(Permission.KEEP_CALENDARS, verified=True)
def index(request: HttpRequest) -> HttpResponse:
    """The school years with their number of days, and what else belongs to calendars."""
    known = queries.years_of(None, _years())
    rows = [year_shown(known.get(year, queries.Year(year, ())), training=TRAINING_DAYS) for year in _years()]
    context = {
        "rows": [row | {"fits": row["left"] == YEAR_DAYS} for row in rows],
        "wanted": YEAR_DAYS,
        "training": TRAINING_DAYS,
        "breadcrumbs": calendar_crumbs(),
    }
    return render(request, "administration/calendars.html", context)


@PAGE
@door(Permission.KEEP_CALENDARS, verified=True)
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The three terms of a school year."""
    if year not in _years():
        raise Http404
    known = queries.year_of_school(None, year)
    form = YearForm(request.POST if request.method == "POST" else None, known=known.terms)
    how: dict[str, Any] = {"seen": request.POST.get("seen", ""), "by": who(request), "now": timezone.now()}
    if form.done(lambda: services.set_terms(year, terms=form.terms, school=None, **how)):
        messages.success(request, say("schools.Calendars_Published", year=year_name(year)))
        return redirect("administration:calendars")
    problems = form.problems
    context = {
        "form": form,
        "problems": problems,
        "year": year_shown(known, training=TRAINING_DAYS),
        "training": TRAINING_DAYS,
        "holidays": queries.bank_holidays(Span(*bounds_of(year))),
        "breadcrumbs": calendar_crumbs((year_name(year), "")),
        **meanwhile.beside(
            request, form.refusal, kept=known.stamp, rows=YearForm(known=known.terms).begins_with()
        ),
    }
    status = meanwhile.status_of(problems, form.refusal)
    return render(request, "administration/calendars_year.html", context, status=status)


@PAGE
@door(Permission.KEEP_CALENDARS, verified=True)
def bank_holidays(request: HttpRequest) -> HttpResponse:
    """The bank holidays of the years that can be published, and adding one."""
    form = HolidayForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.add_bank_holiday(**form.details, by=who(request), now=timezone.now())
        except Refusal as refusal:
            form.refuse({f"holiday_{name}": words for name, words in refusal.by_field().items()})
        else:
            messages.success(request, say("schools.Holiday_Added"))
            return redirect("administration:bank-holidays")
    problems = form.problems
    years = _years()
    context: dict[str, Any] = {
        "rows": queries.bank_holidays(Span(bounds_of(years[0])[0], bounds_of(years[-1])[1])),
        "form": form,
        "problems": problems,
        "breadcrumbs": calendar_crumbs((say("schools.TermDates_Bank"), "")),
    }
    return render(request, "administration/calendars_holidays.html", context, status=422 if problems else 200)


@PAGE
@door(Permission.KEEP_CALENDARS, verified=True)
def remove_holiday(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a bank holiday away; asked first."""
    holiday = get_object_or_404(BankHoliday, pk=pk)
    if request.method == "POST":
        services.remove_bank_holiday(holiday, by=who(request), now=timezone.now())
        messages.success(request, say("schools.Holiday_Removed"))
        return redirect("administration:bank-holidays")
    way = (say("schools.TermDates_Bank"), reverse("administration:bank-holidays"))
    context = {"one": holiday, "breadcrumbs": calendar_crumbs(way, (say("schools.Holiday_Remove"), ""))}
    return render(request, "administration/calendars_holiday_remove.html", context)

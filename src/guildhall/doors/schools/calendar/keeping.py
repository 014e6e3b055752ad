"""Maintain calendar: the information held about the school's days, kept by the school (SC-077)."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.meanwhile import beside, stamp_of, status_of
from guildhall.foundation.texts.forms import WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.calendars import queries, services
from guildhall.people.calendars.days import Span, bounds_of, school_year_of
from guildhall.people.organisations.models import Establishment

from ..showing import current, page
from . import showing
from .forms import TimesForm, TrainingForm, YearForm

PAGE = require_http_methods(["GET", "HEAD", "POST"])
YEARS_AHEAD = 2


def _kept(request: HttpRequest) -> Establishment:
    """The current school, where the person keeps its calendar. Raises Http404."""
    school = current(request).school
    if not queries.may_keep(holder_of(request), school.pk):
        raise Http404
    return school


def _year(year: int) -> int:
    """A school year that a school may change: this one and those soon after it. Raises Http404."""
    now = school_year_of(timezone.localdate())
    if not now <= year <= now + YEARS_AHEAD:
        raise Http404
    return year


@require_safe
@door(Permission.USE_SCHOOL)
def maintain(request: HttpRequest) -> HttpResponse:
    """What is held about the school's days, with what can be changed."""
    school = _kept(request)
    now = school_year_of(timezone.localdate())
    context = {
        "times": queries.times_of(school.pk),
        "years": [_year_kept(school.pk, year) for year in range(now, now + YEARS_AHEAD + 1)],
    }
    return page(request, "schools/calendar_maintain.html", context)


def _year_kept(school_id: int, year: int) -> dict[str, Any]:
    training = queries.training_days(school_id, Span(*bounds_of(year)))
    shown = showing.year_shown(queries.year_of_school(school_id, year), training=len(training))
    return shown | {"training": training}


@PAGE
@door(Permission.USE_SCHOOL)
def times(request: HttpRequest) -> HttpResponse:
    """When the two sessions of a day begin and end."""
    school = _kept(request)
    known = queries.times_of(school.pk)
    form = TimesForm(_posted(request), known=known)
    if form.done(lambda: services.set_times(school, times=form.cleaned_data, **_acting(request))):
        return _saved(request)
    now = _Now(TimesForm(known=known), queries.stamp_of_times(known))
    return _form(request, form, "Times", now=now)


@PAGE
@door(Permission.USE_SCHOOL)
def training(request: HttpRequest, year: int) -> HttpResponse:
    """The training days of a school year."""
    school = _kept(request)
    known = queries.training_days(school.pk, Span(*bounds_of(_year(year))))
    form = TrainingForm(_posted(request), known=known)
    act = partial(services.set_training_days, school, year=year, **_acting(request))
    if form.done(lambda: act(days=form.days)) is not None:
        return _saved(request)
    return _form(request, form, "Training", year, now=_Now(TrainingForm(known=known), stamp_of(known)))


@PAGE
@door(Permission.USE_SCHOOL)
def dates(request: HttpRequest, year: int) -> HttpResponse:
    """The school's own dates of a school year, or the authority's again."""
    school = _kept(request)
    known = queries.year_of_school(school.pk, _year(year))
    if request.method == "POST" and "follow" in request.POST:
        services.follow_authority(school, year=year, by=who(request), now=timezone.now())
        return _saved(request)
    form = YearForm(_posted(request), known=known.terms)
    if form.done(lambda: services.set_terms(year, terms=form.terms, school=school, **_acting(request))):
        return _saved(request)
    now = _Now(YearForm(known=known.terms), known.stamp)
    return _form(request, form, "Dates", year, own=known.own, now=now)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"seen": request.POST.get("seen", ""), "by": who(request), "now": timezone.now()}


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, say("schools.Calendar_Saved"))
    return redirect("schools:maintain-calendar")


@dataclass(frozen=True)
class _Now:
    """What the school keeps now: as a form that begins with it, and its stamp."""

    form: WordedForm
    stamp: str


def _form(
    request: HttpRequest,
    form: TimesForm | TrainingForm | YearForm,
    name: str,
    year: int | None = None,
    *,
    own: bool = False,
    now: _Now,
) -> HttpResponse:
    problems = form.problems
    context = {
        "form": form,
        "grouped": form.groups() if isinstance(form, YearForm) else [],
        "problems": problems,
        "heading": say(f"schools.Maintain_{name}"),
        "words": say(f"schools.Maintain_{name}_Words"),
        "year": showing.year_name(year) if year else "",
        "own": own,
        **beside(request, form.refusal, kept=now.stamp, rows=now.form.begins_with()),
    }
    status = status_of(problems, form.refusal)
    return page(request, "schools/calendar_form.html", context, status=status)

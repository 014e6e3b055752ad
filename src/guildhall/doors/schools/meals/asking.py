"""Telling the council's team what should change in the list: add, change or remove a pupil (SC-081)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities.queries import other_supervisors
from guildhall.work.meals import queries, services
from guildhall.work.meals.details import details_of
from guildhall.work.meals.models import Amendment, Pupil
from guildhall.work.meals.services import Wanted

from ..showing import page
from . import shown
from .forms import PupilForm, ReasonForm
from .listing import seen_by

PAGE = require_http_methods(["GET", "HEAD", "POST"])
Kind = Amendment.Kind


@PAGE
@door(Permission.USE_SCHOOL, verified=True)
def add(request: HttpRequest) -> HttpResponse:
    """Ask that a pupil who is missing is added."""
    place = seen_by(request)
    form = PupilForm(_posted(request))
    if form.is_bound and form.is_valid():
        wanted = Wanted(Kind.ADD, form.told, details=form.details)
        if asked := _asked(request, place, wanted, form):
            return asked
    return _drawn(request, place, form, Kind.ADD)


@PAGE
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that the details of a pupil are changed; the form begins with what the list says."""
    place, pupil = _listed(request, pk)
    form = PupilForm(_posted(request), initial=vars(details_of(pupil)))
    if form.is_bound and form.is_valid():
        wanted = Wanted(Kind.CHANGE, form.told, pupil=pupil, details=form.details)
        if asked := _asked(request, place, wanted, form):
            return asked
    shown.looked_at_one(request, pupil)
    return _drawn(request, place, form, Kind.CHANGE, pupil)


@PAGE
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that a pupil is taken off the list."""
    place, pupil = _listed(request, pk)
    form = ReasonForm(_posted(request))
    if form.is_bound and form.is_valid():
        wanted = Wanted(Kind.REMOVE, form.told, pupil=pupil)
        if asked := _asked(request, place, wanted, form):
            return asked
    shown.looked_at_one(request, pupil)
    return _drawn(request, place, form, Kind.REMOVE, pupil)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _listed(request: HttpRequest, pk: int) -> tuple[SchoolPlace, Pupil]:
    place = seen_by(request)
    return place, get_object_or_404(queries.pupils_of(holder_of(request), place.school_id), pk=pk)


def _asked(request: HttpRequest, place: SchoolPlace, wanted: Wanted, form: ReasonForm) -> HttpResponse | None:
    """Ask, and go to what was asked; None, with the form saying why, when it was refused."""
    try:
        amendment = services.ask_amendment(
            place, wanted, holder=holder_of(request), by=who(request), now=timezone.now()
        )
    except Refusal as refusal:
        form.refuse(refusal.by_field())
        return None
    messages.success(request, say(f"schools.MealsAsk_Done_{amendment.state.title()}"))
    return redirect("schools:meals-amendment", amendment.pk)


def _drawn(
    request: HttpRequest, place: SchoolPlace, form: ReasonForm, kind: Kind, pupil: Pupil | None = None
) -> HttpResponse:
    own = place.is_supervisor and not other_supervisors(place)
    to = "ToSupervisor" if setting("meals.authorised") and not own else "ToCouncil"
    problems = form.problems
    context = {
        "form": form,
        "heading": say(f"schools.MealsAsk_{kind.title()}_Heading", name=str(pupil or "")),
        "goes": say(f"schools.MealsAsk_{to}"),
        "rows": shown.pupil_facts(pupil) if kind == Kind.REMOVE and pupil else [],
        "problems": problems,
    }
    return page(request, "schools/meals_ask.html", context, status=422 if problems else 200)

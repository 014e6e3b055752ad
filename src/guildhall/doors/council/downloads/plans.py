"""Floor plans: the schools, and the plans of one."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.council.governors.showing import Crumb, asked, crumbs, sure
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.typed import key_of, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.organisations.models import Establishment
from guildhall.work.downloads import queries, services
from guildhall.work.downloads.models import Plan

from .forms import PlanForm, said_of_plan
from .items import sent

DOOR = door(Permission.KEEP_DOWNLOADS, verified=True)
PAGE = require_http_methods(["GET", "HEAD", "POST"])


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"by": who(request), "now": timezone.now()}


def _trail(school: Establishment) -> list[Crumb]:
    here = (say("schools.Plans_Heading"), reverse("council:plans"))
    return crumbs(here, (school.name, reverse("council:plans-of", args=[school.pk])))


def _plan(pk: UUID) -> Plan:
    return get_object_or_404(queries.all_plans(), pk=pk)


@require_safe
@DOOR
def schools(request: HttpRequest) -> HttpResponse:
    """Every open school with how many plans it has."""
    words = one_line(request.GET.get("find"))[:100]
    context = {
        "words": words,
        "page": page_of(queries.schools(words), request, 50),
        "breadcrumbs": crumbs((say("schools.Plans_Heading"), "")),
    }
    return render(request, "council/downloads/schools.html", context)


@require_safe
@DOOR
def of_school(request: HttpRequest, pk: int) -> HttpResponse:
    """The plans of one school, retired ones last."""
    school = get_object_or_404(Establishment, pk=pk)
    context = {
        "school": school,
        "page": page_of(queries.plans_of(pk), request, 50),
        "breadcrumbs": [*_trail(school)[:-1], (school.name, "")],
    }
    return render(request, "council/downloads/plans.html", context)


@PAGE
@DOOR
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Another plan for a school."""
    school, key = get_object_or_404(Establishment, pk=pk), key_of(request.POST.get("key"))
    form = PlanForm(*sent(request), initial={"plan_date": timezone.localdate()})
    acting = _acting(request) | {"key": key}
    made = form.done(
        lambda: services.add_plan(school, form.told, upload=form.cleaned_data["plan_file"], **acting)
    )
    if made is None:
        return asked(request, form, say("schools.Plans_Add"), _trail(school), key=key, files=True)
    messages.success(request, say("schools.Plans_Saved"))
    return redirect("council:plans-of", pk)


@PAGE
@DOOR
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say otherwise what a plan shows, or put a newer file in its place."""
    found = _plan(pk)
    form = PlanForm(*sent(request), keeps=True, initial=said_of_plan(found))
    if not form.done(lambda: _changed(request, found, form)):
        lead = say("schools.Plans_Change_Words", name=found.file.name)
        trail = _trail(found.school)
        return asked(request, form, say("schools.Plans_Change"), trail, files=True, lead=lead)
    messages.success(request, say("schools.Plans_Saved"))
    return redirect("council:plans-of", found.school_id)


def _changed(request: HttpRequest, found: Plan, form: PlanForm) -> Plan:
    upload = form.cleaned_data["plan_file"] or None
    return services.change_plan(found, form.told, upload=upload, **_acting(request))


@PAGE
@DOOR
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask first, then show a plan to nobody of the school any more."""
    found = _plan(pk)
    if request.method != "POST":
        heading = say("schools.Plans_Retire_Heading", name=found.called)
        words, button = say("schools.Plans_Retire_Words"), say("schools.Downloads_Retire")
        return sure(request, heading, words, button, _trail(found.school))
    services.retire_plan(found, **_acting(request))
    messages.success(request, say("schools.Plans_Saved"))
    return redirect("council:plans-of", found.school_id)


@require_POST
@DOOR
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a retired plan again."""
    found = _plan(pk)
    services.restore_plan(found, **_acting(request))
    messages.success(request, say("schools.Plans_Saved"))
    return redirect("council:plans-of", found.school_id)


@require_safe
@DOOR
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Download a plan, to see that it is the right one."""
    found = _plan(pk)
    services.note_plan_opened(found, by=who(request), now=timezone.now())
    return cast(HttpResponse, serve(found.file, request=request))

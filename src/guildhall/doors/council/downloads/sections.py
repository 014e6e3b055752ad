"""The sections of the downloads."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.doors.council.governors.showing import Crumb, asked
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.downloads import queries, services
from guildhall.work.downloads.models import Section

from .forms import SectionForm
from .items import trail

DOOR = door(Permission.KEEP_DOWNLOADS, verified=True)
PAGE = require_http_methods(["GET", "HEAD", "POST"])


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"by": who(request), "now": timezone.now()}


def _trail() -> list[Crumb]:
    return [*trail(), (say("schools.Downloads_Sections"), reverse("council:download-sections"))]


@PAGE
@DOOR
def sections(request: HttpRequest) -> HttpResponse:
    """Every section in order, and a form for another."""
    form = SectionForm(request.POST if request.method == "POST" else None)
    if form.done(lambda: services.add_section(form.name, **_acting(request))):
        messages.success(request, say("schools.Downloads_Saved"))
        return redirect("council:download-sections")
    problems = form.problems
    context = {
        "form": form,
        "problems": problems,
        "sections": list(queries.sections()),
        "breadcrumbs": [*trail(), (say("schools.Downloads_Sections"), "")],
    }
    return render(request, "council/downloads/sections.html", context, status=422 if problems else 200)


@PAGE
@DOOR
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a section otherwise."""
    found = get_object_or_404(Section, pk=pk)
    initial = {"title_en": found.name["en"], "title_cy": found.name["cy"]}
    form = SectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.done(lambda: services.rename_section(found, form.name, **_acting(request))):
        return asked(request, form, say("schools.Downloads_Section_Rename"), _trail())
    messages.success(request, say("schools.Downloads_Saved"))
    return redirect("council:download-sections")


@require_POST
@DOOR
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    up = request.POST.get("way") == "up"
    services.move_section(get_object_or_404(Section, pk=pk), up=up, **_acting(request))
    return redirect("council:download-sections")


@require_POST
@DOOR
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an empty section."""
    with refusals_told(request):
        services.remove_section(get_object_or_404(Section, pk=pk), **_acting(request))
        messages.success(request, say("schools.Downloads_Saved"))
    return redirect("council:download-sections")

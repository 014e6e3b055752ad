"""Sub-folders."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.schoolfolder import queries, services
from guildhall.work.schoolfolder.models import Section
from guildhall.work.schoolfolder.queries import Reader

from ..showing import page
from .entering import with_access
from .writing import PAGE, WRITING


@PAGE
@WRITING
@with_access(add=True)
def sections(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The sub-folders, and adding one."""
    typed = one_line(request.POST.get("name"))
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        problems = _tried(lambda: services.add_section(reader.place, typed, **_acting(request)))
        if not problems:
            messages.success(request, say("schools.Folder_Section_Added", name=typed))
            return redirect("schools:folder-sections")
    context = {"sections": list(queries.sections(reader)), "typed": typed, "problems": problems}
    return page(request, "schools/folder/sections.html", context, status=422 if problems else 200)


@PAGE
@WRITING
@with_access(add=True)
def section(request: HttpRequest, reader: Reader, pk: int) -> HttpResponse:
    """Call a sub-folder otherwise, or remove it when it is empty."""
    found = get_object_or_404(queries.sections(reader), pk=pk)
    typed = found.name
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        typed = one_line(request.POST.get("name"))
        removing = request.POST.get("act") == "remove"
        problems = _tried(_act(found, typed, removing, _acting(request) | {"place": reader.place}))
        if not problems:
            done = "schools.Folder_Section_Removed" if removing else "schools.Folder_Section_Renamed"
            messages.success(request, say(done, name=found.name if removing else typed))
            return redirect("schools:folder-sections")
    context = {"section": found, "typed": typed, "problems": problems}
    return page(request, "schools/folder/section.html", context, status=422 if problems else 200)


def _act(section: Section, name: str, removing: bool, acting: dict[str, Any]) -> Callable[[], object]:
    if removing:
        return lambda: services.remove_section(section, **acting)
    return lambda: services.rename_section(section, name, **acting)


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"by": who(request), "now": timezone.now()}


def _tried(act: Callable[[], object]) -> Mapping[str, str]:
    """What is wrong with doing it; nothing when it was done."""
    try:
        act()
    except Refusal as refusal:
        return refusal.by_field()
    return {}

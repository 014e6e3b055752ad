"""The clerk and the chair: meetings, and publishing, replacing and withdrawing papers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import key_of
from guildhall.foundation.texts.forms import WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.work.governors import queries, services
from guildhall.work.governors.queries import Reader

from ..showing import page
from .entering import KEEPS, for_those_who, meeting_of, paper_of
from .forms import FileForm, MeetingForm, PaperForm

WRITING = door(Permission.USE_SCHOOL, verified=True)
PAGE = require_http_methods(["GET", "HEAD", "POST"])


def _acting(reader: Reader) -> dict[str, Any]:
    return {"place": reader.place, "now": timezone.now()}


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _asked(request: HttpRequest, form: WordedForm, heading: str, **more: Any) -> HttpResponse:
    problems = form.problems
    context = {"form": form, "problems": problems, "heading": say(f"schools.Governors_{heading}"), **more}
    return page(request, "schools/governors/form.html", context, status=422 if problems else 200)


@PAGE
@WRITING
@for_those_who(KEEPS)
def add_meeting(request: HttpRequest, reader: Reader) -> HttpResponse:
    """A new meeting."""
    form = MeetingForm(request.POST if request.method == "POST" else None)
    made = form.done(lambda: services.add_meeting(reader.place, form.told, now=timezone.now()))
    if made is None:
        return _asked(request, form, "Meeting_Add")
    messages.success(request, say("schools.Governors_Meeting_Added", name=made.name))
    return redirect("schools:governors-meeting", made.pk)


@PAGE
@WRITING
@for_those_who(KEEPS)
def change_meeting(request: HttpRequest, reader: Reader, pk: int) -> HttpResponse:
    """Another name, day or place of a meeting."""
    found = meeting_of(reader, pk)
    initial = {"meeting_name": found.name, "meeting_date": found.held_on, "meeting_where": found.where}
    form = MeetingForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.done(lambda: services.change_meeting(found, form.told, **_acting(reader))):
        return _asked(request, form, "Meeting_Change", meeting=found)
    messages.success(request, say("schools.Governors_Saved"))
    return redirect("schools:governors-meeting", pk)


@PAGE
@WRITING
@for_those_who(KEEPS)
def remove_meeting(request: HttpRequest, reader: Reader, pk: int) -> HttpResponse:
    """Ask first, then remove a meeting that has no papers."""
    found = meeting_of(reader, pk)
    context: dict[str, Any] = {"meeting": found, "problems": {}}
    if request.method == "POST":
        try:
            services.remove_meeting(found, **_acting(reader))
        except Refusal as refusal:
            context["problems"] = {"main-content": refusal.message}
        else:
            messages.success(request, say("schools.Governors_Meeting_Removed", name=found.name))
            return redirect("schools:governors-papers")
    status = 422 if context["problems"] else 200
    return page(request, "schools/governors/meeting_remove.html", context, status=status)


@PAGE
@WRITING
@for_those_who(KEEPS)
def add_paper(request: HttpRequest, reader: Reader, pk: int) -> HttpResponse:
    """A new paper. The page carries its number, so that sending it twice adds one."""
    found, key = meeting_of(reader, pk), key_of(request.POST.get("key"))
    form = PaperForm(*_sent(request))
    acting = _acting(reader) | {"key": key}
    made = form.done(lambda: services.add_paper(found, **form.told, **acting))
    if made is None:
        return _asked(request, form, "Paper_Add", meeting=found, key=key, files=True)
    messages.success(request, say("schools.Governors_Paper_Added", title=made.title))
    return redirect("schools:governors-meeting", pk)


@PAGE
@WRITING
@for_those_who(KEEPS)
def replace(request: HttpRequest, reader: Reader, pk: UUID) -> HttpResponse:
    """A newer file for a paper."""
    found = paper_of(reader, pk)
    form = FileForm(*_sent(request))
    if not form.done(lambda: services.replace_paper(found, **form.told, **_acting(reader))):
        return _asked(request, form, "Paper_Replace", meeting=found.meeting, paper=found, files=True)
    messages.success(request, say("schools.Governors_Paper_Replaced"))
    return redirect("schools:governors-paper", pk)


@PAGE
@WRITING
@for_those_who(KEEPS)
def withdraw(request: HttpRequest, reader: Reader, pk: UUID) -> HttpResponse:
    """Ask first, then let nobody read the paper; the next page offers to put it back."""
    found = paper_of(reader, pk)
    if request.method != "POST":
        return page(request, "schools/governors/withdraw.html", {"paper": found})
    services.withdraw_paper(found, **_acting(reader))
    undo = render_to_string("schools/governors/withdrawn_notice.html", {"paper": found}, request=request)
    messages.success(request, SafeString(undo))
    return redirect("schools:governors-meeting", found.meeting_id)


@require_POST
@WRITING
@for_those_who(KEEPS)
def put_back(request: HttpRequest, reader: Reader, pk: UUID) -> HttpResponse:
    """Publish a withdrawn paper again."""
    found = get_object_or_404(queries.withdrawn(reader), pk=pk)
    services.put_back_paper(found, **_acting(reader))
    messages.success(request, say("schools.Governors_PutBack_Done", title=found.title))
    return redirect("schools:governors-meeting", found.meeting_id)

"""The reasons for which schools may close."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.lists import services as lists
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.calendars import queries
from guildhall.people.calendars.models import ClosureReason

from .calendars import calendar_crumbs
from .list_entries import acted

PAGE = require_http_methods(["GET", "HEAD", "POST"])
LIST = "administration:closure-reasons"


@PAGE
@door(Permission.KEEP_CALENDARS, verified=True)
def index(request: HttpRequest) -> HttpResponse:
    """The list in its order, and adding to it."""
    typed = {language: one_line(request.POST.get(language)) for language in ("en", "cy")}
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            lists.add_entry(ClosureReason(name=typed), by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.Reason_Added"))
            return redirect(LIST)
    context = {
        "rows": queries.all_reasons(),
        "typed": typed,
        "problems": problems,
        "breadcrumbs": calendar_crumbs((say("schools.Reasons_Heading"), "")),
    }
    return render(request, "administration/calendars_reasons.html", context, status=422 if problems else 200)


@PAGE
@door(Permission.KEEP_CALENDARS, verified=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a reason otherwise, move it, retire it or offer it again."""
    reason = get_object_or_404(ClosureReason, pk=pk)
    typed = {
        language: one_line(request.POST.get(language, reason.name[language])) for language in ("en", "cy")
    }
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            if not acted(request, reason):
                lists.change_entry(reason, {"name": typed}, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.Reason_Saved"))
            return redirect(LIST)
    context = {
        "one": reason,
        "typed": typed,
        "problems": problems,
        "breadcrumbs": calendar_crumbs(
            (say("schools.Reasons_Heading"), reverse(LIST)), (say("schools.Reason_Change"), "")
        ),
    }
    return render(request, "administration/calendars_reason.html", context, status=422 if problems else 200)

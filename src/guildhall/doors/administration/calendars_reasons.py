"""The reasons for which schools may close."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.components.lists import problems_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.calendars import queries, services
from guildhall.people.calendars.models import ClosureReason

from .calendars import calendar_crumbs

PAGE = require_http_methods(["GET", "HEAD", "POST"])
LIST = "administration:closure-reasons"


@PAGE
@door(Permission.KEEP_CALENDARS, verified=True)
def index(request: HttpRequest) -> HttpResponse:
    """The list in its order, and adding to it."""
    typed = {language: one_line(request.POST.get(language)) for language in ("en", "cy")}
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            services.add_reason(**typed, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = {**problems_of(refusal)}
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
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            _do(request, reason, typed)
        except Refusal as refusal:
            problems = {**problems_of(refusal)}
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


def _do(request: HttpRequest, reason: ClosureReason, typed: dict[str, str]) -> None:
    acting: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    match request.POST.get("act"):
        case "retire":
            services.retire_reason(reason, **acting)
        case "back":
            services.bring_back_reason(reason, **acting)
        case "up" | "down":
            services.move_reason(reason, up=request.POST["act"] == "up", **acting)
        case _:
            services.rename_reason(reason, en=typed["en"], cy=typed["cy"], **acting)

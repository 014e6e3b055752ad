"""Unavoidable closures: reporting one, and what becomes of it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import key_of
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.calendars import queries, rules
from guildhall.people.calendars.days import DAY, Unpublished
from guildhall.people.calendars.models import Closure
from guildhall.work.closures import services

from ..showing import current, page
from .forms import ClosureForm, LongerForm, OpensForm
from .showing import closure_shown

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@door(Permission.USE_SCHOOL)
def closures(request: HttpRequest) -> HttpResponse:
    """Every closure that the current school reported."""
    today = timezone.localdate()
    shown = page_of(queries.closures_of(current(request).school_id), request)
    rows = [closure_shown(one, today) for one in shown]
    return page(request, "schools/closures.html", {"page": shown, "rows": rows})


@PAGE
@door(Permission.USE_SCHOOL)
def report(request: HttpRequest) -> HttpResponse:
    """Unavoidable Closure: tell the council that the school must close."""
    form = ClosureForm(request.POST if request.method == "POST" else None, initial=_first(request))
    if reported := form.done(lambda: _report(request, form)):
        messages.success(request, say("schools.Closure_Reported"))
        return redirect("schools:closure", reported.pk)
    problems = form.problems
    context = {"form": form, "problems": problems, "key": key_of(request.POST.get("key"))}
    return page(request, "schools/closure_report.html", context, status=422 if problems else 200)


def _first(request: HttpRequest) -> dict[str, Any]:
    """A closure of the whole school, all day, today or on the next day with school."""
    day = timezone.localdate()
    with suppress(Unpublished):
        day = queries.next_school_day(current(request).school_id, day - DAY)
    days = {"closure_first": day, "closure_last": day}
    return days | {"closure_begins": "morning", "closure_ends": "day", "closure_extent": "whole"}


def _report(request: HttpRequest, form: ClosureForm) -> Closure:
    school, key = current(request).school, key_of(request.POST.get("key"))
    return services.report(school, told=form.told, key=key, by=who(request), now=timezone.now())


def _one(request: HttpRequest, pk: int) -> Closure:
    return get_object_or_404(queries.closures_of(current(request).school_id), pk=pk)


@require_safe
@door(Permission.USE_SCHOOL)
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """One closure with its history, and what can still be done about it."""
    found, today = _one(request, pk), timezone.localdate()
    context = {
        "one": closure_shown(found, today),
        "history": found.changes.select_related("by").order_by("-pk"),
        "may_extend": rules.may_extend(found, today),
        "may_end": rules.may_end(found, today),
        "may_withdraw": rules.may_withdraw(found, today),
    }
    return page(request, "schools/closure.html", context)


@PAGE
@door(Permission.USE_SCHOOL)
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """The school stays closed for longer."""
    found = _one(request, pk)
    known = {"closure_last": found.last_on, "closure_ends": "midday" if found.until_midday else "day"}
    form = LongerForm(request.POST if request.method == "POST" else None, initial=known)
    return _change(request, found, form, "Extend", services.extend)


@PAGE
@door(Permission.USE_SCHOOL)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The school opens earlier."""
    found = _one(request, pk)
    soonest = max(timezone.localdate(), found.first_on + DAY)
    known = {"opens_on": soonest, "opens_from": "morning"}
    form = OpensForm(request.POST if request.method == "POST" else None, initial=known)
    return _change(request, found, form, "End", services.end)


def _change(
    request: HttpRequest,
    found: Closure,
    form: LongerForm | OpensForm,
    name: str,
    act: Callable[..., Closure],
) -> HttpResponse:
    acting: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    if form.done(lambda: act(found, **form.end, **acting)):
        messages.success(request, say(f"schools.Closure_{name}_Done"))
        return redirect("schools:closure", found.pk)
    problems = form.problems
    context = {
        "one": closure_shown(found, timezone.localdate()),
        "form": form,
        "problems": problems,
        "heading": say(f"schools.Closure_{name}"),
        "words": say(f"schools.Closure_{name}_Words"),
        "button": say(f"schools.Closure_{name}_Button"),
        "back": reverse("schools:closure", args=[found.pk]),
    }
    return page(request, "schools/closure_change.html", context, status=422 if problems else 200)


@PAGE
@door(Permission.USE_SCHOOL)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It was reported by mistake; asked first."""
    found = _one(request, pk)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            services.withdraw(found, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = {"main-content": refusal.message}
        else:
            messages.success(request, say("schools.Closure_Withdraw_Done"))
            return redirect("schools:closure", pk)
    context = {
        "one": closure_shown(found, timezone.localdate()),
        "problems": problems,
        "heading": say("schools.Closure_Withdraw"),
        "words": say("schools.Closure_Withdraw_Words"),
        "button": say("schools.Closure_Withdraw_Button"),
        "back": reverse("schools:closure", args=[pk]),
        "danger": True,
    }
    return page(request, "schools/closure_change.html", context, status=422 if problems else 200)

"""The limits of the law, pack by pack, and the days they come to from a day that is typed (GH-001)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.people.calendars.days import Unpublished
from guildhall.records.clocks import queries
from guildhall.records.clocks.limits import Calendar, Limit, Unit, last_day
from guildhall.records.clocks.packs import Pack, Step
from guildhall.work.ehcprocess.rules import works_for

from ..teams import only
from . import shown
from .board import crumbs
from .forms import LimitsForm, in_words


@dataclass(frozen=True)
class Row:
    """A step of a pack: its limit in words, and the last day, if one was worked out."""

    name: str
    owner: str
    limits: list[str]
    law: str
    due: date | None
    why_not: str = ""


@require_safe
@door(Permission.SHARE_INFORMATION, verified=True)
@only(works_for)
def limits(request: HttpRequest) -> HttpResponse:
    """Every step of a pack with limit, start, owner and law. It names no child."""
    packs = [(key, in_words(queries.in_force(key).name)) for key in queries.PACKS]
    sent = "pack" in request.GET
    form = LimitsForm(request.GET if sent else None, packs=packs, initial={"pack": queries.EHC})
    start = form.cleaned_data["start"] if sent and form.is_valid() else None
    key = request.GET.get("pack", "")
    pack = queries.in_force(key if key in queries.PACKS else queries.EHC, start)
    school = number(request.GET.get("school"), otherwise=0) if sent and form.is_valid() else 0
    calendar = queries.calendar_around(start, school_id=school or None) if start else Calendar()
    context = {
        "form": form,
        "problems": form.problems if sent else {},
        "pack": pack,
        "name": in_words(pack.name),
        "start": start,
        "rows": [_row(step, pack, start, calendar) for step in pack.steps],
        "exceptions": [(in_words(one.name), in_words(one.law)) for one in pack.exemptions.values()],
        "breadcrumbs": crumbs((say("children.Process_Limits_Heading"), "")),
    }
    return render(request, "council/process/limits.html", context)


def _row(step: Step, pack: Pack, start: date | None, calendar: Calendar) -> Row:
    due, why_not = None, ""
    if start:
        try:
            due = last_day(step.limit, start, calendar)
        except Unpublished:
            why_not = say("children.Process_Limits_Unpublished")
    return Row(
        in_words(step.name),
        shown.owner_words(step.owner),
        [limit_words(one, pack) for one in step.limits],
        in_words(step.law),
        due,
        why_not,
    )


def limit_words(limit: Limit, pack: Pack) -> str:
    """As in "6 weeks after: Request received"."""
    event: Any = in_words(pack.events[limit.start])
    if limit.unit == Unit.DAY_OF_YEAR:
        return say("children.Process_Limit_day", day=limit.count, month=_month(limit.month), event=event)
    key = "before" if limit.before else "first" if limit.first_day else "after"
    length = say(f"children.Process_Limit_{limit.unit}", count=limit.count)
    return say(f"children.Process_Limit_{key}", length=length, event=event)


def _month(number_of_month: int) -> str:
    return say(f"children.Process_Month_{number_of_month}")

"""What schools reported of closures, for the council's officers."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from guildhall.doors.schools.calendar.showing import closure_shown
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.calendars import queries
from guildhall.people.calendars.days import Span, bounds_of, school_year_of
from guildhall.people.calendars.models import Closure

from .calendars import calendar_crumbs

STATES = ("now", "coming", "over", "withdrawn")
MOST_EXPORTED = 10_000
YEARS_BACK = 5
COLUMNS = ("School", "Urn", "First", "Last", "Extent", "Reason", "Sessions", "State", "Reported")
_WIDTHS = (36, 10, 14, 14, 26, 26, 12, 14, 14)


def _found(query: QueryDict) -> tuple[QuerySet[Closure], dict[str, str]]:
    """The closures that fit the filters, and the filters as they were typed."""
    typed = {name: one_line(query.get(name))[:100] for name in ("words", "state", "reason", "year")}
    found, today = queries.closures(), timezone.localdate()
    if typed["words"]:
        found = found.filter(Q(school__name__icontains=typed["words"]) | Q(school__urn=typed["words"]))
    if typed["reason"]:
        found = found.filter(reason_id=number(typed["reason"]))
    if typed["year"]:
        span = Span(*bounds_of(min(max(number(typed["year"]), 2000), 2200)))
        found = found.filter(first_on__lte=span.last_on, last_on__gte=span.first_on)
    counting = Q(withdrawn_at=None)
    states = {
        "now": counting & Q(first_on__lte=today, last_on__gte=today),
        "coming": counting & Q(first_on__gt=today),
        "over": counting & Q(last_on__lt=today),
        "withdrawn": ~counting,
    }
    return found.filter(states.get(typed["state"], Q())), typed


@require_safe
@door(Permission.KEEP_CALENDARS, verified=True)
def index(request: HttpRequest) -> HttpResponse:
    """Every closure, the latest first; filtered as the address says."""
    found, typed = _found(request.GET)
    shown, today = page_of(found, request, 50), timezone.localdate()
    year = school_year_of(today)
    context = {
        "page": shown,
        "rows": [closure_shown(one, today) for one in shown],
        "typed": typed,
        "filtered": any(typed.values()),
        "states": _options((key, say(f"schools.ClosureState_{key}")) for key in STATES),
        "reasons": _options((str(one.pk), one.called) for one in queries.all_reasons()),
        "years": _options(
            (str(one), say("schools.Year_Name", first=one, last=one + 1))
            for one in range(year + 1, year - YEARS_BACK, -1)
        ),
        "breadcrumbs": calendar_crumbs((say("schools.ClosuresCouncil_Heading"), "")),
    }
    return render(request, "administration/closures.html", context)


def _options(options: Any) -> list[tuple[str, str]]:
    return [("", say("schools.Closures_Any")), *options]


@require_safe
@door(Permission.KEEP_CALENDARS, verified=True)
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """One closure with its history."""
    found = get_object_or_404(queries.closures(), pk=pk)
    heading, way = say("schools.ClosuresCouncil_Heading"), reverse("administration:closures")
    context = {
        "one": closure_shown(found, timezone.localdate()),
        "history": found.changes.select_related("by").order_by("-pk"),
        "breadcrumbs": calendar_crumbs((heading, way), (found.school.name, "")),
    }
    return render(request, "administration/closure.html", context)


@require_safe
@door(Permission.KEEP_CALENDARS, verified=True)
def export(request: HttpRequest) -> HttpResponse:
    """The closures that fit the filters as a spreadsheet, up to MOST_EXPORTED."""
    found, typed = _found(request.GET)
    rows = list(found[:MOST_EXPORTED])
    about, detail = ("calendars.closures", "file"), {"rows": len(rows)} | typed
    detail.pop("words")
    audit.record(
        "calendars.closures_exported", by=who(request), about=about, now=timezone.now(), detail=detail
    )
    return taken_away(_sheet(rows), "xlsx", f"closures-{timezone.localdate()}")


def _sheet(rows: list[Closure]) -> bytes:
    book, today = Workbook(), timezone.localdate()
    sheet = book.worksheets[0]
    spreadsheets.put(sheet, 1, [say(f"schools.ClosureColumn_{name}") for name in COLUMNS], bold=True)
    for line, closure in enumerate(rows, start=2):
        shown = closure_shown(closure, today)
        words = [
            *(closure.school.name, closure.school.urn, f"{closure.first_on}", f"{closure.last_on}"),
            *(shown["extent"], shown["reason"], str(closure.sessions), shown["state"]),
            f"{timezone.localdate(closure.reported_at)}",
        ]
        spreadsheets.put(sheet, line, words)
    return spreadsheets.finished(book, widths=_WIDTHS, freeze="A2")

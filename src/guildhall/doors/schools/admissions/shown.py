"""Applications as pages show them, at the schools' door and at the council's."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.work.admissions import queries, sheets
from guildhall.work.admissions.details import PREFERENCES
from guildhall.work.admissions.models import Application, Round
from guildhall.work.admissions.queries import Counts
from guildhall.work.admissions.wording import status_name

PER_PAGE, WHOLE = 50, 5_000
Status = Application.Status
COLOURS = {
    Status.APPLIED: "blue",
    Status.OFFERED: "purple",
    Status.ACCEPTED: "green",
    Status.DECLINED: "grey",
    Status.WAITING: "yellow",
    Status.REFUSED: "red",
    Status.WITHDRAWN: "grey",
}


def list_page(
    request: HttpRequest, found: Round, rows: QuerySet[Application], school_id: int
) -> dict[str, Any]:
    """A list as it was filtered and sorted: a page of it, or with ?whole all; the reading is kept."""
    fitting = _fitting(request, rows)
    shown = page_of(fitting, request, WHOLE if "whole" in request.GET else PER_PAGE)
    looked_at(request, shown, "list")
    counts = queries.counts_of(rows, found, school_id)
    return {
        "round": found,
        "page": shown,
        "rows": [_row(one) for one in shown],
        "sorting": sorting_of(request, among=tuple(queries.SORTS), default="preference"),
        "counted": _counted(counts),
        "total": counts.total,
        "words": _words(request),
        "status": _status(request),
        "preference": str(_preference(request) or ""),
        "statuses": [
            ("", say("schools.Admissions_Any")),
            *((one, status_name(one)) for one in Status.values),
        ],
        "preferences": [
            ("", say("schools.Admissions_Any")),
            *((str(one), preference_name(one)) for one in counts.by_preference),
        ],
        "filtered": bool(_words(request) or _status(request) or _preference(request)),
    }


def _fitting(
    request: HttpRequest, rows: QuerySet[Application]
) -> "QuerySet[Application] | list[Application]":
    """Those that fit what was asked for, sorted as asked."""
    if status := _status(request):
        rows = rows.filter(Q(shown=status))
    if preference := _preference(request):
        rows = rows.filter(preference=preference)
    rows = queries.ordered(rows, request.GET.get("sort", ""))
    return queries.among(rows, words) if (words := _words(request)) else rows


def sheet(request: HttpRequest, rows: QuerySet[Application]) -> HttpResponse:
    """What fits as a spreadsheet to take away; the reading is kept."""
    found = list(_fitting(request, rows)[:WHOLE])
    looked_at(request, found, "export")
    return taken_away(sheets.sheet_of(found), "xlsx", say("schools.Admissions_FileName"))


def looked_at(request: HttpRequest, found: Iterable[Application], surface: str) -> None:
    """Keep that these were read. A row is tied to no record, so it is named by its own number."""
    detail = {"shown": [], "applications": [one.pk for one in found]}
    audit.looked(request, about=("children", "list"), surface=surface, detail=detail)


def preference_name(preference: int) -> str:
    """Which choice of the family the school is, in words."""
    return say("schools.Admissions_Choice", number=preference)


def _words(request: HttpRequest) -> str:
    return one_line(request.GET.get("pupil"))[:100]


def _status(request: HttpRequest) -> str:
    asked = request.GET.get("status", "")
    return asked if asked in Status.values else ""


def _preference(request: HttpRequest) -> int:
    asked = number(request.GET.get("preference"), digits=2, otherwise=0)
    return asked if asked in PREFERENCES else 0


def _row(one: Application) -> dict[str, Any]:
    status: str = one.shown  # type: ignore[attr-defined]
    return {
        "one": one,
        "status": status_name(status),
        "colour": COLOURS[Status(status)],
        "waiting": one.shown_waiting,  # type: ignore[attr-defined]
    }


def _counted(counts: Counts) -> list[dict[str, str]]:
    """The counts as rows of a summary; statuses that nobody has are left out."""
    rows = [("Number", counts.number), ("Total", counts.total)]
    told = [{"key": say(f"schools.Admissions_{name}"), "value": _or_unknown(value)} for name, value in rows]
    told += [
        {"key": preference_name(preference), "value": str(count)}
        for preference, count in counts.by_preference.items()
    ]
    told += [
        {"key": status_name(status), "value": str(counts.by_status[status])}
        for status in Status.values
        if status in counts.by_status
    ]
    if counts.left is not None and counts.placed:
        name = "Left" if counts.left >= 0 else "Over"
        told.append({"key": say(f"schools.Admissions_{name}"), "value": str(abs(counts.left))})
    return told


def _or_unknown(value: int | None) -> str:
    return say("schools.Admissions_NotSet") if value is None else str(value)

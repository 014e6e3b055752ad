"""The school's account statements: by year, one with the month before, and taken away (SC-091)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.schoolfinance import queries, rules, sheets, sorting
from guildhall.work.schoolfinance.models import Statement
from guildhall.work.schoolfinance.wording import month_words, state_words, year_words

from ..opened import with_system
from ..showing import page
from . import shown

HERE = door(Permission.USE_SCHOOL, verified=True)
OPEN = with_system(rules.SYSTEM)
PER_PAGE, COLUMNS = 20, ("title", "due", "state")


@require_safe
@HERE
@OPEN
def finance(request: HttpRequest, place: SchoolPlace) -> HttpResponse:
    """What the school is asked for, and its statements of a year of account."""
    holder = holder_of(request)
    found = queries.statements_of(holder, place.school_id)
    years = sorted({rules.year_of(one) for one in found.values_list("month", flat=True)}, reverse=True)
    asked = number(request.GET.get("year"))
    year = asked if asked in years else (years[0] if years else 0)
    context = _returns(request, place) | {
        "rows": [shown.statement_row(one) for one in found if rules.year_of(one.month) == year],
        "years": [(one, year_words(one)) for one in years],
        "year": year,
        "year_words": year_words(year) if year else "",
    }
    return page(request, "schools/finance/list.html", context)


def _returns(request: HttpRequest, place: SchoolPlace) -> dict[str, Any]:
    """What the school is and was asked for: a page of those in the state that is asked about."""
    today, state = timezone.localdate(), request.GET.get("state", "")
    found = queries.returns_of(holder_of(request), place.school_id)
    filtered = state in queries.STATES
    if filtered:
        found = queries.in_state(found, state, today=today)
    columns = sorting.return_columns(today)
    sort = sorting_of(request, among=COLUMNS, default="-due")
    listed = page_of(sorting.in_order(found, columns, sort.current), request, PER_PAGE)
    return {
        "page": listed,
        "returns": [shown.return_row(one) for one in listed],
        "sorting": sort,
        "states": [
            ("", say("schools.FinanceReturns_AnyState")),
            *((one, state_words(one)) for one in queries.STATES),
        ],
        "state": state,
        "filtered": filtered,
    }


def _own(request: HttpRequest, place: SchoolPlace, pk: int) -> Statement:
    return get_object_or_404(queries.versions_at(holder_of(request), place.school_id), pk=pk)


def _read(request: HttpRequest, statement: Statement, surface: str) -> None:
    now, detail = timezone.now(), {"school": statement.school_id, "surface": surface}
    audit.record(queries.READ, by=who(request), about=statement, now=now, detail=detail)


@require_safe
@HERE
@OPEN
def statement(request: HttpRequest, place: SchoolPlace, pk: int) -> HttpResponse:
    """One statement, grouped, with what is left of each budget and what last month's said."""
    found = _own(request, place, pk)
    _read(request, found, "page")
    own = queries.versions_at(holder_of(request), place.school_id).filter(month=found.month)
    context: dict[str, Any] = shown.whole_statement(found) | {"versions": list(own)}
    return page(request, "schools/finance/statement.html", context)


@require_safe
@HERE
@OPEN
def file(request: HttpRequest, place: SchoolPlace, pk: int, kind: str) -> HttpResponse:
    """The statement as a spreadsheet, or as CSV."""
    found = _own(request, place, pk)
    if kind not in {"csv", "xlsx"}:
        raise Http404
    _read(request, found, "export")
    make = sheets.statement_csv if kind == "csv" else sheets.statement_xlsx
    content = make(queries.lines_of(found))
    return taken_away(content, kind, f"{found.school.urn}-{month_words(found.month)}-{found.version}.{kind}")

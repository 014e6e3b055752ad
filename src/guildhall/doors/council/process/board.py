"""Every step of every process: what is due, who has it, how it stands; and what falls due (GH-006)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.work.ehcprocess import queries
from guildhall.work.ehcprocess.rules import works_for

from ..teams import only
from . import shown
from .chart import bars_of

DOOR = door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
of_the_team = only(works_for)
STATES = (queries.OPEN, *queries.STATES, queries.ANY)
MOST_EXPORTED, LONGEST = 5_000, 100
_WIDTHS = (30, 14, 14, 50, 30, 24, 14, 14, 16)
_COLUMNS = ("Child", "Reference", "Born", "Step", "Owner", "Has", "Due", "Met", "State")


@dataclass(frozen=True)
class Asked:
    """What the address asks of the board."""

    state: str
    step: str
    owner: str
    words: str

    @property
    def narrows(self) -> bool:
        return bool(self.step or self.owner or self.words or self.state != queries.OPEN)


@require_safe
@DOOR
@of_the_team
def board(request: HttpRequest) -> HttpResponse:
    """The board: counted by state, narrowed, searched and sorted; everything stays in the address."""
    today, holder = timezone.localdate(), holder_of(request)
    whole = queries.board(holder, today=today)
    names, owners = shown.step_names(), _owners()
    asked = _asked(request.GET, names, owners)
    sorting = sorting_of(request, among=tuple(queries.SORTS), default="due")
    found = _narrowed(whole, asked, holder.user_id)
    page = page_of(queries.ordered(found, sorting.current), request)
    _looked(request, page, "list")
    counted = queries.counts(whole)
    context = {
        "page": page,
        "rows": [_row(one, names) for one in page],
        "sorting": sorting,
        "asked": asked,
        "states": [(one, _state_words(one), counted[one]) for one in STATES],
        "steps": [("", say("children.Process_Board_AnyStep")), *names.items()],
        "owners": [(key, name) for key, name in owners.items()],
        "any": counted[queries.ANY],
        "query": _without_page(request.GET),
        "breadcrumbs": crumbs(),
    }
    return render(request, "council/process/board.html", context)


@require_safe
@DOOR
@of_the_team
def export(request: HttpRequest) -> HttpResponse:
    """What the board shows as a spreadsheet, up to MOST_EXPORTED lines."""
    today, holder = timezone.localdate(), holder_of(request)
    names = shown.step_names()
    asked = _asked(request.GET, names, _owners())
    sorting = sorting_of(request, among=tuple(queries.SORTS), default="due")
    rows = _narrowed(queries.board(holder, today=today), asked, holder.user_id)
    found = list(queries.ordered(rows, sorting.current)[:MOST_EXPORTED])
    _looked(request, found, "export")
    book, first = spreadsheets.begin(say("children.Process_Board_Heading"))
    heads = [say(f"children.Process_Column_{name}") for name in _COLUMNS]
    spreadsheets.put(first, 1, heads, bold=True)
    for line, one in enumerate(found, start=2):
        spreadsheets.put(first, line, _exported(one, names))
    content = spreadsheets.finished(book, widths=_WIDTHS, freeze="A2")
    return taken_away(content, "xlsx", say("children.Process_Board_FileName"))


@require_safe
@door(Permission.SHARE_INFORMATION, verified=True)
@of_the_team
def forecast(request: HttpRequest) -> HttpResponse:
    """What falls due in each of the next 20 weeks, and how timely the last year was. It names no child."""
    today = timezone.localdate()
    rows = queries.board(holder_of(request), today=today)
    weeks = queries.forecast(rows, today=today)
    names = shown.step_names()
    steps = [key for key in names if any(key in week.due for week in weeks)]
    timely = queries.timeliness(rows, first_on=today - timedelta(days=365), last_on=today)
    context = {
        "bars": bars_of(weeks),
        "total": sum(week.count for week in weeks),
        "heads": [names[key] for key in steps],
        "weeks": [(week.on, [week.due.get(key, 0) for key in steps], week.count) for week in weeks],
        "timely": [(names[key], timely[key]) for key in names if key in timely],
        "since": today - timedelta(days=365),
        "today": today,
        "breadcrumbs": crumbs((say("children.Process_Forecast_Heading"), "")),
    }
    return render(request, "council/process/forecast.html", context)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page; ``more`` are those below the board."""
    here = (say("children.Process_Board_Heading"), reverse("council:process-board") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *more]


def _asked(query: QueryDict, names: Mapping[str, str], owners: Mapping[str, str]) -> Asked:
    state, step, owner = (query.get(name, "") for name in ("state", "step", "owner"))
    return Asked(
        state if state in STATES else queries.OPEN,
        step if step in names else "",
        owner if owner in owners else "",
        one_line(query.get("find"))[:LONGEST],
    )


def _narrowed(rows: Any, asked: Asked, me: int | None) -> Any:
    return queries.narrowed(
        rows, state=asked.state, step=asked.step, owner=asked.owner, words=asked.words, me=me or 0
    )


def _owners() -> dict[str, str]:
    """Whose steps can be asked for."""
    said = {
        "": say("children.Process_Board_AnyOwner"),
        queries.MINE: say("children.Process_Board_Mine"),
        queries.NOBODYS: say("children.Process_Owner_none"),
    }
    return said | {str(user.pk): str(user) for user in queries.officers()}


def _row(one: Any, names: Mapping[str, str]) -> dict[str, Any]:
    child = one.process.involvement.child
    return {
        "clock": one,
        "child": child,
        "step": names.get(one.step, one.step),
        "owner": shown.owner_words(one.owner),
        "officer": one.process.owner,
        "words": shown.state_words(one.state),
        "colour": shown.COLOURS[one.state],
        "left": _left(one),
    }


def _left(one: Any) -> str:
    if one.met_on:
        return ""
    days = (one.due_on - timezone.localdate()).days
    key = "Today" if days == 0 else "Late" if days < 0 else "Left"
    return say(f"children.Process_Days_{key}", days=abs(days))


def _exported(one: Any, names: Mapping[str, str]) -> list[str]:
    child = one.process.involvement.child
    return [
        child.name,
        child.reference,
        _iso(child.born_on),
        names.get(one.step, one.step),
        shown.owner_words(one.owner),
        str(one.process.owner or ""),
        _iso(one.due_on),
        _iso(one.met_on),
        shown.state_words(one.state),
    ]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _state_words(state: str) -> str:
    return say(f"children.Process_State_{state}")


def _looked(request: HttpRequest, rows: Any, surface: str) -> None:
    named = sorted({one.process.involvement.child_id for one in rows})
    audit.looked(request, about=("children", "list"), surface=surface, detail={"shown": named})


def _without_page(query: QueryDict) -> str:
    kept = query.copy()
    kept.pop("page", None)
    return kept.urlencode()

"""Reading the filters of the list of forms from its address, and writing them back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from guildhall.foundation.kit.speech import day
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.work.cases.lists import ANYBODY, ASSIGNED, STATUSES, TO_DO, Asked

# A year of two digits is not meant as one of the first century.
_YEARS = range(1900, 3000)


@dataclass(frozen=True)
class Filters:
    """What the address asks for, and what is wrong with it: field → message."""

    asked: Asked
    typed: Mapping[str, dict[str, str]]
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tag:
    """A filter in use, in words, and the address without it."""

    words: str
    href: str


def read(query: QueryDict, *, kinds: Mapping[str, str]) -> Filters:
    """The filters in ``query``. What is not known to choose from counts as not asked for.

    ``kinds``: code → title of the forms there are.
    """
    problems: dict[str, str] = {}
    typed, start, end = days(query, problems)
    kind, status = query.get("type", ""), query.get("status", TO_DO)
    assigned = query.get("assigned", ANYBODY)
    asked = Asked(
        kind=kind if kind in kinds else "",
        start=start,
        end=end if "end" not in problems else None,
        status=status if status in STATUSES else TO_DO,
        assigned=assigned if assigned in ASSIGNED else ANYBODY,
    )
    return Filters(asked, typed, problems)


def days(
    query: QueryDict, problems: dict[str, str]
) -> tuple[dict[str, dict[str, str]], date | None, date | None]:
    """The first and last day asked for, after what was typed; what is wrong goes into ``problems``."""
    typed = {name: _parts(query, name) for name in ("start", "end")}
    start = _date(typed["start"], "start", problems)
    end = _date(typed["end"], "end", problems)
    if start and end and end < start:
        problems["end"] = say("send.Error_EndBeforeStart")
    return typed, start, end


def tags(query: QueryDict, asked: Asked, *, kinds: Mapping[str, str]) -> list[Tag]:
    """The filters in use, each with the address that drops it and keeps the others."""
    found = []
    if asked.kind:
        found.append(Tag(kinds[asked.kind], _without(query, "type")))
    if asked.start:
        found.append(Tag(say("send.Review_From", day=day(asked.start)), _without(query, "start")))
    if asked.end:
        found.append(Tag(say("send.Review_To", day=day(asked.end)), _without(query, "end")))
    if asked.status != TO_DO:
        found.append(Tag(status_words(asked.status), _without(query, "status")))
    if asked.assigned != ANYBODY:
        found.append(Tag(assigned_words(asked.assigned), _without(query, "assigned")))
    return found


def status_words(status: str) -> str:
    """A status, or one of the lists' own choices, in words."""
    return say(f"send.Status_{status or 'todo'}")


def assigned_words(assigned: str) -> str:
    """To whom a form is assigned, as the filter says it."""
    return say(f"send.Assigned_{assigned or 'anybody'}")


def _parts(query: QueryDict, name: str) -> dict[str, str]:
    return {part: query.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year")}


def _date(parts: dict[str, str], name: str, problems: dict[str, str]) -> date | None:
    if not any(parts.values()):
        return None
    try:
        found = date(number(parts["year"]), number(parts["month"]), number(parts["day"]))
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        problems[name] = say(f"send.Error_{name.title()}Date")
        return None
    return found


def _without(query: QueryDict, name: str) -> str:
    kept = query.copy()
    for key in list(kept):
        if key in {name, "page"} or key.startswith(f"{name}-"):
            del kept[key]
    return f"?{kept.urlencode()}"

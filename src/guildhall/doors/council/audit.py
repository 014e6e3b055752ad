"""Searching the audit, for the data protection officer."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import exporting, queries, services
from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts import queries as accounts
from guildhall.people.accounts.asking import who

from .filters import days
from .showing import crumbs

SIZE = 50
MOST_EXPORTED = timedelta(days=367)
_ROOM = "administration.AuditPage_Room_"


@cache
def rooms() -> tuple[str, ...]:
    """The rooms whose acts can be asked for, each by the beginning of its verbs: those that have a name."""
    return tuple(
        name.removeprefix(_ROOM)
        for name in catalogue()
        if name.startswith(_ROOM) and not name.endswith("_Tooltip")
    )


@dataclass
class Asked:
    """What the address asks for, what was typed, and what is wrong with it."""

    typed: dict[str, Any]
    wanted: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


@require_safe
@door(Permission.READ_AUDIT, verified=True)
def audit(request: HttpRequest) -> HttpResponse:
    """Entries that fit the search, newest first. Searching is itself kept in the audit."""
    asked = _read(request.GET)
    entries = []
    if not asked.problems:
        found = queries.search(holder_of(request), **asked.wanted)
        if (before := number(request.GET.get("before", ""))) > 0:
            found = found.filter(pk__lt=before)
        entries = list(found[: SIZE + 1])
    looked_for = {name: str(value) for name, value in asked.wanted.items() if value}
    services.record(
        "audit.searched", by=who(request), about=("audit", "search"), now=timezone.now(), detail=looked_for
    )
    return _page(request, asked, entries)


def _page(request: HttpRequest, asked: Asked, entries: list[Entry]) -> HttpResponse:
    language = active_language()
    context = {
        "query": _without_page(request.GET),
        "lines": [(entry, queries.presented(entry, language)) for entry in entries[:SIZE]],
        "may_match": holder_of(request).may(Permission.MATCH_CHILDREN),
        "older": _older(request.GET, entries[SIZE - 1].pk) if len(entries) > SIZE else "",
        "typed": asked.typed,
        "problems": asked.problems,
        "rooms": [("", say("administration.AuditPage_AnyRoom")), *_named_rooms()],
        "breadcrumbs": [*crumbs()[:1], (say("administration.AuditPage_Heading"), "")],
    }
    status = 422 if asked.problems and "format" in request.GET else 200
    return render(request, "council/audit.html", context, status=status)


def _named_rooms() -> list[tuple[str, str]]:
    return sorted(((room, say(_ROOM + room)) for room in rooms()), key=lambda named: named[1].casefold())


@require_safe
@door(Permission.READ_AUDIT, verified=True)
def export(request: HttpRequest) -> HttpResponse:
    """The entries that fit the search as a file, sent while it is made. Up to a year at a time."""
    asked, kind = _read(request.GET), request.GET.get("format", "csv")
    since, until = asked.wanted["since"], asked.wanted["until"]
    if kind not in exporting.FORMATS:
        raise Http404
    if not asked.problems and (since is None or until is None or until - since > MOST_EXPORTED):
        asked.problems["start" if since is None else "end"] = say("administration.Error_AuditPage_Export")
    if asked.problems:
        return _page(request, asked, [])
    looked_for = {name: str(value) for name, value in asked.wanted.items() if value} | {"format": kind}
    services.record(
        "audit.exported", by=who(request), about=("audit", "file"), now=timezone.now(), detail=looked_for
    )
    found = queries.search(holder_of(request), **asked.wanted)
    body = exporting.lines(queries.in_order(found), kind)
    name = f'attachment; filename="audit-{timezone.localdate(since)}.{kind}"'
    headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
    answer = StreamingHttpResponse(body, content_type=exporting.FORMATS[kind], headers=headers)
    return cast(HttpResponse, answer)


def _read(query: QueryDict) -> Asked:
    asked = Asked({name: query.get(name, "").strip() for name in ("person", "child", "room")})
    dates, start, end = days(query, asked.problems)
    asked.typed |= dates
    room = asked.typed["room"]
    asked.wanted = {
        "verb": f"{room}." if room in rooms() else "",
        "person": _person(asked),
        "child": _child(asked),
        "since": _midnight(start),
        "until": _midnight(end + timedelta(days=1)) if end and end < date.max else None,
    }
    return asked


def _person(asked: Asked) -> int | None:
    words = asked.typed["person"]
    if not words:
        return None
    if (known := number(words)) > 0:
        return known
    user = accounts.user_by_name(words)
    if user is None:
        asked.problems["person"] = say("administration.Error_AuditPage_Person")
        return None
    return int(user.pk)


def _child(asked: Asked) -> int | None:
    words = asked.typed["child"]
    if words and number(words) < 1:
        asked.problems["child"] = say("administration.Error_AuditPage_Child")
    return number(words) if words else None


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None


def _without_page(query: QueryDict) -> str:
    kept = query.copy()
    for name in ("before", "format"):
        kept.pop(name, None)
    return kept.urlencode()


def _older(query: QueryDict, before: int) -> str:
    kept = query.copy()
    kept["before"] = str(before)
    return f"?{kept.urlencode()}"

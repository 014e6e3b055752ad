"""Who saw what between two moments, exactly as the audit has it, and the same as a file."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.audit import exporting
from guildhall.foundation.audit import queries as entries
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts import queries as accounts
from guildhall.people.accounts.asking import who
from guildhall.work.privacy.seen import KINDS, Question, who_saw

from .privacy import trail
from .privacy_moments import NoSuchMoment, moment_of, typed_moment
from .privacy_odd import AUDITOR

MOST_SHOWN, MOST_DAYS = 200, timedelta(days=367)


@dataclass
class Asked:
    """What the address asks, what was typed, and what is wrong with it."""

    typed: dict[str, Any]
    problems: dict[str, str] = field(default_factory=dict)
    question: Question | None = None


@require_safe
@AUDITOR
def seen(request: HttpRequest) -> HttpResponse:
    """Ask, and read the first of the answer; all of it is in the file."""
    asked = _asked(request.GET)
    found = []
    if asked.question:
        _keep(request, asked.question, "audit.searched")
        found = list(islice(who_saw(holder_of(request), asked.question), MOST_SHOWN + 1))
    return _page(request, asked, found)


def _page(request: HttpRequest, asked: Asked, found: list[Any]) -> HttpResponse:
    language = active_language()
    context = {
        "typed": asked.typed,
        "problems": asked.problems,
        "asked": asked.question,
        "kinds": [(kind, say(f"administration.Seen_Kind_{kind}")) for kind in KINDS],
        "lines": [(entry, entries.presented(entry, language)) for entry, _seal in found[:MOST_SHOWN]],
        "more": len(found) > MOST_SHOWN,
        "most": MOST_SHOWN,
        "people": len({entry.by_id for entry, _seal in found[:MOST_SHOWN]}),
        "query": request.GET.urlencode(),
        "breadcrumbs": trail((say("administration.Seen_Heading"), "")),
    }
    status = 422 if asked.problems else 200
    return render(request, "administration/privacy_seen.html", context, status=status)


@require_safe
@AUDITOR
def export(request: HttpRequest) -> HttpResponse:
    """The whole answer as a table, sent while it is made."""
    asked = _asked(request.GET)
    if asked.question is None:
        return _page(request, asked, [])
    _keep(request, asked.question, "audit.exported")
    body = exporting.lines(who_saw(holder_of(request), asked.question), "csv")
    headers = {
        "Content-Disposition": 'attachment; filename="who-saw.csv"',
        "X-Content-Type-Options": "nosniff",
    }
    answer = StreamingHttpResponse(body, content_type=exporting.FORMATS["csv"], headers=headers)
    return cast(HttpResponse, answer)


def _keep(request: HttpRequest, question: Question, verb: str) -> None:
    audit.record(
        verb, by=who(request), about=("audit", "who-saw"), now=timezone.now(), detail=question.as_kept()
    )


def _asked(query: QueryDict) -> Asked:
    asked = Asked({name: one_line(query.get(name)) for name in ("kind", "key")})
    asked.typed |= {name: typed_moment(query, name) for name in ("since", "until")}
    if asked.typed["kind"] not in KINDS:
        asked.typed["kind"] = "child"
    if not query:
        return asked
    since, until = _moment(asked, "since"), _moment(asked, "until")
    key = _key(asked)
    if since and until and not since < until <= since + MOST_DAYS:
        asked.problems["until"] = say("administration.Error_Seen_Until")
    if since and until and not asked.problems:
        asked.question = Question(asked.typed["kind"], key, since, until)
    return asked


def _moment(asked: Asked, name: str) -> datetime | None:
    try:
        found = moment_of(asked.typed[name])
    except NoSuchMoment:
        found = None
    if found is None:
        asked.problems[name] = say("administration.Error_Seen_Moment")
    return found


def _key(asked: Asked) -> str:
    """The number that the audit has for who or what was typed."""
    kind, words = asked.typed["kind"], str(asked.typed["key"])
    if kind == "file":
        try:
            return str(UUID(words))
        except ValueError:
            asked.problems["key"] = say("administration.Error_Seen_Key_file")
            return ""
    known = number(words)
    if known < 1 and kind != "child":
        user = accounts.user_by_name(words)
        known = user.pk if user else 0
    if known < 1:
        asked.problems["key"] = say(f"administration.Error_Seen_Key_{kind}")
    return str(known)

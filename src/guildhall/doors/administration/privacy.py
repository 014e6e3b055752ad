"""Privacy: requests of people about what is held on them, and their clock."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import day
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts import queries as accounts
from guildhall.people.accounts.asking import who
from guildhall.work.privacy import queries, services
from guildhall.work.privacy.models import Pack, Request, RightsRequest
from guildhall.work.privacy.queries import Clock
from guildhall.work.privacy.subject import Subject

from .trail import crumbs

OFFICER = door(Permission.MANAGE_PRIVACY, verified=True)
PARTS = ("day", "month", "year")


@dataclass(frozen=True)
class Line:
    """A request as the list shows it."""

    request: Request
    subject: str
    clock: Clock
    state: str


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down to a page about privacy."""
    own = (say("administration.Privacy_Heading"), reverse("administration:privacy") if more else "")
    return crumbs(own, *more)


def request_or_404(request: HttpRequest, pk: int) -> Request:
    """The request ``pk``, for whoever answers for privacy."""
    found = queries.request_seen_by(holder_of(request), pk)
    if found is None:
        raise Http404
    return found


@require_safe
@OFFICER
def requests(request: HttpRequest) -> HttpResponse:
    """Every request, open ones first, with the days that are left."""
    page = page_of(queries.requests_seen_by(holder_of(request)), request)
    context = {"page": page, "lines": [_line(each) for each in page], "breadcrumbs": trail()}
    return render(request, "administration/privacy.html", context)


def _line(found: Request) -> Line:
    state = "closed" if found.closed_at else str(found.pack.state)
    return Line(
        found,
        named(found),
        queries.clock_of(found, timezone.localdate()),
        say(f"administration.Privacy_State_{state}"),
    )


def named(found: Request) -> str:
    """The person of a request by number: lists say no names."""
    return say(f"administration.Privacy_Subject_{found.subject_kind}", number=found.subject_id)


@require_http_methods(["GET", "HEAD", "POST"])
@OFFICER
def new(request: HttpRequest) -> HttpResponse:
    """Write down a request; gathering begins at once."""
    if request.method != "POST":
        today = timezone.localdate()
        parts = {part: getattr(today, part) for part in PARTS}
        return _new_page(request, {"kind": "user", "language": "en", "received": parts}, {})
    typed = _typed(request.POST)
    problems: dict[str, str] = {}
    subject, received = subject_typed(typed, problems), received_day(typed["received"], problems)
    if subject is not None and received is not None:
        try:
            made = services.open_request(
                subject,
                received_on=received,
                language=typed["language"],
                by=who(request),
                now=timezone.now(),
            )
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("administration.Privacy_Opened"))
            return redirect("administration:privacy-request", made.pk)
    return _new_page(request, typed, problems)


def _typed(posted: QueryDict) -> dict[str, Any]:
    kind, language = posted.get("kind"), posted.get("language")
    return {
        "kind": kind if kind in Request.Subject.values else "user",
        "who": one_line(posted.get("who")),
        "language": language if language in {"en", "cy"} else "en",
        "received": received_typed(posted),
    }


def received_typed(posted: QueryDict) -> dict[str, str]:
    """The parts of the day on which a request came, as they were typed."""
    return {part: one_line(posted.get(f"received-{part}")) for part in PARTS}


def subject_typed(typed: dict[str, Any], problems: dict[str, str]) -> Subject | None:
    """The person who was typed in; None, with a problem, for somebody who is not there."""
    known = number(typed["who"])
    if typed["kind"] == "user" and known < 1:
        user = accounts.user_by_name(typed["who"])
        known = user.pk if user else 0
    if known < 1:
        problems["who"] = say(f"administration.Error_Privacy_No_{typed['kind']}")
        return None
    return Subject(typed["kind"], known)


def received_day(parts: dict[str, str], problems: dict[str, str]) -> date | None:
    """The day that was typed in; None, with a problem, for one that there is not."""
    try:
        return date(*(int(parts[part]) for part in reversed(PARTS)))
    except (ValueError, OverflowError):
        problems["received"] = say("administration.Error_Privacy_Day")
        return None


def _new_page(request: HttpRequest, typed: dict[str, Any], problems: dict[str, str]) -> HttpResponse:
    context = {
        "typed": typed,
        "problems": problems,
        "kinds": [(kind, say(f"administration.Privacy_Kind_{kind}")) for kind in Request.Subject.values],
        "languages": [(code, say(f"administration.Privacy_Lang_{code}")) for code in ("en", "cy")],
        "breadcrumbs": trail((say("administration.Privacy_New"), "")),
    }
    return render(request, "administration/privacy_new.html", context, status=422 if problems else 200)


@require_safe
@OFFICER
def request(request: HttpRequest, pk: int) -> HttpResponse:
    """A request: its clock, how far its pack is, and what can be done next."""
    found = request_or_404(request, pk)
    return render(request, "administration/privacy_request.html", page_about(request, found))


def page_about(request: HttpRequest, found: Request) -> dict[str, Any]:
    """What the page of a request shows."""
    pack, heading = found.pack, named(found)
    done, every = queries.progress_of(pack)
    line = _line(found)
    rows = [
        {"key": say("administration.Privacy_State"), "value": line.state},
        {"key": say("administration.Privacy_Received"), "value": day(found.received_on)},
        {"key": say("administration.Privacy_Due"), "value": due_words(found)},
        {
            "key": say("administration.Privacy_Gathered"),
            "value": say("administration.Privacy_Progress", done=done, every=every),
        },
    ]
    rows += _people(pack)
    return {
        "found": found,
        "pack": pack,
        "heading": heading,
        "rows": rows,
        "checked": pack.checked_at.isoformat() if pack.checked_at else "",
        "mine": pack.checked_by_id == who(request).pk,
        "breadcrumbs": trail((heading, "")),
    }


def _people(pack: Pack) -> list[dict[str, str]]:
    done = (("Checked", pack.checked_by), ("Released", pack.released_by))
    return [
        {"key": say(f"administration.Privacy_{name}By"), "value": str(person)}
        for name, person in done
        if person
    ]


def due_words(found: Request | RightsRequest) -> str:
    """The day by which to answer, and the days that are left."""
    clock = queries.clock_of(found, timezone.localdate())
    if found.closed_at:
        return day(clock.due_on)
    name = "Late" if clock.left < 0 else "Paused" if clock.stands_still else "Left"
    return say(f"administration.Privacy_{name}", day=day(clock.due_on), days=abs(clock.left))


@require_POST
@OFFICER
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Stop or start the clock, send the pack back, release it, close the request."""
    found = request_or_404(request, pk)
    doing: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    acts = {
        "pause": lambda: services.pause_request(found, **doing),
        "resume": lambda: services.resume_request(found, **doing),
        "close": lambda: services.close_request(found, **doing),
        "send-back": lambda: services.send_pack_back(found.pack, **doing),
        "release": lambda: services.release_pack(
            found.pack, checked=request.POST.get("checked", ""), **doing
        ),
    }
    if act not in acts:
        raise Http404
    with refusals_told(request):
        acts[act]()
        messages.success(request, say(f"administration.Privacy_Done_{act.replace('-', '')}"))
    return redirect("administration:privacy-request", pk)

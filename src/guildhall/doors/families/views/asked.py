"""Asked of me: the information that the council asks somebody for, at either portal.

Each page asks anew what the person may see at that moment, so that access that ended is gone with the next
request.
"""

from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.filling.file_fields import FileRow, file_row
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import queries as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import Page, page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import key_of, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.work.advice import queries, services, showing
from guildhall.work.advice.models import Requested
from guildhall.work.advice.rules import LONGEST_ANSWER, LONGEST_DETAILS, State, state_of

from .sections import sections_at

READS = door(Permission.READ_SHARED, verified=True, reads_child=True)
COLOURS = {
    State.OPEN: "blue",
    State.SOON: "yellow",
    State.LATE: "red",
    State.DECLINED: "grey",
    State.RECEIVED: "green",
}
DECLINE = "decline"


@dataclass(frozen=True)
class Line:
    """A request in the list."""

    requested: Requested
    child: str
    state: str
    colour: str
    href: str


@require_safe
@READS
def asked(request: HttpRequest) -> HttpResponse:
    """Everything that the person is asked for now, what waits first."""
    page = page_of(queries.asked_of(who(request)), request)
    named = sorted({_child(one).pk for one in page})
    audit.looked(request, about=("children", "list"), surface="list", detail={"shown": named})
    lines = [_line(request, one) for one in page]
    shown = Page(lines, page.number, page.count, page.total, page.size, page.query)
    context = {"page": shown, "sections": sections_at(request, "asked")}
    return render(request, "families/asked_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@READS
def asked_one(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is asked, by when, and the box to answer in (GH-010)."""
    one = _asked(request, key)
    audit.looked(request, about=one, child=_child(one).pk, surface="asked")
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            thanks = _say(request, one)
        except Refusal as refusal:
            problems = refusal.by_field("main-content")
        else:
            messages.success(request, thanks)
            return redirect(_address(request, "asked-one", one.key))
    wanted = queries.title_of_form(one.wanted, active_language())
    context = {
        "line": _line(request, one),
        "wanted": wanted,
        "wanted_href": reverse("filling:start", args=[one.wanted]) if wanted else "",
        "turns": [
            (turn, [_row(request, one, file) for file in turn.files]) for turn in _turns(one, who(request))
        ],
        "typed": _answer(request)["words"],
        "why": paragraphs(request.POST.get("why")),
        "most": LONGEST_ANSWER,
        "most_why": LONGEST_DETAILS,
        "key": key_of(request.POST.get("key")),
        "back": _address(request, "asked"),
        "problems": problems,
    }
    return render(request, "families/asked_one.html", context, status=422 if problems else 200)


@require_safe
@READS
def asked_file(request: HttpRequest, key: UUID, file_id: UUID) -> HttpResponse:
    """A file that the person sent with an answer."""
    one = _asked(request, key)
    file = queries.file_of(one, file_id)
    if file is None or file.owner_id != who(request).pk:
        raise Http404
    audit.looked(request, about=file, child=_child(one).pk, surface="file")
    return cast(HttpResponse, serve(file, request=request))


def _asked(request: HttpRequest, key: UUID) -> Requested:
    found = queries.asked(who(request), key)
    if found is None:
        raise Http404
    return found


def _say(request: HttpRequest, one: Requested) -> str:
    """Keep what was answered, or that it cannot be; what is said of it then. Raises Refusal."""
    how: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    if request.POST.get("do") == DECLINE:
        why, key = paragraphs(request.POST.get("why")), key_of(request.POST.get("key"))
        services.decline(one, words=why, key=key, **how)
        return say("send.Advice_Declined_Sent")
    services.answer(one, **_answer(request), **how)
    return say("send.Advice_Sent")


def _turns(one: Requested, user: User) -> list[showing.Turn]:
    """What ``user`` answered, and what more was asked of the account that they have on the involvement."""
    own = [(answer, held) for answer, held in queries.answers_to(one) if answer.by_id == user.pk]
    asked = [further for further in queries.furthers_of(one) if further.portal_user_id == one.portal_user_id]
    return showing.turns_of(own, asked)


def _answer(request: HttpRequest) -> dict[str, Any]:
    return {
        "words": paragraphs(request.POST.get("words")),
        "uploads": request.FILES.getlist("files"),
        "key": key_of(request.POST.get("key")),
    }


def _line(request: HttpRequest, one: Requested) -> Line:
    state = state_of(
        due_on=one.due_on,
        received_on=one.received_on,
        declined_on=one.declined_on,
        today=timezone.localdate(),
    )
    words = say(f"send.Advice_State_{state}")
    return Line(one, _child(one).name, words, COLOURS[state], _address(request, "asked-one", one.key))


def _row(request: HttpRequest, one: Requested, file: StoredFile) -> FileRow:
    href = _address(request, "asked-file", one.key, file.pk) if files.may_be_served(file) else ""
    return replace(file_row(file), href=href)


def _child(one: Requested) -> Child:
    return one.involvement.child


def _address(request: HttpRequest, name: str, *ids: UUID) -> str:
    """The page called ``name`` at the portal where the person is."""
    door_here = request.resolver_match.namespace if request.resolver_match else "families"
    return reverse(f"{door_here}:{name}", args=ids)

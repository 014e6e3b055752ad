"""Your information: what somebody asked about the information held on them or their child."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.languages import switched
from guildhall.people.families import queries as families
from guildhall.work.privacy import packing, queries, services
from guildhall.work.privacy.models import Request, RightsRequest

# Nobody is kept from a right for want of a second step; only the answer waits for it.
OWN = door(Permission.HOLD_ACCOUNT)
READS = door(Permission.HOLD_ACCOUNT, reads_child=True)
COPY = door(Permission.HOLD_ACCOUNT, verified=True, reads_child=True)
ME = "me"


@dataclass(frozen=True)
class Line:
    """A request as its person sees it."""

    request: RightsRequest
    right: str
    state: str
    answer_by: date
    letters: list[tuple[str, datetime, str]]
    asked: bool
    copy_until: datetime | None

    @property
    def reply(self) -> str:
        """The name of the field for an answer to our question: several may be on the page."""
        return f"reply-{self.request.pk}"


@require_http_methods(["GET", "HEAD"])
@OWN
def rights(request: HttpRequest) -> HttpResponse:
    """What the person asked for, how far it is, and our answers."""
    return _shown(request)


def _shown(request: HttpRequest, replied: dict[str, Any] | None = None) -> HttpResponse:
    """The page; ``replied``: of which request an answer was typed, what it said and what is wrong with it."""
    page = page_of(queries.rights_of(who(request)), request)
    context: dict[str, Any] = {"page": page, "lines": [_line(each) for each in page]}
    context["verified"] = holder_of(request).verified
    context["replied"] = replied
    context["problems"] = {f"reply-{replied['pk']}": replied["problem"]} if replied else {}
    return render(request, "account/rights.html", context, status=422 if replied else 200)


def _line(found: RightsRequest) -> Line:
    copy = queries.copy_for(found, now=timezone.now())
    return Line(
        found,
        say(f"account.Rights_{found.right}"),
        say(f"account.Rights_State_{_state(found)}"),
        queries.clock_of(found, timezone.localdate()).due_on,
        [
            (say(f"account.Rights_Letter_{each['kind']}"), datetime.fromisoformat(each["at"]), each["words"])
            for each in found.letters
        ],
        not found.closed_at and bool(found.letters) and found.letters[-1]["kind"] == "asked",
        copy.expires_at if copy else None,
    )


def _state(found: RightsRequest) -> str:
    state = queries.state_of_right(found)
    return f"complaint_{state}" if found.is_complaint and found.decision else state


@require_http_methods(["GET", "HEAD", "POST"])
@READS
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to see, correct, restrict or erase what is held, object to its use, or complain about it."""
    children = families.children_of(who(request))
    typed, problems = {"right": "", "whom": ME, "words": ""}, {}
    if request.method == "POST":
        typed = {name: paragraphs(request.POST.get(name)) for name in typed}
        known = {str(child.pk): child.pk for child in children}
        problems = {} if switched(request) else _ask(request, typed, known)
        if not problems and not switched(request):
            messages.success(request, say("account.Rights_Sent"))
            return redirect("account:rights")
    named = [str(child.pk) for child in children]
    audit.looked(request, about=("families", "list"), surface="list", detail={"shown": named})
    context = {
        "typed": typed,
        "problems": problems,
        "rights": [(right, say(f"account.Rights_{right}")) for right in RightsRequest.Right.values],
        "whom": [(ME, say("account.Rights_Me")), *((str(child.pk), str(child)) for child in children)],
    }
    return render(request, "account/rights_ask.html", context, status=422 if problems else 200)


def _ask(request: HttpRequest, typed: dict[str, str], children: dict[str, UUID]) -> dict[str, str]:
    """Keep the request; what is wrong with it."""
    if typed["whom"] not in {ME, *children}:
        return {"whom": say("account.Error_Rights_Whom")}
    child = children.get(typed["whom"])
    try:
        services.ask_right(
            typed["right"], words=typed["words"], family_child=child, by=who(request), now=timezone.now()
        )
    except Refusals as refusals:
        return refusals.problems
    except Refusal as refusal:
        return {"right": refusal.message}
    return {}


@require_safe
@COPY
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy of what is held, which somebody asked for, checked and released by two people."""
    found = queries.rights_of(who(request)).filter(pk=pk).first()
    pack = queries.copy_for(found, now=timezone.now()) if found else None
    if pack is None:
        raise Http404
    about_child = pack.request.subject_kind == Request.Subject.CHILD
    child = pack.request.subject_id if about_child else None
    audit.looked(request, about=pack, child=child, surface="export", detail={"whole": False})
    name = f"request-{pk}.zip"
    return FileResponse(  # type: ignore[return-value]
        packing.written(pack, whole=False), as_attachment=True, filename=name, content_type="application/zip"
    )


@require_POST
@OWN
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request back that has no answer yet."""
    found = queries.rights_of(who(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    with refusals_told(request):
        services.withdraw_right(found, by=who(request), now=timezone.now())
        messages.success(request, say("account.Rights_TakenBack"))
    return redirect("account:rights")


@require_POST
@OWN
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the question that we asked about a request."""
    found = queries.rights_of(who(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    words = paragraphs(request.POST.get(f"reply-{pk}"))
    try:
        services.reply_to_question(found, words=words, by=who(request), now=timezone.now())
    except services.NotOpen as refusal:
        messages.error(request, refusal.message)
    except Refusal as refusal:
        return _shown(request, {"pk": pk, "words": words, "problem": refusal.message})
    else:
        messages.success(request, say("account.Rights_Replied"))
    return redirect("account:rights")

"""Noting a letter or a telephone call by hand, and putting it right with what it said before kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.doors.council.involvement import involvement_crumbs, involvement_page
from guildhall.doors.council.opening import demand_reason
from guildhall.doors.council.review import case_for
from guildhall.doors.council.sharing import child_to_share
from guildhall.doors.council.showing import crumbs
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import key_of, number
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.children.models import Child
from guildhall.records.persons import queries as persons
from guildhall.records.persons.models import Person
from guildhall.work.cases.models import Case
from guildhall.work.communications import queries, services
from guildhall.work.communications.models import Communication

from .forms import Typed, options
from .logs import TAB
from .showing import moment

PAGE = require_http_methods(["GET", "HEAD", "POST"])
_LOOKED = {"tab": "communications"}


@PAGE
@door(Permission.REVIEW_FORMS, verified=True, reads_child=True)
def add_to_case(request: HttpRequest, reference: str) -> HttpResponse:
    """A letter or call about a form."""
    return _add(request, case_for(request, reference))


@PAGE
@door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
def add_to_child(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter or call about a child."""
    return _add(request, child_to_share(request, pk))


@PAGE
@door(Permission.REVIEW_FORMS, verified=True, reads_child=True)
def correct(request: HttpRequest, pk: Any) -> HttpResponse:
    """One line that was noted by hand: what it said before, putting it right, striking it out."""
    rows = queries.kept_seen_by(holder_of(request)).filter(means__in=services.BY_HAND)
    kept = get_object_or_404(rows, pk=pk)
    about = _about(kept)
    if isinstance(about, Child):
        demand_reason(request, about)
    audit.looked(request, about=kept, child=_child_of(about), detail=_LOOKED)
    if request.method != "POST":
        return _page(request, about, Typed.of(kept), kept=kept)
    typed = Typed.posted(request)
    try:
        _change(request, kept, about, typed)
    except Refusal as refusal:
        return _page(request, about, typed, kept=kept, refusal=refusal)
    messages.success(request, say("send.Communication_Changed"))
    return redirect(_log_of(about))


def _add(request: HttpRequest, about: Case | Child) -> HttpResponse:
    audit.looked(request, about=about, child=_child_of(about), detail=_LOOKED)
    if request.method != "POST":
        return _page(request, about, Typed.now())
    typed = Typed.posted(request)
    details = typed.details(_persons(holder_of(request), about))
    key, now = key_of(request.POST.get("key")), timezone.now()
    try:
        services.note_by_hand(about, details=details, key=key, by=who(request), now=now)
    except Refusal as refusal:
        return _page(request, about, typed, refusal=refusal)
    messages.success(request, say("send.Communication_Noted"))
    return redirect(_log_of(about))


def _change(request: HttpRequest, kept: Communication, about: Case | Child, typed: Typed) -> None:
    acting: dict[str, Any] = {
        "reason": typed.reason,
        "seen": number(request.POST.get("seen", "")),
        "by": who(request),
        "now": timezone.now(),
    }
    do = request.POST.get("do")
    if do in {"strike", "count"}:
        services.strike_out(kept, struck_out=do == "strike", **acting)
        return
    known = _persons(holder_of(request), about)
    if kept.person:
        known[kept.person.pk] = kept.person
    services.correct(kept, details=typed.details(known), **acting)


def _page(
    request: HttpRequest,
    about: Case | Child,
    typed: Typed,
    *,
    kept: Communication | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    heading = say("send.Communication_Change_Heading" if kept else "send.Communication_Add_Heading")
    known = _persons(holder_of(request), about)
    if kept and kept.person:
        known[kept.person.pk] = kept.person
    context = _around(request, about, heading) | {
        "heading": heading,
        "typed": typed,
        "kept": kept,
        "corrections": _corrections(kept) if kept else [],
        "persons": [
            ("", say("send.Communication_Person_None")),
            *((pk, str(each)) for pk, each in known.items()),
        ],
        "problems": refusal.by_field("main-content") if refusal else {},
        "key": key_of(request.POST.get("key")),
        "back": _log_of(about),
        **options(),
    }
    return render(request, "council/communications/note.html", context, status=422 if refusal else 200)


def _around(request: HttpRequest, about: Case | Child, heading: str) -> dict[str, Any]:
    log = (say("send.Communication_Heading"), _log_of(about))
    if isinstance(about, Case):
        case = (about.reference, reverse("council:case", args=[about.reference]))
        return {
            "caption": about.child_name,
            "reference": about.reference,
            "breadcrumbs": crumbs(case, log, (heading, "")),
        }
    page = involvement_page(holder_of(request), about, TAB)
    trail = involvement_crumbs(about, page, log, (heading, ""))
    return {"caption": about.name, "reference": about.reference, "breadcrumbs": trail}


def _corrections(kept: Communication) -> list[tuple[Any, str, list[dict[str, str]]]]:
    """Every earlier state, newest first, with who changed it and why."""
    found = kept.corrections.select_related("by").order_by("-version")
    return [(each, moment(each.at), _was(each)) for each in found[:50]]


def _was(before: Any) -> list[dict[str, str]]:
    way = "Incoming" if before.incoming else "Outgoing"
    rows = [
        ("Means", f"{say(f'send.Communication_Means_{before.means}')}, {say(f'send.Communication_{way}')}"),
        ("Name", before.addressee),
        ("When", moment(before.happened_at)),
        ("Summary", before.summary),
        ("Reason", before.reason),
    ]
    if before.struck_out:
        rows.append(("Note", say("send.Communication_StruckOut")))
    return [{"key": say(f"send.Communication_Column_{key}"), "value": value} for key, value in rows]


def _persons(holder: Holder, about: Case | Child) -> dict[int, Person]:
    """The adults of the child, to choose from."""
    child = about.mention.child if isinstance(about, Case) else about
    found = persons.relations_of(holder, child) if child else []
    return {relation.person.pk: relation.person for relation in found}


def _about(kept: Communication) -> Case | Child:
    about = kept.case or kept.child
    assert about is not None
    return about


def _child_of(about: Case | Child) -> int | None:
    return about.mention.child_id if isinstance(about, Case) else about.pk


def _log_of(about: Case | Child) -> str:
    if isinstance(about, Case):
        return reverse("council:case-log", args=[about.reference])
    return reverse("council:child-log", args=[about.pk])

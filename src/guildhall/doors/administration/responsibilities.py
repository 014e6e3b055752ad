"""The list of responsibilities with the systems they open, and what schools propose for it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.schools.wording import described, system_names
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.meanwhile import beside, status_of
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.responsibilities import queries
from guildhall.people.responsibilities import services as responsibilities
from guildhall.people.responsibilities.models import Proposal, Responsibility
from guildhall.people.responsibilities.services import Described
from guildhall.people.responsibilities.systems import SYSTEMS

from .list_entries import acted
from .trail import crumbs

PAGE = require_http_methods(["GET", "HEAD", "POST"])
LIST, PROPOSALS = "administration:responsibilities", "administration:responsibility-proposals"
NAMES = ("en", "cy", "words_en", "words_cy")


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return crumbs((say("schools.CouncilResponsibilities_Heading"), reverse(LIST) if more else ""), *more)


def _typed(request: HttpRequest, known: Described) -> Described:
    """What was typed about a responsibility; before anything was, what is ``known``."""
    if request.method != "POST":
        return known
    names = {name: paragraphs(request.POST.get(name)) for name in NAMES}
    return Described(**names, systems=tuple(request.POST.getlist("systems")))


def _known(one: Responsibility) -> Described:
    words = {f"words_{language}": said for language, said in one.words.items()}
    return Described(**one.name, **words, systems=tuple(one.systems))


def _fields(told: Described, problems: Mapping[str, str]) -> dict[str, Any]:
    systems = list(zip(SYSTEMS, system_names(SYSTEMS), strict=True))
    return {"told": told, "systems": systems, "problems": problems}


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def index(request: HttpRequest) -> HttpResponse:
    """The list in its order, and adding to it."""
    told = _typed(request, Described("", ""))
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            responsibilities.add_category(told, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.Category_Added"))
            return redirect(LIST)
    rows = [described(one) | {"row": one} for one in queries.everything()]
    waiting = queries.proposals().filter(decided_at=None).count()
    context = {"rows": rows, "waiting": waiting, "breadcrumbs": _crumbs(), **_fields(told, problems)}
    return _page(request, "responsibilities", context)


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe one otherwise, choose its systems, move it, retire it or bring it back."""
    one = get_object_or_404(queries.everything(), pk=pk)
    told = _typed(request, _known(one))
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            if not acted(request, one):
                _change(request, one, told)
        except Refusal as refusal:
            refused = refusal
        else:
            messages.success(request, say("schools.Category_Saved", name=one.called))
            return redirect(LIST)
    context = {
        "one": one,
        "breadcrumbs": _crumbs((say("schools.Category_Change"), "")),
        **_fields(told, refused.by_field() if refused else {}),
        **beside(request, refused, kept=one.stamp, rows=_rows(_known(one))),
    }
    return _page(request, "responsibility", context, refused)


def _change(request: HttpRequest, one: Responsibility, told: Described) -> None:
    seen = request.POST.get("seen", "")
    responsibilities.change_category(one, told=told, seen=seen, by=who(request), now=timezone.now())


def _rows(known: Described) -> list[tuple[str, str]]:
    """A responsibility as it is kept, under what the boxes of its page are called."""
    return [
        (say("schools.Category_En"), known.en),
        (say("schools.Category_Cy"), known.cy),
        (say("schools.Category_WordsEn"), known.words_en),
        (say("schools.Category_WordsCy"), known.words_cy),
        (say("schools.Areas_Systems"), ", ".join(system_names(known.systems))),
    ]


@require_safe
@door(Permission.MANAGE_USERS, verified=True)
def proposals(request: HttpRequest) -> HttpResponse:
    """What schools would like on the list, undecided first."""
    context = {
        "page": page_of(queries.proposals(), request, 50),
        "breadcrumbs": _crumbs((say("schools.Proposals_Heading"), "")),
    }
    return _page(request, "responsibility_proposals", context)


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the headteachers of other schools, read what they say, and decide."""
    found = get_object_or_404(queries.proposals(), pk=pk)
    told = _typed(request, Described(found.name, "", words_en=found.why[:500]))
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            _decide(request, found, told)
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            return redirect("administration:responsibility-proposal", pk)
    context = {
        "proposal": found,
        "opinions": queries.opinions_on(found),
        "agreed": queries.heads_agree(found),
        "answer": request.POST.get("answer", ""),
        "breadcrumbs": _crumbs((say("schools.Proposals_Heading"), reverse(PROPOSALS)), (found.name, "")),
        **_fields(told, problems),
    }
    return _page(request, "responsibility_proposal", context)


def _decide(request: HttpRequest, found: Proposal, told: Described) -> None:
    acting: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    match request.POST.get("act"):
        case "ask":
            count = responsibilities.ask_heads(found, **acting)
            messages.success(request, say("schools.Proposal_Asked", count=count))
        case "decline":
            responsibilities.decline_proposal(found, answer=paragraphs(request.POST.get("answer")), **acting)
            messages.success(request, say("schools.Proposal_Closed"))
        case _:
            responsibilities.accept_proposal(found, told=told, **acting)
            messages.success(request, say("schools.Category_Added"))


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], refused: Refusal | None = None
) -> HttpResponse:
    status = status_of(context.get("problems", {}), refused)
    return render(request, f"administration/schools_{name}.html", context, status=status)

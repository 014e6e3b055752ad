"""One return: what was found in its file, explaining queries, submitting and approving."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.returns import queries, rules, services
from guildhall.work.returns.collections import collection
from guildhall.work.returns.models import Return
from guildhall.work.returns.moves import MOVES, TAKES_FILES, Move
from guildhall.work.returns.wording import pack_of

from ..showing import page
from . import shown
from .collections import reader


def _own(request: HttpRequest, pk: int) -> tuple[SchoolPlace, Return]:
    place = reader(request)
    return place, get_object_or_404(queries.returns_of(place, today=timezone.localdate()), pk=pk)


@require_safe
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A return: how far the check is, what is wrong, and what can be done next."""
    place, own = _own(request, pk)
    sends = rules.sends(place)
    moves = MOVES[own.state]
    context = shown.whole_page(request, own, names=False) | {
        "again": sends
        and own.state in TAKES_FILES
        and collection(own.key, own.year).is_open(own.area, timezone.now()),
        "explains": sends and own.state in TAKES_FILES,
        "offered": len(queries.offered(own)) if sends and own.state in TAKES_FILES else 0,
        "submits": sends and own.is_live and Move.SUBMIT in moves,
        "takes_back": Move.TAKE_BACK in moves,
        "approves": Move.APPROVE in moves and rules.approves(place, today=timezone.localdate()),
    }
    reply = page(request, "schools/returns/one.html", context)
    if context["checking"]:
        reply["Refresh"] = str(shown.SOON)
    return reply


@require_safe
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found, as a spreadsheet (SY-063)."""
    return shown.sheet(request, _own(request, pk)[1])


ACTS = ("submit", "take-back", "approve", "offered")


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit, take back or approve a return, or take the explanations of the last one."""
    place, own = _own(request, pk)
    wanted = request.POST.get("act", "")
    with refusals_told(request):
        if wanted not in ACTS:
            raise Refusal(say("schools.Error_Returns_NotNow"))
        count = _done(wanted, place, own)
        word = "".join(part.title() for part in wanted.split("-"))
        messages.success(request, say(f"schools.Returns_Done_{word}", count=count))
    return redirect("schools:returns-return", own.pk)


def _done(wanted: str, place: SchoolPlace, own: Return) -> int:
    now = timezone.now()
    if wanted == "offered":
        return services.take_offered(own, place=place, now=now)
    does = {"submit": services.submit, "take-back": services.take_back, "approve": services.approve}
    does[wanted](own, place=place, now=now)
    return 0


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def found(request: HttpRequest, pk: int, found_pk: int) -> HttpResponse:
    """One finding: what to do about it, and for a query, why it is as it is."""
    place, own = _own(request, pk)
    one = get_object_or_404(queries.found_in(own), pk=found_pk)
    one.of = own
    problems: Mapping[str, str] = {}
    typed = one_line(request.POST.get("note", one.note))[:1000]
    if request.method == "POST":
        try:
            every = request.POST.get("every") == "yes"
            count = services.explain(one, typed, place=place, every=every, now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field("main-content")
        else:
            messages.success(request, say("schools.Returns_Explained", count=count))
            return redirect("schools:returns-return", own.pk)
    shown.looked_at(request, own, [one], "page")
    pack = pack_of(own.key, own.year)
    before = dict(queries.offered(own))
    context = shown.found_row(one, pack) | {
        "own": own,
        "rule": pack.rules.get(one.rule),
        "facts": _facts(own, one.pk),
        "typed": typed or next((note for known, note in before.items() if known.pk == one.pk), ""),
        "problems": problems,
        "explains": rules.sends(place) and own.state in TAKES_FILES and not one.is_error,
        "alike": queries.found_in(own, rule=one.rule, kind="waiting").exclude(pk=one.pk).count(),
    }
    return page(request, "schools/returns/found.html", context, status=422 if problems else 200)


def _facts(own: Return, pk: int) -> list[dict[str, str]]:
    """Where a finding is, as rows of a summary."""
    one = queries.found_in(own).get(pk=pk)
    told = [
        ("Rule", one.rule),
        ("Record", str(one.record) if one.record else say("schools.Returns_WholeReturn")),
        ("FileLine", str(one.line or "")),
        ("Upn", one.upn),
        ("Pupil", one.name),
        ("Item", one.item),
        ("Value", one.value),
    ]
    return [{"key": say(f"schools.Returns_Col_{name}"), "value": value} for name, value in told if value]

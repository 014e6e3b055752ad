"""The batches of every school: filtered, opened, taken away as a file, accepted or returned (SC-089)."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.invoices import shown
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.invoices import queries, services, sheets
from guildhall.work.invoices.models import Batch
from guildhall.work.invoices.moves import MOVES, Move

from .crumbs import crumbs

PAGE = require_http_methods(["GET", "HEAD", "POST"])
State = Batch.State
WAITING = "waiting"


@require_safe
@door(Permission.HANDLE_INVOICES, verified=True)
def batches(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; or whatever the filters say."""
    holder = holder_of(request)
    sorting = sorting_of(request, among=tuple(queries.SORTS), default="sent")
    found = queries.all_batches(holder, sort=sorting.current)
    state, words = request.GET.get("state", WAITING), one_line(request.GET.get("words"))[:100]
    school = number(request.GET.get("school"), otherwise=0)
    if state in State.values:
        found = found.filter(state=state)
    elif state == WAITING:
        found = found.filter(state__in=[State.SENT, State.TAKEN])
    if school:
        found = found.filter(school_id=school)
    if words:
        found = queries.among(found, words)
    page = page_of(found, request, shown.PER_PAGE)
    schools = [(str(one.pk), one.name) for one in queries.schools_with(holder)]
    context = {
        "page": page,
        "sorting": sorting,
        "rows": [shown.batch_row(one) for one in page],
        "states": [(WAITING, say("schools.InvoicesCouncil_Waiting")), *shown.states()],
        "state": state,
        "schools": [("", say("schools.InvoicesCouncil_AnySchool")), *schools],
        "school": str(school or ""),
        "words": words,
        "filtered": bool(words or school or state != WAITING),
        "breadcrumbs": crumbs(),
    }
    return render(request, "council/invoices/list.html", context)


def _found(request: HttpRequest, reference: str) -> Batch:
    return get_object_or_404(queries.all_batches(holder_of(request)), reference=reference)


@PAGE
@door(Permission.HANDLE_INVOICES, verified=True)
def batch(request: HttpRequest, reference: str) -> HttpResponse:
    """One batch with its invoices; posting accepts or returns it once it was taken up."""
    found = _found(request, reference)
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        problems = _decided(request, found)
        if not problems:
            return redirect("council:invoices-batch", found.reference)
    found.refresh_from_db()
    listed = page_of(queries.marked_first(queries.lines_of(found)), request, shown.LINES)
    context = shown.whole_page(found, listed, names=True) | {
        "page": listed,
        "moves": [str(one) for one in MOVES[found.state] if one in services.PLAIN],
        "taken": found.state == State.TAKEN,
        "problems": problems,
        "options": [
            (str(one), say(f"schools.InvoicesCouncil_Decide_{one.title()}"))
            for one in (Move.ACCEPT, Move.RETURN)
        ],
        "decision": request.POST.get("decision", ""),
        "answer": paragraphs(request.POST.get("answer"))[:1000],
        "breadcrumbs": crumbs((found.reference, "")),
    }
    return render(request, "council/invoices/batch.html", context, status=422 if problems else 200)


def _decided(request: HttpRequest, found: Batch) -> Mapping[str, str]:
    """Accept or return it; what is wrong, by field."""
    chosen = request.POST.get("decision", "")
    try:
        if chosen not in {Move.ACCEPT, Move.RETURN}:
            raise Refusals({"decision": say("schools.Error_Invoices_Decision")})
        services.decide(found, Move(chosen), answer=request.POST.get("answer", ""), **acting(request))
    except Refusal as refusal:
        return refusal.by_field("main-content")
    messages.success(
        request, say(f"schools.InvoicesCouncil_Done_{chosen.title()}", reference=found.reference)
    )
    return {}


@require_POST
@door(Permission.HANDLE_INVOICES, verified=True)
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a batch up, put it back, or open an accepted one again."""
    found, chosen = _found(request, reference), request.POST.get("move", "")
    with refusals_told(request):
        if chosen not in set(Move):
            raise Refusal(say("schools.Error_Invoices_NotNow"))
        services.move_batch(found, Move(chosen), **acting(request))
        word = "".join(part.title() for part in chosen.split("-"))
        messages.success(request, say(f"schools.InvoicesCouncil_Done_{word}", reference=found.reference))
    return redirect("council:invoices-batch", found.reference)


@require_safe
@door(Permission.HANDLE_INVOICES, verified=True)
def export(request: HttpRequest, reference: str) -> HttpResponse:
    """The invoices of a batch as CSV for the finance system."""
    found = _found(request, reference)
    content = sheets.batch_file(found, queries.lines_of(found))
    return taken_away(content, "csv", found.reference)


@PAGE
@door(Permission.HANDLE_INVOICES, verified=True)
def line(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say what is wrong with one invoice, or that nothing is."""
    found = _found(request, reference)
    one = get_object_or_404(queries.lines_of(found), pk=pk)
    problems: Mapping[str, str] = {}
    typed = one_line(request.POST.get("problem", one.problem))[:1000]
    if request.method == "POST":
        try:
            services.mark_line(one, typed, **acting(request))
        except Refusal as refusal:
            problems = refusal.by_field("main-content")
        else:
            messages.success(request, say("schools.InvoicesCouncil_Marked", line=one.position))
            return redirect("council:invoices-batch", found.reference)
    context = {
        "batch": found,
        "row": shown.line_row(one),
        "typed": typed,
        "problems": problems,
        "breadcrumbs": crumbs(
            (found.reference, reverse("council:invoices-batch", args=[found.reference])),
            (f"{say('schools.Invoices_Line')} {one.position}", ""),
        ),
    }
    return render(request, "council/invoices/line.html", context, status=422 if problems else 200)

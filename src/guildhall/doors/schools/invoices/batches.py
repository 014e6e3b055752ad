"""What a school has sent: the list, one batch with its receipt, withdrawing, sending anew (SC-089)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.documents import services as documents
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.invoices import queries, services
from guildhall.work.invoices.models import Batch
from guildhall.work.invoices.moves import MOVES, Move

from ..showing import current, page
from . import shown
from .paper import document_of

JUST_SENT = "invoices_sent"


def sender(request: HttpRequest) -> SchoolPlace:
    """The place of somebody who sends their school's invoices. Raises Http404."""
    place = current(request)
    if not queries.sends(holder_of(request), place.school_id):
        raise Http404
    return place


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def batches(request: HttpRequest) -> HttpResponse:
    """Everything the school sent, and the files that wait to be sent."""
    place, holder = sender(request), holder_of(request)
    sorting = sorting_of(request, among=tuple(queries.SORTS), default="-sent")
    found = queries.batches_of(holder, place.school_id, sort=sorting.current)
    state, words = request.GET.get("state", ""), one_line(request.GET.get("words"))[:100]
    if state in Batch.State.values:
        found = found.filter(state=state)
    if words:
        found = queries.among(found, words)
    shown_now = page_of(found, request, shown.PER_PAGE)
    context = {
        "page": shown_now,
        "sorting": sorting,
        "rows": [shown.batch_row(one) for one in shown_now],
        "waiting": queries.uploads_of(holder, place.school_id),
        "states": shown.states(),
        "state": state,
        "words": words,
        "filtered": bool(words or state in Batch.State.values),
    }
    return page(request, "schools/invoices/list.html", context)


def _own(request: HttpRequest, reference: str) -> Batch:
    place = sender(request)
    found = queries.batches_of(holder_of(request), place.school_id)
    return get_object_or_404(found, reference=reference)


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def batch(request: HttpRequest, reference: str) -> HttpResponse:
    """One batch with its history and invoices; the receipt, for whoever has just sent it."""
    found = _own(request, reference)
    lines = queries.lines_of(found)
    listed = page_of(queries.marked_first(lines), request, shown.LINES)
    context = shown.whole_page(found, listed, names=False) | {
        "page": listed,
        "receipt": request.session.get(JUST_SENT) == found.reference,
        "withdraws": Move.WITHDRAW in MOVES[found.state],
        "sends_again": not found.counts,
    }
    return page(request, "schools/invoices/batch.html", context)


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def batch_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipt as a document, with every invoice."""
    found = _own(request, reference)
    return taken_away(documents.pdf(document_of(found)), "pdf", found.reference)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.USE_SCHOOL, verified=True)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a batch back before the council took it up; asked first."""
    found = _own(request, reference)
    if request.method == "POST":
        with refusals_told(request):
            services.withdraw_batch(found, holder=holder_of(request), by=who(request), now=timezone.now())
            messages.success(request, say("schools.Invoices_Withdraw_Done", reference=found.reference))
        return redirect("schools:invoices-batch", found.reference)
    return page(request, "schools/invoices/withdraw.html", {"batch": found, "facts": shown.facts(found)})


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the lines of a batch that came back, to correct and send them anew."""
    found = _own(request, reference)
    with refusals_told(request):
        made = services.again(found, holder=holder_of(request), by=who(request), now=timezone.now())
        return redirect("schools:invoices-file", made.pk)
    return redirect("schools:invoices-batch", found.reference)

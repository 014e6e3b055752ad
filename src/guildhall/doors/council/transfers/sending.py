"""One file: the council's own on its way to a school, or a school's as it was sent."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from guildhall.doors.schools.transfers import shown
from guildhall.doors.schools.transfers.sending import chosen, forget, given, take_back
from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.transfers import checking, queries, reading, services
from guildhall.work.transfers.models import Transfer

from .team import HERE, PAGE, READS, crumbs, found_by, of_the_team

State, Towards = Transfer.State, Transfer.Towards


@PAGE
@HERE
@of_the_team
def new(request: HttpRequest) -> HttpResponse:
    """Choose a file for a school; nothing is sent yet."""
    problems: Mapping[str, str] = {}
    lines: list[str] = []
    if request.method == "POST":
        try:
            made = services.upload(None, chosen(request), **acting(request))
        except Refusal as refusal:
            problems, lines = refusal.by_field("file"), getattr(refusal, "lines", [])
        else:
            return redirect("council:transfer", made.pk)
    context = {
        "problems": problems,
        "lines": lines,
        "own": checking.end_of(None),
        "most": reading.MOST_PUPILS,
        "megabytes": reading.MOST_BYTES // 1_000_000,
        "breadcrumbs": crumbs(say("schools.Transfer_New")),
    }
    return render(request, "council/transfers/new.html", context, status=422 if problems else 200)


@require_safe
@READS
@of_the_team
def transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One file: what to confirm before it is sent, or what became of it."""
    return drawn(request, found_by(request, pk))


def drawn(
    request: HttpRequest,
    found: Transfer,
    *,
    problems: Mapping[str, str] | None = None,
    lines: list[str] | None = None,
) -> HttpResponse:
    """The page of a file, with what is wrong with what was sent to it."""
    way = {"breadcrumbs": crumbs(found.name), "problems": problems or {}, "lines": lines or []}
    status = 422 if problems else 200
    if found.state == State.CHECKED:
        context = shown.check_page(request, found) | way
        return render(request, "council/transfers/check.html", context, status=status)
    own = found.source_id is None
    context = (
        shown.whole(request, found)
        | way
        | {
            "own": own,
            "downloads": found.towards == Towards.COUNCIL and found.file_id and not found.asks_for_numbers,
            "withdraws": own and found.state == State.SENT,
            "results": shown.results(found, "council:transfer"),
            "answers_now": found.asks_for_numbers
            and found.answered_at is None
            and found.state in Transfer.ON_THE_WAY,
        }
    )
    return render(request, "council/transfers/transfer.html", context, status=status)


def _own(request: HttpRequest, pk: UUID) -> Transfer:
    """A file that the council sent or is about to. Raises Http404."""
    return get_object_or_404(queries.every(holder_of(request)).filter(source=None), pk=pk)


@require_POST
@HERE
@of_the_team
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a file of the council's that was looked at."""
    found = _own(request, pk)
    with refusals_told(request):
        services.send(found, request.POST.get("reason", ""), **acting(request))
        messages.success(request, say("schools.Transfer_Sent_Done", name=found.name))
    return redirect("council:transfer", pk)


@require_POST
@HERE
@of_the_team
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget a file of the council's that was not sent."""
    forget(request, _own(request, pk))
    return redirect("council:transfers")


@PAGE
@HERE
@of_the_team
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a file of the council's back that nobody downloaded; asked first."""
    found = _own(request, pk)
    if request.method == "POST":
        take_back(request, found)
        return redirect("council:transfer", pk)
    context = {
        "transfer": found,
        "facts": shown.facts(found),
        "breadcrumbs": crumbs(say("schools.Transfer_Withdraw_Heading")),
    }
    return render(request, "council/transfers/withdraw.html", context)


@require_POST
@READS
@of_the_team
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Download a file that a school sent to the council."""
    found = get_object_or_404(queries.to_council(holder_of(request)), pk=pk)
    return given(request, found) or redirect("council:transfer", pk)

"""A file on its way: chosen, checked, looked at and sent; taken back; downloaded at its other end."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.transfers import checking, reading, services
from guildhall.work.transfers.models import Transfer
from guildhall.work.transfers.services import NotTaken

from ..showing import page
from . import shown
from .entering import HERE, PAGE, READS, own, sent_by_own, user

State = Transfer.State


@PAGE
@HERE
def new(request: HttpRequest) -> HttpResponse:
    """How a file is called, and choosing it; nothing is sent yet."""
    place = user(request)
    problems: Mapping[str, str] = {}
    lines: list[str] = []
    if request.method == "POST":
        try:
            made = services.upload(place.school, chosen(request), **acting(request))
        except Refusal as refusal:
            problems, lines = refusal.by_field("file"), getattr(refusal, "lines", [])
        else:
            return redirect("schools:transfer", made.pk)
    context = {
        "problems": problems,
        "lines": lines,
        "own": checking.end_of(place.school),
        "council": checking.end_of(None),
        "most": reading.MOST_PUPILS,
        "megabytes": reading.MOST_BYTES // 1_000_000,
    }
    return page(request, "schools/transfers/new.html", context, status=422 if problems else 200)


def chosen(request: HttpRequest) -> UploadedFile:
    """The file that was chosen. Raises Refusal."""
    file = request.FILES.get("file")
    if file is None:
        raise NotTaken(say("schools.Error_Transfer_None"), codes=[])
    return file


@require_safe
@READS
def transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One file: what to confirm before it is sent, or what became of it."""
    found = own(request, pk)
    if found.state == State.CHECKED:
        return page(request, "schools/transfers/check.html", shown.check_page(request, found))
    return page(request, "schools/transfers/transfer.html", _whole(request, found))


def _whole(request: HttpRequest, found: Transfer) -> dict[str, object]:
    place = user(request)
    received = found.destination_id == place.school_id
    return shown.whole(request, found) | {
        "received": received,
        "downloads": received and found.file_id,
        "withdraws": found.source_id == place.school_id and found.state == State.SENT,
        "results": shown.results(found, "schools:transfer"),
        "duty": "" if received else shown.duty(found),
        "asked": found.answers if received else None,
    }


@require_POST
@READS
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a file that was looked at; one that nobody receives with the reason."""
    found = sent_by_own(request, pk)
    reason = request.POST.get("reason", "")
    try:
        services.send(found, reason, **acting(request))
    except services.NotNow as refusal:
        messages.error(request, refusal.message)
        return redirect("schools:transfer", pk)
    except Refusal as refusal:
        context = shown.check_page(request, found) | {"problems": refusal.by_field(), "reason": reason}
        return page(request, "schools/transfers/check.html", context, status=422)
    messages.success(request, say("schools.Transfer_Sent_Done", name=found.name))
    return redirect("schools:transfer", pk)


@require_POST
@HERE
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget a file that was not sent."""
    forget(request, sent_by_own(request, pk))
    return redirect("schools:file-transfer")


@PAGE
@HERE
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a file back that nobody downloaded; asked first."""
    found = sent_by_own(request, pk)
    if request.method == "POST":
        take_back(request, found)
        return redirect("schools:transfer", pk)
    return page(request, "schools/transfers/withdraw.html", {"transfer": found, "facts": shown.facts(found)})


@require_POST
@READS
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Download a file that came."""
    found = own(request, pk)
    return given(request, found) or redirect("schools:transfer", pk)


def forget(request: HttpRequest, found: Transfer) -> None:
    """Discard a file that was not sent, at either door, and say so."""
    with refusals_told(request):
        services.discard(found, **acting(request))
        messages.success(request, say("schools.Transfer_Discarded"))


def take_back(request: HttpRequest, found: Transfer) -> None:
    """Withdraw a file that nobody downloaded, at either door, and say so."""
    with refusals_told(request):
        services.withdraw(found, **acting(request))
        messages.success(request, say("schools.Transfer_Withdraw_Done", name=found.name))


def given(request: HttpRequest, found: Transfer) -> HttpResponse | None:
    """The content of a file for its other end; None where it cannot be had, which is said."""
    with refusals_told(request):
        file = services.receive(found, **acting(request))
        shown.looked_at_file(request, found)
        return cast(HttpResponse, serve(file, request=request))
    return None

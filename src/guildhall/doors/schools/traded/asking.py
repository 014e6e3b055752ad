"""Asking about a service, or saying that the school wants it, and going on with what was asked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import key_of, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.traded import queries, services
from guildhall.work.traded.models import Enquiry
from guildhall.work.traded.moves import MOVES, SCHOOL, Move

from ..long_forms import WHOLE
from ..showing import current, page
from .reading import READING, service_of
from .showing import enquiry_page, service_row

PAGE = require_http_methods(["GET", "HEAD", "POST"])
Kind = Enquiry.Kind


@PAGE
@READING
def ask(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Ask the team of a service, or tell it that the school is interested; sent twice it asks once."""
    place, found = current(request), service_of(pk)
    kind = get_kind(kind)
    typed, key = paragraphs(request.POST.get("enquiry_words")), key_of(request.POST.get("key"))
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            made = services.ask_about(
                found, kind=kind, words=typed, place=place, key=key, by=who(request), now=timezone.now()
            )
        except Refusal as refusal:
            problems = refusal.by_field(WHOLE)
        else:
            messages.success(request, say("schools.Traded_Sent", reference=made.reference))
            return redirect("schools:traded-enquiry", made.pk)
    context = service_row(found) | {"kind": kind, "typed": typed, "key": key, "problems": problems}
    return page(request, "schools/traded/ask.html", context, status=422 if problems else 200)


def get_kind(kind: str) -> str:
    """The kind of an address; anything else is a question."""
    return Kind.INTEREST if kind == Kind.INTEREST else Kind.QUESTION


@PAGE
@READING
def enquiry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was asked and answered; the school writes again, or says that it needs it no more."""
    place = current(request)
    found = get_object_or_404(queries.enquiries_of(place), pk=pk)
    typed, key = paragraphs(request.POST.get("enquiry_words")), key_of(request.POST.get("key"))
    problems: dict[str, str] = {}
    if request.method == "POST":
        move = Move.WITHDRAW if request.POST.get("act") == Move.WITHDRAW else Move.ASK
        acting: dict[str, Any] = {"by": who(request), "now": timezone.now(), "holder": holder_of(request)}
        try:
            services.take_step(found, move, words=typed, key=key, place=place, **acting)
        except Refusal as refusal:
            problems = refusal.by_field(WHOLE)
        else:
            messages.success(request, say(f"schools.Traded_Done_{move.title()}"))
            return redirect("schools:traded-enquiry", pk)
    can = [move for move in SCHOOL if move in MOVES[found.state]]
    context = enquiry_page(found) | {"can": can, "typed": typed, "key": key, "problems": problems}
    return page(request, "schools/traded/enquiry.html", context, status=422 if problems else 200)

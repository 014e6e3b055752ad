"""Unique learner numbers: the list for the national issuer, and the issuer's results (SY-050, SY-051)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from guildhall.doors.schools.transfers import shown
from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.transfers import queries, services, sheets

from .sending import drawn
from .team import READS, of_the_team


@require_POST
@READS
@of_the_team
def students(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The students of a school who need a number, as the list for the issuer."""
    found = get_object_or_404(queries.asking(holder_of(request)), pk=pk)
    try:
        asked = services.note_list_taken(found, **acting(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("council:transfer", pk)
    shown.looked_at_file(request, found)
    return taken_away(sheets.list_file(asked), "csv", found.name.removesuffix(".xml"))


@require_POST
@READS
@of_the_team
def results(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the school what the issuer found; all of it or nothing."""
    found = get_object_or_404(queries.asking(holder_of(request)), pk=pk)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refusal(say("schools.Error_UlnFile_None"), field="file")
        services.answer_request(found, file.read(sheets.MOST_BYTES + 1), **acting(request))
    except Refusal as refusal:
        return drawn(request, found, problems=refusal.by_field("file"), lines=getattr(refusal, "lines", []))
    messages.success(request, say("schools.UlnCouncil_Given"))
    return redirect("council:transfer", pk)

"""The lost pupils, for the council: searched, and handed to the school that admits one (SY-048)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guildhall.doors.schools.transfers import shown
from guildhall.doors.schools.transfers.lost import found_before, looked_for
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.transfers import queries, services

from .team import PAGE, READS, crumbs, of_the_team


@PAGE
@READS
@of_the_team
def lost(request: HttpRequest) -> HttpResponse:
    """Look for a pupil whose last school did not know where they went."""
    context = looked_for(request, None)
    context["breadcrumbs"] = crumbs(say("schools.LostPupils_Heading"))
    return render(request, "council/transfers/lost.html", context, status=422 if context["problems"] else 200)


@PAGE
@READS
@of_the_team
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand the file to the school that admits the pupil."""
    found, pupil = found_before(request, pk)
    schools = list(queries.open_schools())
    problems = {}
    chosen = number(request.POST.get("school"))
    if request.method == "POST":
        try:
            school = next((one for one in schools if one.pk == chosen), None)
            if school is None:
                raise Refusal(say("schools.Error_LostPupils_School"), field="school")
            services.claim(found, school, as_council=True, **acting(request))
            messages.success(request, say("schools.TransferCouncil_Handed", school=school.name))
            return redirect("council:transfer", pk)
        except Refusal as refusal:
            problems = refusal.by_field("school")
    context = shown.lost_row(pupil) | {
        "schools": shown.school_options(schools),
        "school": str(chosen) if chosen > 0 else "",
        "problems": problems,
        "breadcrumbs": crumbs(say("schools.TransferCouncil_HandOver")),
    }
    return render(request, "council/transfers/hand_over.html", context, status=422 if problems else 200)

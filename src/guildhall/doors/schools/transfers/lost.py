"""The lost pupils, for a school that admits one (SY-048)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.people.organisations.models import Establishment
from guildhall.work.transfers import queries, rules, services
from guildhall.work.transfers.models import Pupil, Transfer
from guildhall.work.transfers.services import Wanted

from ..showing import page
from . import shown
from .entering import PAGE, READS, user

FOUND = "lost_found"
"""In the session: the files that a search of this person showed, so that no other can be claimed."""


class LostForm(WordedForm):
    """Whom to look for, and why."""

    area = "schools"
    radios = frozenset({"why"})

    upn = forms.CharField(max_length=20, required=False, widget=forms.TextInput(attrs={"width": 20}))
    surname = forms.CharField(max_length=100, required=False, widget=forms.TextInput(attrs={"width": 20}))
    born_on = DayField(required=False)
    why = forms.ChoiceField()

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["why"].choices = [  # type: ignore[attr-defined]
            (one, say(f"schools.LostPupils_Why_{one.title()}")) for one in rules.WHY_LOOKED
        ]

    @property
    def wanted(self) -> Wanted:
        typed = self.cleaned_data
        return Wanted(typed["why"], one_line(typed["upn"]), one_line(typed["surname"]), typed["born_on"])

    def _word(self, name: str) -> str:
        return f"schools.LostPupils_{''.join(part.capitalize() for part in name.split('_'))}"


def looked_for(request: HttpRequest, school: Establishment | None) -> dict[str, Any]:
    """The form and what the search found; the reading is kept. What was found may be claimed afterwards."""
    form = LostForm(request.POST if request.method == "POST" else None)
    found: list[Pupil] | None = None
    if form.is_bound and form.is_valid():
        try:
            found = services.search_lost(form.wanted, school=school, **acting(request))
        except Refusal as refusal:
            form.refuse(refusal.by_field("upn"))
    if found is not None:
        request.session[FOUND] = [str(one.transfer_id) for one in found]
    detail = {"pupils": [one.pk for one in found or ()]}
    audit.looked(request, about=("transfers", "lost"), surface="search", detail=detail)
    rows = None if found is None else [shown.lost_row(one) for one in found]
    return {"form": form, "problems": form.problems, "rows": rows}


def found_before(request: HttpRequest, pk: UUID) -> tuple[Transfer, Pupil]:
    """A file that this person's search showed, with its pupil. Raises Http404."""
    if str(pk) not in request.session.get(FOUND, []):
        raise Http404
    found = get_object_or_404(queries.lost(), pk=pk)
    pupil = get_object_or_404(queries.pupils_of(found).select_related("transfer__source"))
    audit.looked(request, about=found, surface="page", detail={"pupils": [pupil.pk]})
    return found, pupil


@PAGE
@READS
def lost(request: HttpRequest) -> HttpResponse:
    """Look for a pupil whose last school did not know where they went."""
    context = looked_for(request, user(request).school)
    return page(request, "schools/transfers/lost.html", context, status=422 if context["problems"] else 200)


@PAGE
@READS
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that this school admits the pupil, and be handed the file; asked first."""
    place = user(request)
    found, pupil = found_before(request, pk)
    if request.method == "POST":
        with refusals_told(request):
            services.claim(found, place.school, as_council=False, **acting(request))
            messages.success(request, say("schools.LostPupils_Claimed_Done", name=str(pupil)))
            return redirect("schools:transfer", pk)
        return redirect("schools:transfer-lost")
    return page(request, "schools/transfers/claim.html", shown.lost_row(pupil))

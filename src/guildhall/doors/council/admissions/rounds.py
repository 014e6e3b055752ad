"""The rounds, the published admission numbers, and the list of each school."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.schools.admissions import shown
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.people.organisations.models import Establishment
from guildhall.work.admissions import queries, services
from guildhall.work.admissions.models import Round
from guildhall.work.admissions.services import RoundTold

from .team import crumbs, of_the_team

PAGE = require_http_methods(["GET", "HEAD", "POST"])
HERE = door(Permission.OPEN_ADMISSIONS_FORMS, verified=True)
READS = door(Permission.OPEN_ADMISSIONS_FORMS, verified=True, reads_child=True)
PER_PAGE = 50


class RoundForm(WordedForm):
    """A round: its name, the September in which its places begin, and when schools see offers."""

    area = "schools"
    title = forms.CharField(max_length=100)
    year = forms.CharField(max_length=4, widget=forms.TextInput(attrs={"width": 4, "inputmode": "numeric"}))
    offers_on = DayField(required=False)

    @property
    def told(self) -> RoundTold:
        typed = self.cleaned_data
        return RoundTold(
            one_line(typed["title"]), number(one_line(typed["year"]), digits=4), typed["offers_on"]
        )

    def _word(self, name: str) -> str:
        return f"schools.AdmissionsRound_{''.join(part.capitalize() for part in name.split('_'))}"


@require_safe
@HERE
@of_the_team
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, the newest first."""
    found = page_of(queries.rounds(), request)
    context = {"page": found, "breadcrumbs": crumbs()}
    return render(request, "council/admissions/rounds.html", context)


@PAGE
@HERE
@of_the_team
def new(request: HttpRequest) -> HttpResponse:
    """Begin a round."""
    return _edited(request, None)


@PAGE
@HERE
@of_the_team
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a round otherwise, or show its offers on another day."""
    return _edited(request, get_object_or_404(queries.rounds(), pk=pk))


def _edited(request: HttpRequest, found: Round | None) -> HttpResponse:
    initial = {name: getattr(found, name) for name in ("title", "year", "offers_on")} if found else {}
    form = RoundForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            made = _saved(request, found, form.told)
        except Refusal as refusal:
            form.refuse(refusal.by_field())
        else:
            messages.success(request, say("schools.AdmissionsRound_Saved", title=made.title))
            return redirect("council:admissions-round", made.pk)
    problems = form.problems
    heading = say(f"schools.AdmissionsRound_{'Change' if found else 'New'}")
    back = reverse("council:admissions-round", args=[found.pk]) if found else reverse("council:admissions")
    context = {"form": form, "problems": problems, "heading": heading, "back": back}
    context["breadcrumbs"] = crumbs(found, heading)
    return render(request, "council/admissions/round_form.html", context, status=422 if problems else 200)


def _saved(request: HttpRequest, found: Round | None, told: RoundTold) -> Round:
    if found is None:
        return services.open_round(told, **acting(request))
    return services.change_round(found, told, **acting(request))


@PAGE
@HERE
@of_the_team
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    """The schools of a round with their counts and published admission numbers, which are written here."""
    found = get_object_or_404(queries.rounds(), pk=pk)
    problems: Any = {}
    if request.method == "POST":
        try:
            changed = services.set_numbers(found, _numbers(request), **acting(request))
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.AdmissionsCouncil_Numbers_Saved", count=changed))
            return redirect(request.get_full_path())
    schools = page_of(queries.schools_kept(holder_of(request)), request, PER_PAGE)
    counted = queries.totals(found, list(schools))
    context = {
        "round": found,
        "page": schools,
        "rows": [_school(request, one, counted[one.pk], problems) for one in schools],
        "problems": problems,
        "breadcrumbs": crumbs(found),
    }
    return render(request, "council/admissions/round.html", context, status=422 if problems else 200)


def _school(
    request: HttpRequest, school: Establishment, counts: dict[str, int | None], problems: dict[str, str]
) -> dict[str, Any]:
    name = f"number-{school.pk}"
    typed = one_line(request.POST.get(name))[:10] if problems else counts["number"]
    field = Field(
        name=name,
        label=say("schools.AdmissionsCouncil_Number_Of", school=school.name),
        label_kind="govuk-visually-hidden",
        tooltip=say("schools.AdmissionsCouncil_Number_Tooltip"),
        problem=problems.get(name, ""),
    )
    value = "" if typed is None else typed
    box: SafeString = components.text_field(field, value=value, width=4, inputmode="numeric", maxlength=5)
    return {"school": school, "counts": counts, "box": box}


def _numbers(request: HttpRequest) -> dict[int, int | None]:
    """By school, what was typed; -1 for what is no number."""
    typed = {
        number(name.removeprefix("number-")): one_line(value)
        for name, value in request.POST.items()
        if name.startswith("number-") and isinstance(value, str)
    }
    return {pk: number(words) if words else None for pk, words in typed.items()}


@require_safe
@READS
@of_the_team
def school(request: HttpRequest, pk: int, school_id: int) -> HttpResponse:
    """The list of one school, with what was offered whether the school sees it or not."""
    found, where = get_object_or_404(queries.rounds(), pk=pk), get_object_or_404(Establishment, pk=school_id)
    rows = queries.applications_of(holder_of(request), found, where.pk, today=timezone.localdate())
    context = shown.list_page(request, found, rows, where.pk) | {
        "school": where,
        "export_href": reverse("council:admissions-export", args=[pk, school_id]),
        "breadcrumbs": crumbs(found, where.name),
    }
    return render(request, "council/admissions/school.html", context)


@require_safe
@READS
@of_the_team
def export(request: HttpRequest, pk: int, school_id: int) -> HttpResponse:
    """What fits of the list of one school, as a spreadsheet."""
    found, where = get_object_or_404(queries.rounds(), pk=pk), get_object_or_404(Establishment, pk=school_id)
    today = timezone.localdate()
    return shown.sheet(request, queries.applications_of(holder_of(request), found, where.pk, today=today))

"""New Service Request and My Cases: what a school asks of the council, and where it has come to."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.documents import services as documents
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.people.accounts.asking import who
from guildhall.people.organisations.models import Establishment
from guildhall.work.many.queries import can_be_many
from guildhall.work.schoolcases import queries as cases
from guildhall.work.schoolcases import rules, services
from guildhall.work.schoolcases.groups import GROUPS
from guildhall.work.schoolcases.models import SchoolCase

from .casebook import answers_of, paper_of, steps_of
from .forms import WordsForm, word
from .showing import current, page
from .wording import service_name

PAGE = require_http_methods(["GET", "HEAD", "POST"])
SEARCHED = {"ref": "reference__icontains", "type": "form_code", "service": "service", "status": "status"}


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def new_case(request: HttpRequest) -> HttpResponse:
    """New Service Request: the case types in their groups, from left to right (SC-094, SC-095)."""
    school_id = current(request).school_id
    groups = [
        {
            "key": group.key,
            "name": service_name(group.key),
            "types": [_type(one, school_id) for one in here],
        }
        for group, here in cases.types_offered(who(request), school_id)
    ]
    return page(request, "schools/cases_new.html", {"groups": groups})


def _type(version: FormVersion, school_id: int) -> dict[str, Any]:
    definition = forms.definition_of(version.pk)
    return {
        "standing": _standing(version, school_id),
        "href": reverse("schools:case-start", args=[version.form.code.lower()]),
        "title": definition.title.in_(active_language()),
        "words": definition.description.in_(active_language()),
    }


def _standing(version: FormVersion, school_id: int) -> dict[str, Any] | None:
    """Whether a form that is confirmed each term is confirmed for this one, in words (SC-104)."""
    found = cases.standing_of(version, school_id, today=timezone.localdate())
    if found is None:
        return None
    term = f"{say(f'schools.Term_{found.term.key.capitalize()}')} {found.term.first_on.year}"
    state = "Confirmed" if found.confirmed_at else "NotConfirmed"
    return {
        "sent_before": found.sent_before,
        "words": say(f"schools.Standing_{state}", term=term),
    }


@PAGE
@door(Permission.FILL_IN_FORMS, verified=True)
def start(request: HttpRequest, code: str) -> HttpResponse:
    """What a case type is for; Start makes the case, with the school known, and opens its first page."""
    place, version = current(request), offered(request, code)
    if version is None:
        raise Http404
    problems = {}
    if request.method == "POST":
        made = _raise(request, place.school, version)
        if not isinstance(made, Refusal):
            return made
        problems = {"main-content": made.message}
    definition = forms.definition_of(version.pk)
    context = {
        "heading": definition.title.in_(active_language()),
        "guidance": definition.guidance.in_(active_language()),
        "many": can_be_many(definition),
        "standing": _standing(version, place.school_id),
        "code": code,
        "problems": problems,
    }
    return page(request, "schools/cases_start.html", context, status=422 if problems else 200)


def offered(request: HttpRequest, code: str) -> FormVersion | None:
    """The case type that this person may raise for the school they work for now."""
    return cases.type_offered(code, who(request), current(request).school_id)


def _raise(
    request: HttpRequest, school: Establishment, version: FormVersion, answers: dict[str, Any] | None = None
) -> HttpResponse | Refusal:
    """The case begun and its first page, or why it could not be begun."""
    try:
        _, draft = services.raise_case(
            school,
            version=version,
            by=who(request),
            language=active_language(),
            now=timezone.now(),
            answers=answers,
        )
    except Refusal as refusal:
        return refusal
    return redirect("filling:resume", draft.pk)


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def my_cases(request: HttpRequest) -> HttpResponse:
    """My Cases, or with the switch the rest of the school's, searched and sorted (SC-105 to SC-114)."""
    place, whole = current(request), request.GET.get("whose") == "school"
    found = cases.cases_at(
        place.school_id, language=active_language(), raised_by=None if whole else who(request)
    )
    if whole:
        found = found.exclude(raised_by=who(request))
    asked = {name: one_line(request.GET.get(name))[:40] for name in SEARCHED}
    sorting = sorting_of(request, among=cases.SORTS, default="-submitted")
    shown = page_of(cases.sorted_by(_searched(found, asked), sorting.current), request, 20)
    context = {
        "whole": whole,
        "rows": _rows(request, list(shown)),
        "page": shown,
        "sorting": sorting,
        "asked": asked,
        "searching": any(asked.values()),
        "types": [
            ("", say("schools.Case_Any")),
            *cases.types_raised(place.school_id, active_language()).items(),
        ],
        "services": [("", say("schools.Case_Any")), *((key, service_name(key)) for key in GROUPS)],
        "statuses": [("", say("schools.Case_Any")), *((key, status_words(key)) for key in cases.STATUSES)],
    }
    return page(request, "schools/cases.html", context)


def _searched(found: QuerySet[SchoolCase], asked: dict[str, str]) -> QuerySet[SchoolCase]:
    """Those that fit every field that was filled in; none is needed (SC-107)."""
    return found.filter(**{SEARCHED[name]: value for name, value in asked.items() if value})


def _rows(request: HttpRequest, found: list[Any]) -> list[dict[str, Any]]:
    held = {one.duty for one in found if one.duty}
    mine = cases.duties_of(who(request), current(request).school_id, held, on=timezone.localdate())
    return [_row(one, request, mine) for one in found]


def _row(case: Any, request: HttpRequest, mine: set[str]) -> dict[str, Any]:
    """One line of the list; who raised a case may go on with it, and those with whom it is shared: every
    colleague, or whoever answers for its duty. ``mine``: the duties of the person who asks."""
    shared = case.shared and (not case.duty or case.duty in mine)
    may = rules.may_change(case, who(request), holder_of(request), shared=shared)
    editable = case.status == cases.ACTIVE and case.draft_id is not None and may
    draft = case.draft_id if editable else None
    return {
        "case": case,
        "href": reverse("filling:resume", args=[draft]) if draft else reverse("schools:case", args=[case.pk]),
        "service": service_name(case.service),
        "status": status_words(case.status),
        "activity": say(f"schools.Activity_{case.activity.capitalize()}") if case.activity else "-",
        "may_change": may,
        "editable": editable,
        "may_abandon": editable and not case.submitted_at and case.raised_by_id == who(request).pk,
        "state": say(f"schools.Case_{_state(case, editable=editable)}"),
        "shared": _shared_words(case) if case.shared else "",
    }


def _shared_words(case: SchoolCase) -> str:
    duty = say(f"schools.Duty_{word(case.duty)}") if case.duty else ""
    return say("schools.Case_SharedBy", duty=duty) if duty else say("schools.Case_Shared")


def _state(case: SchoolCase, *, editable: bool) -> str:
    if editable:
        return "Returned" if case.submitted_at else "Editable"
    return "Submitted" if case.submitted_at else "ReadOnly"


@require_safe
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """A case to read: how far it has come, and what it says (SC-106, SC-115, SC-118)."""
    found = _case(request, pk)
    _looked(request, found, "page")
    [row] = _rows(request, [found])
    context = {
        "row": row,
        "case": found,
        "steps": steps_of(found),
        "sections": answers_of(found),
        "may_abandon": found.status == cases.ACTIVE
        and rules.may_abandon(found, who(request), holder_of(request)),
        "may_share": found.draft_id is not None
        and (row["may_change"] or found.school_id in holder_of(request).administered),
        "may_copy": offered(request, found.form_code) is not None,
    }
    return page(request, "schools/case.html", context)


@require_safe
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def case_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """A case that is read, submitted or not, as a PDF (SC-115)."""
    found = _case(request, pk)
    _looked(request, found, "pdf")
    content = documents.pdf(paper_of(found))
    return taken_away(content, "pdf", found.reference)


@PAGE
@door(Permission.USE_SCHOOL, verified=True)
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a case that was not submitted, with a reason (SC-117)."""
    found = _case(request, pk)
    if found.status != cases.ACTIVE or not rules.may_abandon(found, who(request), holder_of(request)):
        raise Http404
    form = WordsForm(request.POST if request.method == "POST" else None)
    problems = dict(form.problems) if form.is_bound else {}
    if form.is_bound and form.is_valid():
        try:
            services.abandon_case(
                found,
                reason=form.cleaned_data["words"],
                by=who(request),
                holder=holder_of(request),
                now=timezone.now(),
            )
        except Refusal as refusal:
            problems = refusal.by_field("main-content")
        else:
            messages.success(request, say("schools.Case_Abandoned", reference=found.reference))
            return redirect("schools:case", found.pk)
    context = {"case": found, "typed": paragraphs(request.POST.get("words"))[:2000], "problems": problems}
    return page(request, "schools/case_abandon.html", context, status=422 if problems else 200)


@require_POST
@door(Permission.FILL_IN_FORMS, verified=True, reads_child=True)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new case of the same type with what this one says; files and consents are asked anew."""
    found = _case(request, pk)
    version = offered(request, found.form_code)
    if version is None:
        raise Http404
    _looked(request, found, "copy")
    sent, draft = cases.submission_of(found), cases.draft_of(found)
    answers = sent.answers if sent else draft.answers if draft else found.kept
    made = _raise(request, current(request).school, version, answers)
    if isinstance(made, Refusal):
        messages.error(request, made.message)
        return redirect("schools:case", found.pk)
    return made


def _case(request: HttpRequest, pk: int) -> Any:
    """A case of the school this person works for now, else Http404."""
    found = cases.cases_at(current(request).school_id, language=active_language()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _looked(request: HttpRequest, found: SchoolCase, surface: str) -> None:
    council = cases.council_case(found)
    audit.looked(request, about=found, child=council.mention.child_id if council else None, surface=surface)


def status_words(key: str) -> str:
    return say(f"schools.CaseStatus_{key.capitalize()}")

"""School Overview, Alerts, and the list of responsibilities with what a school proposes for it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of, open_to_all
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.documents import Document
from guildhall.foundation.documents import services as documents
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.responsibilities import queries
from guildhall.people.responsibilities import services as responsibilities

from ..alerts import alerts_of
from ..showing import current, page
from ..wording import areas_document, described, overview_document
from .front import PUBLIC

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@door(Permission.USE_SCHOOL)
def overview(request: HttpRequest) -> HttpResponse:
    """Who has each responsibility at the current school."""
    covered = queries.overview(holder_of(request), current(request).school_id)
    rows = [
        described(one.responsibility) | {"leads": one.leads, "interested": one.interested} for one in covered
    ]
    return page(request, "schools/overview.html", {"rows": rows})


@require_safe
@door(Permission.USE_SCHOOL)
def overview_pdf(request: HttpRequest) -> HttpResponse:
    """The same, to print."""
    place = current(request)
    covered = queries.overview(holder_of(request), place.school_id)
    return _pdf(overview_document(place.school, covered), "school-overview.pdf")


@require_safe
@open_to_all(PUBLIC)
def areas(request: HttpRequest) -> HttpResponse:
    """Areas of Responsibility (Post Categories): each one, and the systems that it opens."""
    context = {"rows": [described(one) for one in queries.offered()]}
    return page(request, "schools/areas.html", context)


@require_safe
@open_to_all(PUBLIC)
def areas_pdf(_request: HttpRequest) -> HttpResponse:
    """The same, to print."""
    return _pdf(areas_document(), "areas-of-responsibility.pdf")


def _pdf(document: Document, name: str) -> HttpResponse:
    return taken_away(documents.pdf(document), "pdf", name)


@PAGE
@door(Permission.USE_SCHOOL, verified=True)
def alerts(request: HttpRequest) -> HttpResponse:
    """What waits for this person and what happened; posting ``seen`` clears what was only to be read."""
    found = alerts_of(request, current(request))
    if request.method == "POST":
        key = request.POST.get("seen", "")
        for one in found:
            if one.key and key in {one.key, "all"}:
                responsibilities.see_alert(who(request), alert=one.key, now=timezone.now())
        return redirect("schools:alerts")
    context = {"waiting": [one for one in found if not one.key], "news": [one for one in found if one.key]}
    return page(request, "schools/alerts.html", context)


@PAGE
@door(Permission.USE_SCHOOL, verified=True)
def new_category(request: HttpRequest) -> HttpResponse:
    """Ask for a new responsibility, and see what became of those that the school asked for."""
    place = current(request)
    typed = {"name": one_line(request.POST.get("name")), "why": paragraphs(request.POST.get("why"))}
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            responsibilities.propose_category(place, **typed, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.Proposal_Sent"))
            return redirect("schools:new-category")
    context = {
        "proposals": page_of(queries.proposals(school_id=place.school_id), request, 20),
        "typed": typed,
        "problems": problems,
    }
    return page(request, "schools/new_category.html", context, status=422 if problems else 200)


@PAGE
@door(Permission.USE_SCHOOL, verified=True)
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """The headteacher of another school agrees to a new responsibility, or says why not."""
    place = current(request)
    opinion = get_object_or_404(queries.opinions_asked(place), pk=pk)
    view, words = _said(opinion.agrees), opinion.words
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        view, words = request.POST.get("view", ""), paragraphs(request.POST.get("words"))
        try:
            if view not in {"agree", "object"}:
                raise Refusal(say("schools.Error_Opinion_View"), field="view")
            responsibilities.give_opinion(
                opinion, agrees=view == "agree", words=words, place=place, by=who(request), now=timezone.now()
            )
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.Opinion_Sent"))
            return redirect("schools:alerts")
    options = [(one, say(f"schools.Opinion_{one.title()}")) for one in ("agree", "object")]
    context = {"opinion": opinion, "options": options, "view": view, "words": words, "problems": problems}
    return page(request, "schools/consultation.html", context, status=422 if problems else 200)


def _said(agrees: bool | None) -> str:
    return "" if agrees is None else "agree" if agrees else "object"

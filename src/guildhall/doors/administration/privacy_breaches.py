"""Breaches: what happened, how bad it is, the 72 hours, and who was told."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.privacy import queries, services
from guildhall.work.privacy.models import Breach

from .privacy import OFFICER, trail
from .privacy_moments import NoSuchMoment, moment_of, shown_moment, typed_moment

WORDS = ("happened", "risk", "effects", "steps", "ico_words", "people_words")
MOMENTS = ("known_at", "ico_told_at", "people_told_at")
RISKS = Breach.Risk.values


@require_safe
@OFFICER
def breaches(request: HttpRequest) -> HttpResponse:
    """Every breach, open ones first, with the hours that are left."""
    page = page_of(queries.breaches_seen_by(holder_of(request)), request)
    context = {
        "page": page,
        "lines": [(each, clock_words(each), _risk(each)) for each in page],
        "breadcrumbs": _trail(),
    }
    return render(request, "administration/privacy_breaches.html", context)


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    own = (say("administration.Breach_Heading"), reverse("administration:privacy-breaches") if more else "")
    return trail(own, *more)


def _risk(found: Breach) -> str:
    return say(f"administration.Breach_Risk_{found.risk}") if found.risk else "–"


def clock_words(found: Breach) -> str:
    """How the 72 hours stand."""
    if found.closed_at:
        return say("administration.Breach_Closed")
    if found.ico_told_at:
        return say("administration.Breach_IcoTold")
    left = queries.hours_left(found, timezone.now())
    return say("administration.Breach_Late" if left < 0 else "administration.Breach_Left", hours=abs(left))


@require_http_methods(["GET", "HEAD", "POST"])
@OFFICER
def new(request: HttpRequest) -> HttpResponse:
    """Begin the record of a breach."""
    return _page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@OFFICER
def breach(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of a breach, to read and to write on."""
    return _page(request, _breach_or_404(request, pk))


def _breach_or_404(request: HttpRequest, pk: int) -> Breach:
    found = queries.breaches_seen_by(holder_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Breach | None) -> HttpResponse:
    typed = _kept(found)
    problems: dict[str, str] = {}
    if request.method == "POST":
        typed = _typed(request.POST)
        if kept := _keep(request, found, typed, problems):
            messages.success(request, say("administration.Breach_Saved"))
            return redirect("administration:privacy-breach", kept.pk)
    heading = say("administration.Breach_One", number=found.pk) if found else say("administration.Breach_New")
    context = {
        "found": found,
        "heading": heading,
        "clock": clock_words(found) if found else "",
        "typed": typed,
        "problems": problems,
        "risks": [(risk, say(f"administration.Breach_Risk_{risk}")) for risk in RISKS],
        "breadcrumbs": _trail((heading, "")),
    }
    return render(request, "administration/privacy_breach.html", context, status=422 if problems else 200)


def _kept(found: Breach | None) -> dict[str, Any]:
    if found is None:
        return {"known_at": shown_moment(timezone.now()), "revision": 0}
    typed: dict[str, Any] = {name: getattr(found, name) for name in WORDS}
    typed |= {name: shown_moment(getattr(found, name)) for name in MOMENTS}
    return typed | {"people": "" if found.people is None else found.people, "revision": found.revision}


def _typed(posted: QueryDict) -> dict[str, Any]:
    typed: dict[str, Any] = {name: paragraphs(posted.get(name)) for name in (*WORDS, "people", "revision")}
    return typed | {name: typed_moment(posted, name) for name in MOMENTS}


def _keep(
    request: HttpRequest, found: Breach | None, typed: dict[str, Any], problems: dict[str, str]
) -> Breach | None:
    facts: dict[str, Any] = {name: typed[name] for name in WORDS}
    facts["risk"] = typed["risk"] if typed["risk"] in RISKS else ""
    facts["people"] = number(typed["people"]) if typed["people"] else None
    for name in MOMENTS:
        facts[name] = _moment(typed[name], name, problems)
    if problems:
        return None
    revision = number(typed["revision"])
    try:
        return services.keep_breach(
            found, facts=facts, revision=revision, by=who(request), now=timezone.now()
        )
    except Refusals as refusals:
        problems |= refusals.problems
    except Refusal as refusal:
        problems |= {"happened": refusal.message}
    return None


def _moment(parts: dict[str, str], name: str, problems: dict[str, str]) -> datetime | None:
    try:
        return moment_of(parts)
    except NoSuchMoment:
        problems[name] = say("administration.Error_Breach_Moment")
        return None


@require_POST
@OFFICER
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the record once it says everything that it must."""
    found = _breach_or_404(request, pk)
    with refusals_told(request):
        services.close_breach(found, by=who(request), now=timezone.now())
        messages.success(request, say("administration.Breach_ClosedNow"))
    return redirect("administration:privacy-breach", pk)

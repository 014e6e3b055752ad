"""A financial return: answered over several days, checked, sent once, and read as it was sent (SC-091)."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import speech
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.asking import acting
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.schoolfinance import queries, rules, services
from guildhall.work.schoolfinance.models import Return

from ..showing import page
from . import shown
from .pages import HERE, OPEN

JUST_SENT = "finance_sent"
PAGE = require_http_methods(["GET", "HEAD", "POST"])


def _own(request: HttpRequest, place: SchoolPlace, pk: int) -> Return:
    return get_object_or_404(queries.returns_of(holder_of(request), place.school_id), pk=pk)


@PAGE
@HERE
@OPEN
def answer(request: HttpRequest, place: SchoolPlace, pk: int) -> HttpResponse:
    """Answer it, or a part of it; posting saves whatever was typed. A sent one shows what was sent."""
    found = _own(request, place, pk)
    if found.state == Return.State.SENT:
        return redirect("schools:finance-sent", found.sent[0].reference)  # type: ignore[attr-defined]
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            seen = request.POST.get("seen", "")
            services.save_answers(found, request.POST.dict(), seen=seen, **acting(request))
        except Refusal as refusal:
            problems = refusal.by_field("main-content")
        else:
            if request.POST.get("act") == "check":
                return redirect("schools:finance-check", pk)
            messages.success(request, say("schools.FinanceReturns_Saved"))
            return redirect("schools:finance-return", pk)
    questions = rules.questions_of(found.asked.lines)
    typed = services.kept_of(questions, request.POST.dict()) if problems else None
    return _asked(request, found, problems, typed)


def _asked(
    request: HttpRequest, found: Return, problems: Mapping[str, str], typed: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page of answers: those ``typed``, else those saved."""
    questions = rules.questions_of(found.asked.lines)
    found.refresh_from_db(fields=["answers", "saved_at", "saved_by", "state"])
    answers = found.answers if typed is None else typed
    row = shown.return_row(found)
    context = row | {
        "found": found,
        "guidance": [one for one in found.asked.advice.split("\n") if one],
        "fields": [
            {
                "name": one.name,
                "label": one.called,
                "text": one.kind == "text",
                "optional": not one.required,
                "hint": _hint(one),
                "value": answers.get(one.name, ""),
                "problem": problems.get(one.name, ""),
            }
            for one in questions
        ],
        "totals": shown.totals_of(questions, answers),
        "seen": services.stamp_of(found),
        "saved": _saved(found),
        "problems": problems,
    }
    return page(request, "schools/finance/return.html", context, status=422 if problems else 200)


def _hint(one: rules.Question) -> str:
    return "" if one.kind == "text" else say(f"schools.FinanceReturns_Hint_{one.kind.title()}")


def _saved(found: Return) -> str:
    if found.saved_at is None:
        return ""
    values = {"day": speech.day(found.saved_at), "time": speech.clock(found.saved_at)}
    return say("schools.FinanceReturns_SavedAt", who=str(found.saved_by), **values)


@PAGE
@HERE
@OPEN
def check(request: HttpRequest, place: SchoolPlace, pk: int) -> HttpResponse:
    """Read everything once more, with what it adds up to; posting sends it."""
    found = _own(request, place, pk)
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            made = services.send_return(found, **acting(request))
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            request.session[JUST_SENT] = made.reference
            return redirect("schools:finance-sent", made.reference)
    elif found.state == Return.State.SENT:
        return redirect("schools:finance-return", pk)
    problems = problems or services.problems_of(found)
    if problems:
        return _asked(request, found, {name or "main-content": one for name, one in problems.items()})
    questions = rules.questions_of(found.asked.lines)
    context = shown.return_row(found) | {
        "found": found,
        "answers": shown.answers_of(questions, found.answers),
        "totals": shown.totals_of(questions, found.answers),
    }
    return page(request, "schools/finance/check.html", context)


@require_safe
@HERE
@OPEN
def sent(request: HttpRequest, place: SchoolPlace, reference: str) -> HttpResponse:
    """What was sent, as it was; the receipt, for whoever has just sent it."""
    rows = queries.own_versions(holder_of(request), place.school_id)
    found = get_object_or_404(rows, reference=reference)
    detail = {"school": found.of.school_id}
    audit.record("schoolfinance.return_read", by=who(request), about=found, now=timezone.now(), detail=detail)
    context = shown.version_page(found) | {
        "receipt": request.session.get(JUST_SENT) == found.reference,
        "corrects": bool(found.back_at) and found.of.state == Return.State.BACK,
    }
    return page(request, "schools/finance/sent.html", context)

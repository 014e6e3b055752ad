"""Readings that may need a reason: the list of the last weeks, and what came of each."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.speech import day
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.privacy import queries, services
from guildhall.work.privacy.looking import reason_words
from guildhall.work.privacy.models import OddReading

from .privacy import trail

AUDITOR = door(Permission.READ_AUDIT, verified=True)
OUTCOMES = OddReading.Outcome.values


@require_safe
@AUDITOR
def odd(request: HttpRequest) -> HttpResponse:
    """Readings that wait for somebody to look into them, by the week; or those that were looked into."""
    reviewed = request.GET.get("state") == "reviewed"
    found = queries.odd_seen_by(holder_of(request)).filter(reviewed_at__isnull=not reviewed)
    page = page_of(found, request)
    context = {
        "page": page,
        "lines": [(each, rule_words(each), _came_of(each)) for each in page],
        "reviewed": reviewed,
        "counted": queries.odd_counted(timezone.localdate() - timedelta(days=7)),
        "breadcrumbs": _trail(),
    }
    return render(request, "administration/privacy_odd.html", context)


@require_safe
@AUDITOR
def reasons(request: HttpRequest) -> HttpResponse:
    """Why officers without work with a child opened the record."""
    page = page_of(queries.reasons_seen_by(holder_of(request)), request)
    context = {
        "page": page,
        "reasons": [(each, reason_words(each.kind)) for each in page],
        "breadcrumbs": _trail((say("administration.Odd_Reasons"), "")),
    }
    return render(request, "administration/privacy_reasons.html", context)


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return trail(
        (say("administration.Odd_Heading"), reverse("administration:privacy-odd") if more else ""), *more
    )


def rule_words(found: OddReading) -> str:
    """Why a reading is in the list."""
    return say(f"administration.Odd_Rule_{found.rule.replace('-', '_')}", count=found.count)


def _came_of(found: OddReading) -> str:
    return say(f"administration.Odd_Outcome_{found.outcome.replace('-', '_')}") if found.outcome else ""


@require_http_methods(["GET", "HEAD", "POST"])
@AUDITOR
def odd_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: whose, of which children, the way to the audit, and what came of it."""
    found = queries.odd_seen_by(holder_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    typed = {"outcome": found.outcome, "note": found.note}
    problems: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: paragraphs(request.POST.get(name)) for name in typed}
        try:
            services.review_odd(found, **typed, by=who(request), now=timezone.now())
        except Refusals as refusals:
            problems = refusals.problems
        except Refusal as refusal:
            problems = {"outcome": refusal.message}
        else:
            messages.success(request, say("administration.Odd_Saved"))
            return redirect("administration:privacy-odd")
    heading = say("administration.Odd_One", number=found.pk)
    context = {
        "found": found,
        "reasons": [
            (each, reason_words(each.kind)) for each in queries.reasons_behind(holder_of(request), found)
        ],
        "heading": heading,
        "rows": _rows(found),
        "audit": _in_the_audit(found),
        "outcomes": [(one, say(f"administration.Odd_Outcome_{one.replace('-', '_')}")) for one in OUTCOMES],
        "typed": typed,
        "problems": problems,
        "breadcrumbs": _trail((heading, "")),
    }
    return render(request, "administration/privacy_odd_one.html", context, status=422 if problems else 200)


def _rows(found: OddReading) -> list[dict[str, Any]]:
    children = [found.child] if found.child else found.children
    rows = {
        "Why": rule_words(found),
        "On": day(found.on),
        "Reader": f"{queries.name_of_reader(found.reader)} ({found.reader})",
        "Children": ", ".join(str(each) for each in children),
        "Count": str(found.count),
        "Outcome": _came_of(found),
        "ReviewedBy": str(found.reviewed_by or ""),
        "Note": found.note if found.reviewed_at else "",
    }
    return [{"key": say(f"administration.Odd_{key}"), "value": value} for key, value in rows.items() if value]


def _in_the_audit(found: OddReading) -> str:
    asked: dict[str, Any] = {"person": found.reader, "room": "child", "child": found.child or ""}
    for name in ("start", "end"):
        asked |= {f"{name}-{part}": getattr(found.on, part) for part in ("day", "month", "year")}
    return f"{reverse('council:audit')}?{urlencode(asked)}"

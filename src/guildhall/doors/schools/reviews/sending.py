"""Checking a review, sending it, correcting it, and reading what was sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.annualreviews import content, queries, services
from guildhall.work.annualreviews.models import Report, Review

from ..showing import page
from . import paper, shown
from .entering import PAGE, READING, WRITING, own_review


@PAGE
@READING
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Every part with what it says or misses, and sending it. What was sent is shown as it was sent."""
    review = own_review(request, pk)
    if not review.may_be_written:
        last = queries.reports_of(review)[0]
        return redirect("schools:review-report", review.pk, last.number)
    problems: dict[str, str] = {}
    reason = paragraphs(request.POST.get("reason"))[:500]
    if request.method == "POST":
        try:
            report = services.send_report(review, seen=_seen(request), reason=reason, **acting(request))
        except Refusal as refusal:
            problems = {_anchor(name): said for name, said in refusal.by_field().items()}
        else:
            messages.success(request, say("schools.SenReview_Sent_Done"))
            return redirect("schools:review-report", review.pk, report.number)
    review = own_review(request, pk)
    shown.looked_at_one(request, review.plan)
    context = _check_page(review) | {"problems": problems, "reason": reason}
    return page(request, "schools/reviews/check.html", context, status=422 if problems else 200)


def _seen(request: HttpRequest) -> dict[str, int]:
    counts = {part: number(request.POST.get(f"seen-{part}"), otherwise=0) for part in content.PARTS}
    return {part: count for part, count in counts.items() if count}


def _anchor(name: str) -> str:
    return name if name in {"reason", "main-content"} else f"part-{name}"


def _check_page(review: Review) -> dict[str, Any]:
    missing = services.unfinished(review)
    parts = [(part, reverse("schools:review-part", args=[review.pk, part])) for part in content.PARTS]
    parts.append(("documents", reverse("schools:review-documents", args=[review.pk])))
    return {
        "review": review,
        "plan": review.plan,
        "clock": shown.clock_of(review),
        "past": shown.past_limit(review.plan, review.meeting_on),
        "meeting": shown.spoken(review.meeting_on),
        "items": [
            {
                "part": part,
                "href": href,
                "title": say(f"schools.SenReview_Part_{part.title()}"),
                "missing": missing.get(part, ""),
                "empty": part == "documents",
            }
            for part, href in parts
        ],
        "ready": not missing,
        "content": shown.content_page(content.content_of(review)),
        "files": file_queries.lines_of(queries.files_of(review)),
        "saves": [(part, review.saves.get(part, 0)) for part in content.PARTS],
    }


@require_POST
@WRITING
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what was sent to be corrected."""
    return _acted(request, pk, services.begin_correction, "schools:review-check", "Correct")


@require_POST
@WRITING
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a correction."""
    return _acted(request, pk, services.drop_correction, "schools:review-check", "Drop")


def _acted(request: HttpRequest, pk: int, act: Any, to: str, name: str) -> HttpResponse:
    review = own_review(request, pk)
    with refusals_told(request):
        act(review, **acting(request))
        messages.success(request, say(f"schools.SenReview_{name}_Done"))
    return redirect(to, review.pk)


def _own_report(request: HttpRequest, pk: int, number: int) -> Report:
    review = own_review(request, pk)
    return get_object_or_404(queries.sent_of(review), number=number)


@require_safe
@READING
def report(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A version as it was sent, with the authority's decision."""
    found = _own_report(request, pk, number)
    review = found.review
    shown.looked_at_one(request, review.plan, "document")
    context = shown.report_page(found, at="schools:review") | {
        "review": review,
        "plan": review.plan,
        "reports": queries.reports_of(review),
        "decision": shown.decision_facts(review),
        "clock": shown.clock_of(review),
        "corrects": review.state == Review.State.SENT and not review.correcting,
        "correcting": review.correcting,
        "report_route": "schools:review-report",
        "pdf_href": reverse("schools:review-pdf", args=[review.pk, found.number]),
    }
    return page(request, "schools/reviews/report.html", context)


@require_safe
@READING
def pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The same, to print or keep."""
    found = _own_report(request, pk, number)
    shown.looked_at_one(request, found.review.plan, "document")
    return taken_away(paper.pdf_of(found), "pdf", f"annual-review-{pk}-{number}")


@require_safe
@READING
def file(request: HttpRequest, pk: int, number: int, file_id: UUID) -> Any:
    """Download a document that was sent."""
    found = _own_report(request, pk, number)
    stored = queries.report_file(found, file_id)
    if stored is None:
        raise Http404
    shown.looked_at_one(request, found.review.plan, "file")
    return serve(stored, request=request)

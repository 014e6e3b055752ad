"""A report that a school sent: read, and what the authority decides about the plan."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.reviews import paper, shown
from guildhall.doors.schools.reviews.forms import DecisionForm
from guildhall.doors.schools.reviews.pupils import posted
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.annualreviews import queries, services
from guildhall.work.annualreviews.models import Report, Review

from .team import crumbs, of_the_team

DOOR = door(Permission.OPEN_SEND_FORMS, verified=True, reads_child=True)
State = Review.State


def _review(request: HttpRequest, pk: int) -> Review:
    found = queries.review_for_team(holder_of(request), pk)
    if found is None:
        raise Http404
    return found


def _report(review: Review, version: int) -> Report:
    """The version of that number; 0 is the newest."""
    found = queries.reports_of(review)
    report = next((one for one in found if version in (0, one.number)), None)
    if report is None:
        raise Http404
    report.review = review
    return report


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
@of_the_team
def review(request: HttpRequest, pk: int, version: int = 0) -> HttpResponse:
    """What was sent, and recording the decision about it."""
    found = _review(request, pk)
    report = _report(found, version)
    form = DecisionForm(posted(request))
    form.offer()
    if found.state == State.SENT and _decided(request, found, form):
        messages.success(request, say("schools.SenReview_Decided_Done"))
        return redirect("council:annual-review", found.pk)
    shown.looked_at_one(request, found.plan, "document")
    problems = form.problems
    reports = queries.reports_of(found)
    context = shown.report_page(report, at="council:annual-review") | {
        "review": found,
        "plan": found.plan,
        "reports": reports,
        "form": form if found.state == State.SENT and report.number == reports[0].number else None,
        "decision": shown.decision_facts(found),
        "clock": shown.clock_of(found),
        "report_route": "council:annual-review-version",
        "pdf_href": reverse("council:annual-review-pdf", args=[found.pk, report.number]),
        "problems": problems,
        "breadcrumbs": crumbs(
            (found.plan.name, reverse("council:annual-review-pupil", args=[found.plan_id])),
            (shown.spoken(found.meeting_on), ""),
        ),
    }
    return render(request, "council/annual_reviews/review.html", context, status=422 if problems else 200)


def _decided(request: HttpRequest, found: Review, form: DecisionForm) -> Any:
    return form.done(
        lambda: services.decide_review(
            found,
            decision=form.cleaned_data["decision"],
            decided_on=form.cleaned_data["decided_on"],
            words=paragraphs(form.cleaned_data["words"]),
            version=number(request.POST.get("version"), otherwise=0),
            **acting(request),
        ),
    )


@require_POST
@door(Permission.OPEN_SEND_FORMS, verified=True)
@of_the_team
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a decision that was recorded by mistake."""
    found = _review(request, pk)
    with refusals_told(request):
        services.take_back_decision(found, **acting(request))
        messages.success(request, say("schools.SenReview_TakenBack_Done"))
    return redirect("council:annual-review", found.pk)


@require_safe
@DOOR
@of_the_team
def pdf(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """A version to print or keep."""
    found = _review(request, pk)
    report = _report(found, version)
    shown.looked_at_one(request, found.plan, "document")
    return taken_away(paper.pdf_of(report), "pdf", f"annual-review-{pk}-{report.number}")


@require_safe
@DOOR
@of_the_team
def file(request: HttpRequest, pk: int, version: int, file_id: UUID) -> Any:
    """Download a document that was sent."""
    found = _review(request, pk)
    stored = queries.report_file(_report(found, version), file_id)
    if stored is None:
        raise Http404
    shown.looked_at_one(request, found.plan, "file")
    return serve(stored, request=request)

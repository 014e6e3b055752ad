"""Planning the meeting of a review, moving and cancelling it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.annualreviews import queries, rules, services

from . import shown
from .entering import PAGE, READING, WRITING, own_plan, own_review
from .forms import MeetingForm
from .pupils import asked, posted


@PAGE
@READING
def plan_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan the meeting, or another day for it. A day past the limit is kept, and the pages say so."""
    plan = own_plan(request, pk)
    review = queries.open_review(plan)
    initial = {"meeting_on": review.meeting_on, "place": review.place} if review else {}
    form = MeetingForm(posted(request), initial=initial)
    planned = form.done(
        lambda: services.plan_meeting(
            plan,
            meeting_on=form.cleaned_data["meeting_on"],
            place=one_line(form.cleaned_data["place"]),
            **acting(request),
        ),
    )
    if planned:
        messages.success(request, say("schools.SenReview_Meeting_Done", day=shown.spoken(planned.meeting_on)))
        return redirect("schools:review-pupil", plan.pk)
    shown.looked_at_one(request, plan)
    limit = shown.spoken(rules.limit(plan.plan_on, plan.last_on))
    return asked(
        request, "schools/reviews/meeting.html", form, plan=plan, limit=limit, moves=review is not None
    )


@require_POST
@WRITING
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a meeting of which nothing is recorded."""
    review = own_review(request, pk)
    with refusals_told(request):
        services.cancel_meeting(review, **acting(request))
        messages.success(request, say("schools.SenReview_Cancel_Done"))
    return redirect("schools:review-pupil", review.plan_id)

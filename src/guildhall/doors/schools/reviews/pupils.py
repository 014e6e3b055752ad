"""A pupil of the list: added, looked at, their dates put right, taken off and put back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import key_of
from guildhall.foundation.texts.forms import WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.annualreviews import queries, rules, services
from guildhall.work.annualreviews.models import Plan, Review

from ..showing import page
from . import shown
from .entering import PAGE, READING, WRITING, kept_by, own_plan
from .forms import DatesForm, PupilForm, dates_of


def asked(request: HttpRequest, template: str, form: WordedForm, **more: Any) -> HttpResponse:
    """The page of a form."""
    problems = form.problems
    context = {"form": form, "problems": problems, **more}
    return page(request, template, context, status=422 if problems else 200)


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@PAGE
@WRITING
def add(request: HttpRequest) -> HttpResponse:
    """A pupil with a plan. The page carries its number, so that sending it twice adds one."""
    place = kept_by(request)
    form, key = PupilForm(posted(request)), key_of(request.POST.get("key"))
    plan = form.done(
        lambda: services.add_plan(place.school, form.pupil, form.dates, key=key, **acting(request)),
    )
    if plan is None:
        return asked(request, "schools/reviews/add.html", form, key=key)
    messages.success(request, say("schools.SenReview_Added", name=plan.name))
    return redirect("schools:review-pupil", plan.pk)


@require_safe
@READING
def pupil(request: HttpRequest, pk: int) -> HttpResponse:
    """A pupil with the review that goes on, its clock and what to do next, and the reviews before it."""
    plan = own_plan(request, pk)
    reviews = queries.reviews_of(plan)
    shown.looked_at_one(request, plan)
    review = next((one for one in reviews if one.is_open), None)
    status = rules.status(plan, review, today=timezone.localdate())
    context = {
        "plan": plan,
        "facts": shown.pupil_facts(plan),
        "review": review,
        "status": "" if plan.ended_at else shown.status_words(status),
        "colour": shown.COLOURS[status],
        "clock": shown.clock_of(review),
        "past": shown.past_limit(plan, review.meeting_on if review else None),
        "meets": review is not None and review.state == Review.State.PLANNED,
        "come": review is not None and review.meeting_on <= timezone.localdate(),
        "cancels": review is not None and review.state == Review.State.PLANNED and not review.saves,
        "history": shown.history_of([one for one in reviews if one.state != Review.State.PLANNED]),
        "why": shown.why_words(plan),
        "returns": plan.ended_at is not None and plan.ended_why != Plan.Why.CEASED,
    }
    return page(request, "schools/reviews/pupil.html", context)


@PAGE
@READING
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the dates of a plan right."""
    plan = own_plan(request, pk)
    form = DatesForm(posted(request), initial=dates_of(plan))
    if form.done(lambda: services.change_dates(plan, form.dates, **acting(request))):
        messages.success(request, say("schools.SenReview_Dates_Done"))
        return redirect("schools:review-pupil", plan.pk)
    shown.looked_at_one(request, plan)
    return asked(request, "schools/reviews/dates.html", form, plan=plan)


@PAGE
@READING
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why first, then take the pupil off the list; they can be put back."""
    plan = own_plan(request, pk)
    problems, why = {}, request.POST.get("why", "")
    if request.method == "POST":
        try:
            services.end_plan(plan, why=why, **acting(request))
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.SenReview_End_Done", name=plan.name))
            return redirect("schools:review-pupil", plan.pk)
    shown.looked_at_one(request, plan)
    options = [
        (str(one), say(f"schools.SenReview_Why_{one.title()}")) for one in (Plan.Why.LEFT, Plan.Why.MISTAKE)
    ]
    context = {"plan": plan, "options": options, "why": why, "problems": problems}
    return page(request, "schools/reviews/end.html", context, status=422 if problems else 200)


@require_POST
@WRITING
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a pupil on the list again."""
    plan = own_plan(request, pk)
    with refusals_told(request):
        services.put_back_plan(plan, **acting(request))
        messages.success(request, say("schools.SenReview_PutBack_Done", name=plan.name))
    return redirect("schools:review-pupil", plan.pk)

"""The reviews of every school: due, overdue, received and late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.doors.schools.reviews import shown
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.work.annualreviews import queries, rules

from .team import crumbs, of_the_team

STATES = ("sent", "late-decision", "overdue", "due", "planned", "held", "late-report", "later")


@require_safe
@door(Permission.OPEN_SEND_FORMS, verified=True, reads_child=True)
@of_the_team
def reviews(request: HttpRequest) -> HttpResponse:
    """Every pupil with a plan and how far their review is; narrowed, searched, sorted, whole for printing."""
    plans = queries.plans_everywhere(holder_of(request))
    context = shown.list_page(request, plans, states=STATES, default="due")
    context |= {"council": True, "breadcrumbs": crumbs()}
    return render(request, "council/annual_reviews/list.html", context)


@require_safe
@door(Permission.OPEN_SEND_FORMS, verified=True, reads_child=True)
@of_the_team
def export(request: HttpRequest) -> HttpResponse:
    """The whole list as a spreadsheet."""
    return shown.sheet(request, queries.plans_everywhere(holder_of(request)))


@require_safe
@door(Permission.OPEN_SEND_FORMS, verified=True, reads_child=True)
@of_the_team
def pupil(request: HttpRequest, pk: int) -> HttpResponse:
    """A pupil with the reviews that their school sent."""
    plan = get_object_or_404(queries.plans_everywhere(holder_of(request)), pk=pk)
    found = queries.reviews_of(plan)
    shown.looked_at_one(request, plan)
    review = next((one for one in found if one.is_open), None)
    status = rules.status(plan, review, today=timezone.localdate())
    context = {
        "plan": plan,
        "facts": shown.pupil_facts(plan),
        "review": review,
        "status": shown.status_words(status),
        "colour": shown.COLOURS[status],
        "clock": shown.clock_of(review),
        "past": shown.past_limit(plan, review.meeting_on if review else None),
        "history": shown.history_of([one for one in found if one.sent_at]),
        "why": shown.why_words(plan),
        "breadcrumbs": crumbs((plan.name, "")),
    }
    return render(request, "council/annual_reviews/pupil.html", context)

"""What an alert did."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.speech import clock, day
from guildhall.foundation.texts.queries import say
from guildhall.work.alerts import queries
from guildhall.work.alerts.models import Sending

from .listing import state_of_run
from .loading import ALERTS, alert_or_404, trail_of


@require_safe
@ALERTS
def runs(request: HttpRequest, pk: int) -> HttpResponse:
    """Every run of an alert, newest first."""
    alert = alert_or_404(request, pk)
    page = page_of(queries.runs_of(holder_of(request), alert), request, size=50)
    context = {
        "alert": alert,
        "page": page,
        "runs": [(run, *state_of_run(run.state)) for run in page],
        "breadcrumbs": trail_of(alert, (say("administration.Alerts_Runs"), "")),
    }
    return render(request, "administration/alerts/runs.html", context)


@require_safe
@ALERTS
def run(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One run: its result or error in words, and whom it went to."""
    alert = alert_or_404(request, pk)
    found = queries.runs_of(holder_of(request), alert).filter(pk=number).first()
    if found is None:
        raise Http404
    said, colour = state_of_run(found.state)
    page = page_of(found.sendings.select_related("user").order_by("user__surname", "pk"), request, size=50)
    title = say("administration.Alerts_Run_Heading", day=day(found.planned_at), time=clock(found.planned_at))
    context = {
        "alert": alert,
        "run": found,
        "title": title,
        "said": said,
        "colour": colour,
        "problem": say(f"administration.Alerts_Problem_{found.problem}", said=found.said)
        if found.problem
        else "",
        "page": page,
        "sendings": [(one.user, one.involvement_id, _became(one)) for one in page],
        "breadcrumbs": trail_of(alert, (title, "")),
    }
    return render(request, "administration/alerts/run.html", context)


def _became(sending: Sending) -> str:
    if sending.ended_at is None:
        return say("administration.Alerts_Sending_Waiting")
    if sending.message is None:
        return say("administration.Alerts_Sending_Not")
    return say("administration.Alerts_Sending_Sent", day=day(sending.ended_at), time=clock(sending.ended_at))

"""What stands still, for administrators: in red, each with its next step. It names no person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.outbox import queries as outbox
from guildhall.foundation.outbox.services import leases
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who

from . import health
from .showing import crumbs

MOST_STUCK = 50


@require_safe
@door(Permission.SEE_STATUS, verified=True)
def status(request: HttpRequest) -> HttpResponse:
    """Every part of the portal that can stand still."""
    lines = health.lines(timezone.now())
    stuck = [(task, task.last_error.partition(":")[0]) for task in outbox.stuck()[:MOST_STUCK]]
    context = {
        "lines": lines,
        "bad": sum(not line.well for line in lines),
        "stuck": stuck,
        "breadcrumbs": [*crumbs()[:1], (say("administration.Status_Heading"), "")],
    }
    return render(request, "council/status.html", context)


@require_POST
@door(Permission.SEE_STATUS, verified=True)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have stuck work tried again now, after what stopped it was put right."""
    task = get_object_or_404(outbox.stuck(), pk=pk)
    now = timezone.now()
    leases.retry_now(task, now=now)
    audit.record("outbox.tried_again", by=who(request), about=task, now=now)
    messages.success(request, say("administration.Status_TriedAgain"))
    return redirect("council:status")

"""Add Portal Users: one portal user by search, or a portal type; and Remove."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import User
from guildhall.work.alerts import queries, services
from guildhall.work.alerts.models import Alert
from guildhall.work.alerts.services import Choice
from guildhall.work.alerts.services.recipients import kinds_for

from .loading import ALERTS, alert_or_404, trail_of


@require_http_methods(["GET", "HEAD", "POST"])
@ALERTS
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Search, then Select, which returns to the Recipient List."""
    alert = alert_or_404(request, pk)
    problems: Mapping[str, str] = {}
    if request.POST.get("do") == "select":
        try:
            choice = _chosen(request)
            services.add_recipients(alert, choice=choice, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("administration.Alerts_Added"))
            return redirect("administration:alert", pk)
    return _draw(request, alert, problems)


@require_POST
@ALERTS
def remove(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Take a line out of the Recipient List."""
    alert = alert_or_404(request, pk)
    recipient = alert.recipients.filter(pk=line).select_related("alert").first()
    if recipient is None:
        raise Http404
    with refusals_told(request):
        services.remove_recipient(recipient, by=who(request), now=timezone.now())
        messages.success(request, say("administration.Alerts_RecipientRemoved"))
    return redirect("administration:alert", pk)


def _chosen(request: HttpRequest) -> Choice:
    user = queries.portal_user(holder_of(request), number(request.POST.get("user")))
    return Choice(tuple(one_line(kind) for kind in request.POST.getlist("kinds")), user)


def _draw(request: HttpRequest, alert: Alert, problems: Mapping[str, str]) -> HttpResponse:
    words = one_line(request.POST.get("q"))[:100]
    found = queries.found(holder_of(request), words)
    there = {reader.user for reader in queries.authenticated()} if found else set()
    listed = {one.kind for one in queries.recipients_of(alert)}
    kinds = [kind for kind in kinds_for(alert) if kind not in listed]
    context: dict[str, Any] = {
        "alert": alert,
        "q": words,
        "found": [_option(user, user.pk in there) for user in found],
        "most": len(found) == queries.MOST_FOUND,
        "user": request.POST.get("user", ""),
        "kinds": [(kind, say(f"administration.Alerts_To_{kind}")) for kind in kinds],
        "chosen": request.POST.getlist("kinds"),
        "problems": problems,
        "breadcrumbs": trail_of(alert, (say("administration.Alerts_Add"), "")),
    }
    return render(request, "administration/alerts/recipients.html", context, status=422 if problems else 200)


def _option(user: User, authenticated: bool) -> dict[str, str]:
    email = user.email or ""
    hint = email if authenticated else say("administration.Alerts_Find_NotAuthenticated", email=email)
    return {"value": str(user.pk), "text": str(user), "hint": hint}

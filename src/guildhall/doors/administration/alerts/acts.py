"""Activating, deactivating, removing and bringing back an alert."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.alerts import queries, services

from .loading import ALERTS, alert_or_404, trail_of


@require_http_methods(["GET", "HEAD", "POST"])
@ALERTS
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks after Save whether to activate the alert; yes does it at once (SP-269)."""
    alert = alert_or_404(request, pk)
    if request.method != "POST":
        readers = {reader.user for reader in queries.readers(alert)}
        context = {
            "alert": alert,
            "readers": len(readers),
            "breadcrumbs": trail_of(alert, (say("administration.Alerts_Activate"), "")),
        }
        return render(request, "administration/alerts/activate.html", context)
    with refusals_told(request):
        services.activate_alert(alert, by=who(request), now=timezone.now())
        messages.success(request, say("administration.Alerts_Activated"))
    return redirect("administration:alert", pk)


@require_POST
@ALERTS
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the alert."""
    services.deactivate_alert(alert_or_404(request, pk), by=who(request), now=timezone.now())
    messages.success(request, say("administration.Alerts_Deactivated"))
    return redirect("administration:alert", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@ALERTS
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; afterwards it can be brought back."""
    alert = alert_or_404(request, pk)
    if request.method != "POST":
        context = {"alert": alert, "breadcrumbs": trail_of(alert, (say("administration.Alerts_Remove"), ""))}
        return render(request, "administration/alerts/remove.html", context)
    with refusals_told(request):
        services.remove_alert(alert, by=who(request), now=timezone.now())
        messages.success(request, say("administration.Alerts_RemovedNow"))
        return redirect("administration:alerts")
    return redirect("administration:alert", pk)


@require_POST
@ALERTS
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    alert = queries.removed_alerts(holder_of(request)).filter(pk=pk).first()
    if alert is None:
        raise Http404
    services.bring_back_alert(alert, by=who(request), now=timezone.now())
    messages.success(request, say("administration.Alerts_Back"))
    return redirect("administration:alert", pk)

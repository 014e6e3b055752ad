"""What every page about an alert begins with."""

from django.http import Http404, HttpRequest
from django.urls import reverse

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.texts.queries import say
from guildhall.work.alerts import queries
from guildhall.work.alerts.models import Alert

from ..trail import crumbs

ALERTS = door(Permission.MANAGE_ALERTS, verified=True)


def alert_or_404(request: HttpRequest, pk: int) -> Alert:
    alert = queries.alerts(holder_of(request)).filter(pk=pk).first()
    if alert is None:
        raise Http404
    return alert


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to the list of alerts, and ``more`` below it."""
    return crumbs(
        (say("administration.Alerts_Heading"), reverse("administration:alerts") if more else ""), *more
    )


def trail_of(alert: Alert, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to an alert, and ``more`` below it."""
    return trail((alert.reason, reverse("administration:alert", args=[alert.pk]) if more else ""), *more)

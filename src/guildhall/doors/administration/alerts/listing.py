"""The list of alerts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.work.alerts import queries
from guildhall.work.alerts.models import Alert, Run

from .loading import ALERTS, trail

MOST_REMOVED = 20
COLOURS = {
    Run.State.WAITING: "grey",
    Run.State.NOTHING: "grey",
    Run.State.NOBODY: "yellow",
    Run.State.SENT: "green",
    Run.State.FAILED: "red",
}


@require_safe
@ALERTS
def alerts(request: HttpRequest) -> HttpResponse:
    """Every alert with when it runs next and what it did last, to filter and sort."""
    holder = holder_of(request)
    asked = {
        "words": one_line(request.GET.get("words"))[:100],
        "kind": request.GET.get("kind", ""),
        "state": request.GET.get("state", ""),
    }
    sorting = sorting_of(request, among=tuple(queries.SORTS), default="id")
    page = page_of(queries.listed(holder, **asked, sort=sorting.current), request)
    context: dict[str, Any] = {
        "page": page,
        "rows": [(alert, *state_of_run(getattr(alert, "last_state", None))) for alert in page],
        "asked": asked,
        "filtered": any(asked.values()),
        "sorting": sorting,
        "kinds": _options("Kind", Alert.Kind.values),
        "states": _options("State", ("active", "inactive")),
        "removed": list(queries.removed_alerts(holder)[:MOST_REMOVED]),
        "breadcrumbs": trail(),
    }
    return render(request, "administration/alerts/list.html", context)


def state_of_run(state: str | None) -> tuple[str, str]:
    """What a run came to, in words, and the colour of its tag."""
    return (say(f"administration.Alerts_Run_{state}"), COLOURS[Run.State(state)]) if state else ("", "")


def _options(name: str, values: Any) -> list[tuple[str, str]]:
    every = [("", say("administration.Alerts_All"))]
    return every + [(value, say(f"administration.Alerts_{name}_{value}")) for value in values]

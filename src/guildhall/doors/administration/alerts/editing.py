"""A new alert, and the page of one."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile, carried
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import key_of, number
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages.templates_store import queries as templates
from guildhall.people.accounts.asking import who
from guildhall.work.alerts import planning, queries, services, wording
from guildhall.work.alerts.asking.running import MOST_ROWS, SECONDS, Answer
from guildhall.work.alerts.asking.views import VIEWS
from guildhall.work.alerts.models import Alert, Recipient
from guildhall.work.alerts.rules import fires
from guildhall.work.alerts.services import Definition
from guildhall.work.alerts.services.recipients import whom_the_kinds_are

from .listing import state_of_run
from .loading import ALERTS, alert_or_404, trail, trail_of
from .typing_in import contexts_shown, definition_of, moment_shown, typed_definition

ROWS_TRIED, RUNS_SHOWN = 10, 5


@require_http_methods(["GET", "HEAD", "POST"])
@ALERTS
def new(request: HttpRequest) -> HttpResponse:
    """The definition of a new alert; Save opens its page, where the rest is filled in."""
    definition = Definition()
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        definition = typed_definition(request.POST, kind=request.POST.get("kind", ""))
        try:
            key = key_of(request.POST.get("key"))
            made = services.make_alert(definition, key=key, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("administration.Alerts_Saved"))
            return redirect("administration:alert", made.pk)
    kinds = [
        {
            "value": kind,
            "text": say(f"administration.Alerts_Kind_{kind}"),
            "hint": say(f"administration.Alerts_Kind_{kind}_Hint"),
        }
        for kind in Alert.Kind.values
    ]
    context = {
        "definition": definition,
        "kinds": kinds,
        "key": request.POST.get("key") or uuid4(),
        "problems": problems,
        "breadcrumbs": trail((say("administration.Alerts_New"), "")),
    }
    return render(request, "administration/alerts/new.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@ALERTS
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """An alert: its definition, fields or query, action and recipients, and what it did last."""
    found = alert_or_404(request, pk)
    if request.method != "POST":
        return _draw(request, found, definition_of(found))
    definition = typed_definition(request.POST, kind=found.kind)
    if request.POST.get("do") == "try":
        return _try(request, found, definition)
    recipients = request.POST.get("do") == "recipients"
    if recipients and definition == definition_of(found):
        return redirect("administration:alert-recipients", pk)
    try:
        seen = number(request.POST.get("seen"))
        found = services.change_alert(
            found, definition=definition, seen=seen, by=who(request), now=timezone.now()
        )
    except Refusal as refusal:
        return _draw(request, found, definition, refusal=refusal)
    if recipients:
        messages.success(request, say("administration.Alerts_Saved"))
        return redirect("administration:alert-recipients", pk)
    return _after_saving(request, found)


def _after_saving(request: HttpRequest, found: Alert) -> HttpResponse:
    """Asks whether to activate an alert that has all it needs (SP-269)."""
    if not found.active and not queries.missing(found):
        return redirect("administration:alert-activate", found.pk)
    messages.success(request, say(f"administration.Alerts_Saved{'' if found.active else '_Lacks'}"))
    return redirect("administration:alert", found.pk)


def _try(request: HttpRequest, found: Alert, definition: Definition) -> HttpResponse:
    try:
        answer = services.try_query(found, definition.query, by=who(request), now=timezone.now())
    except Refusal as refusal:
        return _draw(request, found, definition, refusal=refusal)
    return _draw(request, found, definition, tried=_tried(found, definition, answer))


def _tried(found: Alert, definition: Definition, answer: Answer) -> dict[str, Any]:
    """The first rows of an answer, and what the alert would do with it now."""
    would = fires(answer.rows, on_row=definition.fire_on_row)
    readers = {part.user for part in planning.parts_of(found, answer)} if would else set()
    language = active_language()
    return {
        "columns": answer.columns,
        "rows": [[wording.spoken(value, language) for value in row] for row in answer.rows[:ROWS_TRIED]],
        "count": len(answer.rows),
        "shown": min(len(answer.rows), ROWS_TRIED),
        "more": MOST_ROWS if answer.more else 0,
        "fires": would,
        "readers": len(readers),
    }


def _draw(
    request: HttpRequest,
    found: Alert,
    definition: Definition,
    *,
    refusal: Refusal | None = None,
    tried: dict[str, Any] | None = None,
) -> HttpResponse:
    problems = refusal.by_field() if refusal else {}
    meanwhile = isinstance(refusal, ChangedMeanwhile)
    listed = queries.recipients_of(found)
    runs = queries.runs_of(holder_of(request), found)[:RUNS_SHOWN]
    post = request.POST if request.method == "POST" else None
    context = {
        "alert": found,
        "definition": definition,
        "problems": problems,
        "seen": carried(request, found.revision, told=meanwhile),
        "contexts": contexts_shown(definition, problems.get("fields", "")) if found.is_trigger else [],
        "next_at": moment_shown(definition, post),
        "every": definition.every if post is None else post.get("every", ""),
        "units": [(unit, say(f"administration.Alerts_Unit_{unit}")) for unit in Alert.Unit.values],
        "views": VIEWS.items(),
        "seconds": SECONDS,
        "templates": [(one.pk, one.name) for one in templates.templates()],
        "recipients": [(one, recipient_name(one)) for one in listed],
        "whom": whom_the_kinds_are([one.kind for one in listed]),
        "missing": {} if found.active else queries.missing(found),
        "runs": [(run, *state_of_run(run.state)) for run in runs],
        "tried": tried,
        "breadcrumbs": trail_of(found),
    }
    status = 409 if meanwhile else 422 if problems else 200
    return render(request, "administration/alerts/alert.html", context, status=status)


def recipient_name(recipient: Recipient) -> str:
    """A line of the Recipient List in words."""
    return str(recipient.user) if recipient.user else say(f"administration.Alerts_To_{recipient.kind}")

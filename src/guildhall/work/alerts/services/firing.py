"""Firing alerts: when something changed, or at their time. Each person's message is a task of its own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.outbox import services as outbox
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.templates_store import queries as templates
from guildhall.work.communications import services as communications

from .. import planning, queries
from ..asking.checking import NotAsked
from ..asking.running import Answer, CannotAnswer, ask
from ..models import Alert, Run, Sending
from ..planning import Part
from ..rules import fires, next_after
from ..wording import body_with
from .keeping import deactivate_alert

KEPT = timedelta(days=2 * 365)


@transaction.atomic
def fire_changed(
    *,
    involvement: int,
    context: str,
    entry: int,
    changed: Sequence[str],
    at: datetime,
    key: str,
    now: datetime,
) -> list[Run]:
    """Fire every trigger alert that waited for this change of an involvement. Safe to repeat with ``key``."""
    concerned = queries.concerned_by(context, entry)
    fired = []
    for alert in queries.waiting_for(context, changed, at=at):
        begun = {"alert": alert, "planned_at": at, "involvement_id": involvement}
        run, made = Run.objects.get_or_create(key=f"{alert.pk}:{key}"[:160], defaults=begun)
        if made and _lacks_template(alert):
            _end(run, Run.State.FAILED, problem="Template", now=now)
        elif made:
            readers = queries.readers(alert, involvements=[involvement], concerned=concerned)
            _send(run, [Part(one.user, one.involvement) for one in readers], now=now)
        fired.append(run)
    return fired


def claim_due(*, now: datetime) -> int:
    """Give every scheduled alert whose time has come to a task of its own, and move it on; how many."""
    return sum(_claim(number, now=now) for number in queries.due(now))


@transaction.atomic
def _claim(number: int, *, now: datetime) -> bool:
    """One alert. Whoever comes second finds that it is not due any more."""
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=number)
    if not alert.active or alert.next_at is None or alert.next_at > now:
        return False
    planned = alert.next_at
    run, made = Run.objects.get_or_create(
        key=f"{alert.pk}:at:{planned.isoformat()}:{alert.revision}",
        defaults={"alert": alert, "planned_at": planned},
    )
    first = alert.first_at or planned
    alert.next_at = next_after(first, every=alert.every, unit=alert.unit, now=now)
    alert.save(update_fields=["next_at"])
    if alert.next_at is None:
        deactivate_alert(alert, by=None, now=now)
    outbox.put("alert-run", {"run": run.pk}, key=f"alert-run:{run.pk}", now=now)
    return made


def run_scheduled(run: Run, *, now: datetime) -> Run:
    """Ask the query of a scheduled alert, and send what it gives to whom it concerns. Safe to repeat."""
    if run.state != Run.State.WAITING:
        return run
    alert = run.alert
    if _lacks_template(alert):
        return _end(run, Run.State.FAILED, problem="Template", now=now)
    try:
        answer = ask(alert.query, now=now)
    except NotAsked:
        return _end(run, Run.State.FAILED, problem="NotAsked", now=now)
    except CannotAnswer as refusal:
        return _end(run, Run.State.FAILED, problem=refusal.problem, said=refusal.said, now=now)
    if not fires(answer.rows, on_row=alert.fire_on_row):
        return _end(run, Run.State.NOTHING, rows=len(answer.rows), now=now)
    return _fire(run, answer, now=now)


def _lacks_template(alert: Alert) -> bool:
    return alert.template is None or alert.template.removed_at is not None


@transaction.atomic
def _fire(run: Run, answer: Answer, *, now: datetime) -> Run:
    run = hold(run)
    if run.state == Run.State.WAITING:
        problem = "More" if answer.more else ""
        _send(run, planning.parts_of(run.alert, answer), rows=len(answer.rows), problem=problem, now=now)
    return run


def _send(run: Run, parts: list[Part], *, now: datetime, rows: int = 0, problem: str = "") -> None:
    """Put a task for each person, and end the run."""
    for part in parts:
        sending = Sending.objects.create(
            run=run, user_id=part.user, involvement_id=part.involvement, result=part.result
        )
        outbox.put("alert-message", {"sending": sending.pk}, key=f"alert-message:{sending.pk}", now=now)
    state = Run.State.SENT if parts else Run.State.NOBODY
    _end(run, state, rows=rows, problem=problem, to=len(parts), now=now)


@transaction.atomic
def _end(
    run: Run, state: str, *, now: datetime, rows: int = 0, problem: str = "", said: str = "", to: int = 0
) -> Run:
    run.state, run.ended_at, run.rows, run.problem, run.said = state, now, rows, problem, said
    run.save()
    child = run.involvement.child_id if run.involvement else None
    detail: dict[str, Any] = {"run": run.pk, "state": state, "rows": rows, "to": to}
    audit.record("alerts.fired", by=None, about=run.alert, child=child, now=now, detail=detail)
    return run


@transaction.atomic
def send_one(sending: Sending, *, now: datetime) -> Sending:
    """Send a person their message and enter it in the child's log, while they are authenticated.

    Safe to repeat.
    """
    sending = hold(sending)
    children = queries.children_of(sending)
    template = sending.run.alert.template
    if sending.ended_at is None and children and template is not None:
        user = sending.user
        subject, body = templates.words_for(template, user)
        body = body_with(body, sending.result, user.language)
        message = messages.send(user, subject=subject, body=body, key=f"alert:{sending.pk}", now=now)
        for child in children:
            communications.note(
                child, to=user, means="message", summary=subject, message=message, by=None, now=now
            )
        sending.message = message.pk
    if sending.ended_at is None:
        sending.ended_at, sending.result = now, []
        sending.save()
    return sending


def forget_old(*, now: datetime) -> int:
    """Forget runs of long ago, and to whom they went; how many. The messages stay with their readers."""
    return Run.objects.filter(planned_at__lt=now - KEPT).delete()[0]

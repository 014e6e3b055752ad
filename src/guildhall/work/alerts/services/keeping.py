"""Making, changing, activating and removing alerts."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages.templates_store import queries as templates
from guildhall.people.accounts.models import User

from .. import queries
from ..asking.checking import NotAsked, checked
from ..asking.running import ask
from ..models import Alert
from ..rules import CONTEXTS, MOST_EVERY, is_turn, next_after

LONGEST_REASON, LONGEST_DESCRIPTION = 120, 2_000


class AlertIncomplete(Refusals):
    """Something of the alert is missing or cannot be; ``problems`` is keyed by field."""


@dataclass(frozen=True)
class Definition:
    """What an administrator writes of an alert. Moments that cannot be read come as None with their field
    in ``unread``."""

    kind: str = ""
    reason: str = ""
    description: str = ""
    based_on: str = ""
    fields: tuple[str, ...] = ()
    query: str = ""
    include_result: bool = False
    fire_on_row: bool = True
    next_at: datetime | None = None
    every: int | None = None
    unit: str = ""
    template: int | None = None
    unread: tuple[str, ...] = ()

    @property
    def is_trigger(self) -> bool:
        return self.kind == Alert.Kind.TRIGGER

    @property
    def repeat_unit(self) -> str:
        """The unit where the alert is repeated."""
        return self.unit if self.every else ""


@again_when_first_or_crossed
def make_alert(definition: Definition, *, key: UUID, by: User, now: datetime) -> Alert:
    """Keep a new alert, which is not active. ``key`` is of the page: the same page again makes no second one.

    Raises AlertIncomplete.
    """
    _demand(_problems_of_definition(definition))
    words = {"reason": definition.reason, "description": definition.description}
    stamps = {"made_at": now, "changed_at": now, "changed_by": by}
    alert, made = Alert.objects.get_or_create(key=key, defaults={"kind": definition.kind} | words | stamps)
    if made:
        audit.record("alerts.made", by=by, about=alert, now=now, detail={"kind": alert.kind})
    return alert


@transaction.atomic
def change_alert(alert: Alert, *, definition: Definition, seen: int, by: User, now: datetime) -> Alert:
    """Save an alert that was opened at revision ``seen``. Its type and whether it is predefined never change.

    Raises AlertIncomplete, ChangedMeanwhile; an active alert must stay complete.
    """
    alert = hold(alert)
    if alert.revision != seen or alert.removed_at is not None:
        raise ChangedMeanwhile(texts.say("administration.Alerts_Error_Changed"))
    problems = _problems_of_definition(definition)
    problems |= (
        _problems_of_trigger(definition)
        if alert.is_trigger
        else _problems_of_schedule(alert, definition, now)
    )
    template = templates.templates().filter(pk=definition.template).first() if definition.template else None
    if definition.template and template is None:
        problems["template"] = texts.say("administration.Alerts_Missing_template")
    _demand(problems)
    _write(alert, definition, now)
    alert.template = template
    if alert.active:
        _demand(queries.missing(alert))
    alert.changed_at, alert.changed_by, alert.revision = now, by, alert.revision + 1
    alert.save()
    audit.record("alerts.changed", by=by, about=alert, now=now, detail=_audited(alert))
    return alert


def activate_alert(alert: Alert, *, by: User, now: datetime) -> Alert:
    """Let the alert fire from now on. A time that passed while it was not active is not made up for.

    Raises AlertIncomplete for what it lacks, and NotAsked or CannotAnswer for a query that does not work.
    """
    if not alert.is_trigger and alert.query:
        ask(alert.query, now=now)
    return _activate(alert, by=by, now=now)


@transaction.atomic
def _activate(alert: Alert, *, by: User, now: datetime) -> Alert:
    alert = hold(alert)
    if alert.active:
        return alert
    _demand(queries.missing(alert))
    if alert.first_at and alert.next_at and alert.next_at < now:
        alert.next_at = next_after(alert.first_at, every=alert.every, unit=alert.unit, now=now)
        _demand(queries.missing(alert))
    alert.activated_at, alert.activated_by, alert.revision = now, by, alert.revision + 1
    alert.save()
    audit.record("alerts.activated", by=by, about=alert, now=now)
    return alert


@transaction.atomic
def deactivate_alert(alert: Alert, *, by: User | None, now: datetime) -> Alert:
    """Stop the alert. Once is as good as twice. ``by`` None: it ran the only time it was to run."""
    alert = hold(alert)
    if alert.active:
        alert.activated_at = alert.activated_by = None
        alert.revision += 1
        alert.save()
        audit.record("alerts.deactivated", by=by, about=alert, now=now)
    return alert


@transaction.atomic
def remove_alert(alert: Alert, *, by: User, now: datetime) -> Alert:
    """Take the alert off the list, and stop it; ``bring_back_alert`` undoes it. A predefined one stays."""
    alert = hold(alert)
    if alert.predefined:
        raise Refusal(texts.say("administration.Alerts_Error_Predefined"))
    if alert.removed_at is None:
        alert.removed_at, alert.removed_by = now, by
        alert.activated_at = alert.activated_by = None
        alert.revision += 1
        alert.save()
        audit.record("alerts.removed", by=by, about=alert, now=now)
    return alert


@transaction.atomic
def bring_back_alert(alert: Alert, *, by: User, now: datetime) -> Alert:
    """Undo a removal. The alert is not active."""
    alert = hold(alert)
    if alert.removed_at is not None:
        alert.removed_at = alert.removed_by = None
        alert.revision += 1
        alert.save()
        audit.record("alerts.brought_back", by=by, about=alert, now=now)
    return alert


def _demand(problems: dict[str, str]) -> None:
    if problems:
        raise AlertIncomplete(problems)


def _problems_of_definition(definition: Definition) -> dict[str, str]:
    wrong = {
        "kind": definition.kind not in Alert.Kind.values,
        "reason": not definition.reason,
        "reason_long": len(definition.reason) > LONGEST_REASON,
        "description_long": len(definition.description) > LONGEST_DESCRIPTION,
    }
    most = {"reason_long": LONGEST_REASON, "description_long": f"{LONGEST_DESCRIPTION:,}"}
    return {
        field.removesuffix("_long"): texts.say(
            f"administration.Alerts_Error_{field}", most=most.get(field, "")
        )
        for field, is_wrong in wrong.items()
        if is_wrong
    }


def _problems_of_trigger(definition: Definition) -> dict[str, str]:
    context = CONTEXTS.get(definition.based_on)
    if context is None:
        return {"based_on": texts.say("administration.Alerts_Missing_based_on")}
    if not set(definition.fields) & context.fields.keys():
        return {"fields": texts.say("administration.Alerts_Missing_fields")}
    return {}


def _problems_of_schedule(alert: Alert, definition: Definition, now: datetime) -> dict[str, str]:
    problems = {field: texts.say(f"administration.Alerts_Error_{field}") for field in definition.unread}
    try:
        checked(definition.query, vendor=connection.vendor)
    except NotAsked as refusal:
        problems["query"] = refusal.message
    stays = definition.next_at == alert.next_at or _times_stay(alert, definition, now)
    over = definition.next_at is not None and definition.next_at < now and not stays
    if definition.next_at is None and "next_at" not in problems:
        problems["next_at"] = texts.say("administration.Alerts_Missing_next_at")
    elif over:
        problems["next_at"] = texts.say("administration.Alerts_Error_next_at_over")
    if definition.every is not None and not 1 <= definition.every <= MOST_EVERY:
        problems["every"] = texts.say("administration.Alerts_Error_every")
    if definition.every is not None and definition.unit not in Alert.Unit.values:
        problems["unit"] = texts.say("administration.Alerts_Error_unit")
    return problems


def _times_stay(alert: Alert, definition: Definition, now: datetime) -> bool:
    """Whether the page left when the alert runs: as it is, or as it was before a turn that came meanwhile."""
    if (definition.every, definition.repeat_unit) != (alert.every, alert.unit):
        return False
    shown = definition.next_at
    if shown == alert.next_at or shown is None or alert.first_at is None or alert.activated_at is None:
        return shown == alert.next_at
    came = alert.activated_at <= shown <= now
    return came and is_turn(shown, first=alert.first_at, every=alert.every, unit=alert.unit)


def _write(alert: Alert, definition: Definition, now: datetime) -> None:
    alert.reason, alert.description = definition.reason, definition.description
    if alert.is_trigger:
        known = CONTEXTS[definition.based_on].fields
        alert.based_on = definition.based_on
        alert.fields = [name for name in known if name in definition.fields]
        return
    alert.query = definition.query
    alert.include_result, alert.fire_on_row = definition.include_result, definition.fire_on_row
    if not _times_stay(alert, definition, now):
        alert.first_at = alert.next_at = definition.next_at
        alert.every, alert.unit = definition.every, definition.repeat_unit


def _audited(alert: Alert) -> dict[str, object]:
    if alert.is_trigger:
        return {"based_on": alert.based_on, "fields": alert.fields, "template": alert.template_id}
    at = timezone.localtime(alert.next_at).isoformat() if alert.next_at else ""
    timing: dict[str, object] = {"next_at": at, "every": alert.every, "unit": alert.unit}
    ticks = {"include_result": alert.include_result, "fire_on_row": alert.fire_on_row}
    return {"query": digest(alert.query), "template": alert.template_id} | timing | ticks


def digest(query: str) -> str:
    """Tells one query from another in the audit, which holds no text that a person wrote."""
    return sha256(query.encode()).hexdigest()[:16]

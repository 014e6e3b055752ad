"""Two alerts of the demonstration: one that waits for a change, one that asks once a week."""

from datetime import datetime, timedelta
from uuid import UUID

from guildhall.mail.messages.templates_store import queries as templates
from guildhall.work.alerts import services
from guildhall.work.alerts.services import Choice, Definition
from guildhall.work.alerts.supplied import REMINDED, TOLD

from .cast import Cast

ADMINISTRATOR = "owen"
FIRST = (
    UUID("5b0a1f52-6c0c-4a0e-9c57-1f6d2a3b4c11"),
    UUID("5b0a1f52-6c0c-4a0e-9c57-1f6d2a3b4c12"),
)
DUE_SOON = (
    "SELECT involvement_id, portal_user_id, information_due, days_left\n"
    "FROM information_requested\n"
    "WHERE information_received_date IS NULL AND days_left BETWEEN 0 AND 7"
)


def set_up_alerts(cast: Cast, *, now: datetime) -> None:
    """Tell people when they are authenticated; remind professionals of information that is due soon."""
    told = Definition(
        kind="trigger",
        reason="Somebody is authenticated",
        description="Tells the portal user, so that they need not ring us.",
        based_on="portal_sharing",
        fields=("authenticated",),
        template=_template(TOLD),
    )
    reminded = Definition(
        kind="scheduled",
        reason="Information is due within a week",
        description="Every Monday at nine, to each professional who was asked.",
        query=DUE_SOON,
        include_result=True,
        next_at=_monday_at_nine(now),
        every=1,
        unit="weeks",
        template=_template(REMINDED),
    )
    _set_up(FIRST[0], told, "concerned", cast=cast, now=now)
    _set_up(FIRST[1], reminded, "professionals", cast=cast, now=now)


def _set_up(key: UUID, definition: Definition, kind: str, *, cast: Cast, now: datetime) -> None:
    by = cast.staff[ADMINISTRATOR]
    alert = services.make_alert(definition, key=key, by=by, now=now)
    alert = services.change_alert(alert, definition=definition, seen=alert.revision, by=by, now=now)
    services.add_recipients(alert, choice=Choice((kind,)), by=by, now=now)
    services.activate_alert(alert, by=by, now=now)


def _template(name: str) -> int | None:
    return templates.templates().filter(name=name).values_list("pk", flat=True).first()


def _monday_at_nine(now: datetime) -> datetime:
    return (now + timedelta(days=7 - now.weekday())).replace(hour=9, minute=0, second=0, microsecond=0)

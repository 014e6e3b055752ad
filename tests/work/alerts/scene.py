"""Involvements with people on them, and alerts about them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from guildhall.foundation.outbox import worker
from guildhall.mail.messages.models import Message, MessageTemplate
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.work.alerts import services
from guildhall.work.alerts.models import Alert
from guildhall.work.alerts.services import Choice, Definition
from guildhall.work.sharing import services as sharing
from guildhall.work.sharing.models import PortalUser
from guildhall.work.sharing.services import Details
from tests.standing import NOON, an_administrator, an_officer

EARLIER, SOON = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
ALL_ROWS = "SELECT involvement_id, days_open FROM involvements"


def a_child(surname: str = "Rees") -> Child:
    return Child.objects.create(
        forename="Efan",
        surname=surname,
        surname_key=surname.lower(),
        forename_key="efan",
        added_at=NOON,
        updated_at=NOON,
    )


def on(child: Child, user: User, *, authenticated: bool = True, relation: str = "Mother") -> PortalUser:
    """An entry of Portal Sharing that was there before any alert was active."""
    details = Details(relation, authenticated=authenticated, reason="Passport seen")
    return sharing.add_portal_user(child, user=user, details=details, by=an_officer(), now=EARLIER)


def a_template(**words: Any) -> MessageTemplate:
    values = {
        "name": f"Template {uuid4()}",
        "subject_en": "About the assessment",
        "body_en": "Dear {forename}",
    }
    return MessageTemplate.objects.create(**(values | words), changed_at=NOON)


def an_alert(definition: Definition, *kinds: str, user: User | None = None, active: bool = True) -> Alert:
    """An alert as an administrator sets it up, from the new page to Activate."""
    by = an_administrator()
    alert = services.make_alert(definition, key=uuid4(), by=by, now=NOON)
    alert = services.change_alert(alert, definition=definition, seen=alert.revision, by=by, now=NOON)
    services.add_recipients(alert, choice=Choice(kinds, user), by=by, now=NOON)
    alert.refresh_from_db()
    return services.activate_alert(alert, by=by, now=NOON) if active else alert


def a_trigger(*fields: str, **changes: Any) -> Definition:
    values: dict[str, Any] = {
        "kind": "trigger",
        "reason": "Somebody was authenticated",
        "based_on": "portal_sharing",
        "fields": fields or ("authenticated",),
        "template": changes.pop("template", None) or a_template().pk,
    }
    return Definition(**(values | changes))


def a_schedule(query: str = ALL_ROWS, **changes: Any) -> Definition:
    values: dict[str, Any] = {
        "kind": "scheduled",
        "reason": "Once a week",
        "query": query,
        "next_at": SOON,
        "every": 1,
        "unit": "weeks",
        "template": changes.pop("template", None) or a_template().pk,
    }
    return Definition(**(values | changes))


def work(at: Any = NOON) -> None:
    """Everything that is due then is done."""
    worker.drain(lambda: at)


def letters_to(user: User) -> list[Message]:
    return list(Message.objects.filter(to=user, subject="About the assessment").order_by("sent_at", "pk"))

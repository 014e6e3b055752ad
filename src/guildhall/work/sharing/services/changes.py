"""Saying that something on an involvement changed, so that whoever waits for it can act after the commit."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from guildhall.foundation.outbox import services as outbox

from ..models import Change
from ..rules import ALERT_FIELDS

KIND = "involvement.changed"
PORTAL_SHARING, INFO_REQUESTED = "portal_sharing", "info_requested"


def tell(involvement_id: int, *, context: str, entry: int, changed: Sequence[str], now: datetime) -> None:
    """Put word of a change in the outbox, in the transaction that makes it.

    ``context`` says in which panel, ``entry`` is the row there, ``changed`` names its fields, never values.
    """
    payload = {
        "involvement": involvement_id,
        "context": context,
        "entry": entry,
        "changed": list(changed),
        "at": now.isoformat(),
    }
    outbox.put(KIND, payload, key=f"{KIND}:{context}:{entry}:{uuid4().hex}", now=now)


def tell_of(change: Change, *, before: Change | None) -> None:
    """As ``tell``, of what differs between two states of an entry of Portal Sharing, if anything does."""
    entry = change.portal_user
    blank = before or Change()
    changed = [name for name in ALERT_FIELDS if name != "user" and _of(change, name) != _of(blank, name)]
    changed += [] if before else ["user"]
    if changed:
        tell(entry.involvement_id, context=PORTAL_SHARING, entry=entry.pk, changed=changed, now=change.at)


def _of(change: Change, name: str) -> object:
    return getattr(change, name) or ""

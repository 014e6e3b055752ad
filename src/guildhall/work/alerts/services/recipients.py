"""The Recipient List of an alert."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..models import Alert, Recipient
from .keeping import AlertIncomplete

MOST = 50
_TO_ALL = (Recipient.Kind.CITIZENS, Recipient.Kind.PROFESSIONALS)


class NobodyChosen(Refusal):
    """Neither a portal user nor a type was chosen."""


@dataclass(frozen=True)
class Choice:
    """Whom to add: portal user types, and at most one portal user."""

    kinds: tuple[str, ...] = ()
    user: User | None = None


@transaction.atomic
def add_recipients(alert: Alert, *, choice: Choice, by: User, now: datetime) -> list[Recipient]:
    """Add what was chosen to the list; what is there already stays once.

    Raises NobodyChosen, and a Refusal for a list that is full.
    """
    alert = hold(alert)
    kinds = [kind for kind in choice.kinds if kind in kinds_for(alert)]
    if not kinds and choice.user is None:
        raise NobodyChosen(texts.say("administration.Alerts_Error_Nobody"), field="q")
    if choice.user and alert.recipients.filter(kind=Recipient.Kind.USER).count() >= MOST:
        raise Refusal(texts.say("administration.Alerts_Error_Full", most=MOST), field="q")
    wanted: list[tuple[str, User | None]] = [(kind, None) for kind in kinds]
    wanted += [(Recipient.Kind.USER, choice.user)] if choice.user else []
    return [_add(alert, kind, user, by=by, now=now) for kind, user in wanted]


@transaction.atomic
def remove_recipient(recipient: Recipient, *, by: User, now: datetime) -> None:
    """Take a line out of the list. Raises AlertIncomplete for the last line of an active alert."""
    alert = hold(recipient.alert)
    found = Recipient.objects.filter(pk=recipient.pk, alert=alert).first()
    if found is None:
        return
    if alert.active and alert.recipients.count() == 1:
        raise AlertIncomplete({"recipients": texts.say("administration.Alerts_Error_LastRecipient")})
    found.delete()
    detail = {"kind": recipient.kind, "user": recipient.user_id}
    audit.record("alerts.recipient_removed", by=by, about=alert, now=now, detail=detail)


def whom_the_kinds_are(kinds: Collection[str]) -> str:
    """The exact words about everybody on the involvements (SP-267); "" where no type is chosen."""
    chosen = [kind for kind in _TO_ALL if kind in kinds]
    name = "both" if len(chosen) == len(_TO_ALL) else next(iter(chosen), "")
    return texts.say(f"administration.Alerts_Whom_{name}") if name else ""


def kinds_for(alert: Alert) -> tuple[str, ...]:
    """The portal types that this alert can be sent to; only a change has an entry of somebody."""
    return (*_TO_ALL, Recipient.Kind.CONCERNED) if alert.is_trigger else _TO_ALL


def _add(alert: Alert, kind: str, user: User | None, *, by: User, now: datetime) -> Recipient:
    recipient, made = Recipient.objects.get_or_create(alert=alert, kind=kind, user=user)
    if made:
        detail = {"kind": kind, "user": user.pk if user else None}
        audit.record("alerts.recipient_added", by=by, about=alert, now=now, detail=detail)
    return recipient

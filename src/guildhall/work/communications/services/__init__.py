"""Keeping a line of the communication log that a room or an officer tells of."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child

from ..models import Communication


@transaction.atomic
def note(
    child: Child,
    *,
    to: User | None,
    means: str,
    summary: str,
    message: Message | None = None,
    by: User | None,
    now: datetime,
    email_key: str = "",
) -> Communication:
    """Enter in the log of ``child`` what was sent to ``to``; the person linked with ``to`` shows beside them.

    ``means`` is one of ``Communication.Means``. Whether it arrived is read from the evidence: of ``message``,
    or of the email that was put into the outbox with the key ``email_key``. A second call for the same
    message or email gives the first line.
    """
    values = {
        "to": to,
        "means": Communication.Means(means),
        "summary": summary,
        "by": by,
        "happened_at": now,
        "noted_at": now,
    }
    kept, made = _kept(child, message, email_key, values)
    if made:
        detail = {"means": means, "to": to.pk if to else None}
        audit.record("communications.noted", by=by, about=kept, child=child.pk, now=now, detail=detail)
    return kept


def _kept(
    child: Child, message: Message | None, email_key: str, values: dict[str, object]
) -> tuple[Communication, bool]:
    if message is None and not email_key:
        return Communication.objects.create(child=child, **values), True
    known = {"message": message} if message else {"email_key": email_key}
    both = values | {"message": message, "email_key": email_key}
    return Communication.objects.get_or_create(child=child, **known, defaults=both)

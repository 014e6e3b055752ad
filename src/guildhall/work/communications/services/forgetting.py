"""Forgetting whether emails arrived that stand in no log."""

from datetime import datetime, timedelta

from guildhall.foundation.outbox import queries as outbox
from guildhall.foundation.outbox.services import evidence

from ..trail import needed

KEPT, AT_ONCE = timedelta(days=90), 1_000


def forget_evidence(*, now: datetime) -> int:
    """Forget the way of emails of long ago; how many.

    That of an email behind a message, a form or a line of a log stays as long as these do.
    """
    gone = last = 0
    while some := outbox.evidence_before(now - KEPT, after=last, most=AT_ONCE):
        last = some[-1].pk
        kept = needed([each.key for each in some])
        gone += evidence.forget([each for each in some if each.key not in kept])
    return gone

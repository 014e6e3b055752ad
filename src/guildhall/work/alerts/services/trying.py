"""Asking a query for the administrator who writes it."""

from datetime import datetime

from guildhall.foundation.audit import services as audit
from guildhall.people.accounts.models import User

from ..asking.running import Answer, ask
from ..models import Alert
from .keeping import digest


def try_query(alert: Alert, query: str, *, by: User, now: datetime) -> Answer:
    """What ``query`` gives now; that somebody looked is kept. Raises NotAsked, CannotAnswer."""
    answer = ask(query, now=now)
    detail = {"query": digest(query), "rows": len(answer.rows)}
    audit.record("alerts.tried", by=by, about=alert, now=now, detail=detail)
    return answer

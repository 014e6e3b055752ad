"""Putting work into the outbox. The worker's side is in ``leases``."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from guildhall.foundation.kit import statements

from ..failures import FarSideDown
from ..models import Task


def put(
    kind: str, payload: dict[str, Any], *, key: str, now: datetime, due_at: datetime | None = None
) -> None:
    """Have the handler of ``kind`` called with ``payload`` after this transaction commits.

    ``key`` (up to 120 characters) says what the work is: a second ``put`` with the same key adds
    nothing. The handler may be called more than once after a crash and must be safe to repeat.
    ``kind`` is a key of ``settings.OUTBOX_HANDLERS``.
    """
    task = Task(kind=kind, payload=payload, key=key, put_at=now, due_at=due_at or now)
    statements.insert_unless_there(task, ("key",))


def put_again(kind: str, payload: dict[str, Any], *, key: str, now: datetime) -> None:
    """As ``put``; but work of that ``key`` that was done is done again, and what waits for a far side
    that was down is brought forward. What failed for a reason of its own keeps its turn.
    """
    put(kind, payload, key=key, now=now)
    down = Q(state__in=[Task.State.WAITING, Task.State.STUCK], last_error__startswith=FarSideDown.__name__)
    Task.objects.filter(Q(state=Task.State.DONE) | down, key=key).update(
        state=Task.State.WAITING, payload=payload, due_at=now, attempts=0, done_at=None
    )

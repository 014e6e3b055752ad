"""Putting work into the outbox. The worker's side is in ``leases``."""

from datetime import datetime
from typing import Any

from ..models import Task


def put(
    kind: str, payload: dict[str, Any], *, key: str, now: datetime, due_at: datetime | None = None
) -> None:
    """Have the handler of ``kind`` called with ``payload`` after this transaction commits.

    ``key`` (up to 120 characters) says what the work is: a second ``put`` with the same key adds
    nothing. The handler may be called more than once after a crash and must be safe to repeat.
    ``kind`` is a key of ``settings.OUTBOX_HANDLERS``.
    """
    Task.objects.bulk_create(
        [Task(kind=kind, payload=payload, key=key, put_at=now, due_at=due_at or now)], ignore_conflicts=True
    )

"""The worker's side of the outbox: taking a task for a minute, keeping it, and saying how it ended.

Every function here is one short transaction; none is open while a handler runs.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from .. import queries
from ..failures import FarSideDown, RefusedForGood
from ..models import Heartbeat, Task

LEASE: timedelta = settings.OUTBOX_LEASE
FIRST_WAIT: timedelta = settings.OUTBOX_FIRST_WAIT
LONGEST_WAIT = timedelta(hours=1)
LONGEST_WAIT_FOR_FAR_SIDE = timedelta(minutes=5)
TRIES_BEFORE_STUCK = 8
TRIES_WHEN_REFUSED = 3
STUCK_AFTER = timedelta(hours=24)
DONE_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Lease:
    """One task in one worker's hands, until it ends or the lease runs out."""

    task_id: int
    kind: str
    key: str
    payload: dict[str, Any]
    fence: int
    attempts: int
    put_at: datetime


@transaction.atomic
def lease_next(*, worker: str, now: datetime, without: Collection[str] = ()) -> Lease | None:
    """Take the task that has been due longest, or None. ``without``: kinds to leave alone.

    Periodic jobs wait until nothing else is due: somebody may be waiting for a code by email.

    Two workers never take the same task: PostgreSQL skips rows that another is taking, SQLite lets one
    writer in at a time.
    """
    rows = _takable(now, without).select_for_update(skip_locked=True).order_by("due_at", "pk")
    task = rows.exclude(kind=queries.JOB).first() or rows.first()
    if task is None:
        return None
    if task.attempts >= TRIES_BEFORE_STUCK and task.state == Task.State.LEASED:
        _set_aside(task, now)
        return None
    task.state = Task.State.LEASED
    task.attempts += 1
    task.fence += 1
    task.leased_by = worker
    task.leased_until = now + LEASE
    task.save(update_fields=["state", "attempts", "fence", "leased_by", "leased_until"])
    return Lease(task.pk, task.kind, task.key, task.payload, task.fence, task.attempts, task.put_at)


def _takable(now: datetime, without: Collection[str]) -> QuerySet[Task]:
    return queries.due(now).exclude(kind__in=list(without))


def _set_aside(task: Task, now: datetime) -> None:
    """A task whose workers keep dying waits an hour, in sight, rather than kill the next one at once."""
    task.state = Task.State.STUCK
    task.due_at = now + LONGEST_WAIT
    task.leased_until = None
    task.attempts -= 1
    task.last_error = "The workers that took it stopped without an answer."
    task.save(update_fields=["state", "due_at", "leased_until", "attempts", "last_error"])


def keep(lease: Lease, *, now: datetime) -> bool:
    """Extend the lease; False when another worker has taken the task meanwhile."""
    return bool(_held(lease).update(leased_until=now + LEASE))


def finish(lease: Lease, *, now: datetime) -> bool:
    """Mark the task done and forget its payload; False, changing nothing, when the lease was lost."""
    return bool(
        _held(lease).update(
            state=Task.State.DONE, done_at=now, leased_until=None, leased_by="", payload={}, last_error=""
        )
    )


def fail(lease: Lease, *, error: Exception, now: datetime) -> bool:
    """Put the task back to be tried later; False, changing nothing, when the lease was lost."""
    return bool(
        _held(lease).update(
            state=Task.State.STUCK if _is_stuck(lease, error, now) else Task.State.WAITING,
            due_at=now + _wait(lease.attempts, error),
            leased_until=None,
            leased_by="",
            last_error=_in_words(error),
        )
    )


def _in_words(error: Exception) -> str:
    """What went wrong, without what a database refuses to keep: the name of a file may hold anything."""
    said = f"{type(error).__name__}: {error}".replace("\x00", "")
    return said.encode("utf-8", "replace").decode()[:2_000]


def _held(lease: Lease) -> QuerySet[Task]:
    return Task.objects.filter(pk=lease.task_id, fence=lease.fence, state=Task.State.LEASED)


def _is_stuck(lease: Lease, error: Exception, now: datetime) -> bool:
    if now - lease.put_at >= STUCK_AFTER:
        return True
    if isinstance(error, FarSideDown):
        return False
    return lease.attempts >= (TRIES_WHEN_REFUSED if isinstance(error, RefusedForGood) else TRIES_BEFORE_STUCK)


def _wait(attempts: int, error: Exception) -> timedelta:
    longest = LONGEST_WAIT_FOR_FAR_SIDE if isinstance(error, FarSideDown) else LONGEST_WAIT
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 10), longest)


def retry_now(task: Task, *, now: datetime) -> None:
    """Try a waiting or stuck task at once, for a person who has put right what stopped it."""
    Task.objects.filter(pk=task.pk, state__in=[Task.State.WAITING, Task.State.STUCK]).update(
        due_at=now, attempts=0
    )


def beat(worker: str, *, now: datetime) -> None:
    """Say that ``worker`` lives."""
    if not Heartbeat.objects.filter(worker=worker).update(beat_at=now):
        Heartbeat.objects.get_or_create(worker=worker, defaults={"started_at": now, "beat_at": now})


def leave(worker: str) -> None:
    """Say that ``worker`` has stopped in good order."""
    Heartbeat.objects.filter(worker=worker).delete()


def tidy(now: datetime) -> int:
    """Forget tasks done long ago and workers not heard of for a day; how many tasks went."""
    Heartbeat.objects.filter(beat_at__lt=now - timedelta(days=1)).delete()
    return Task.objects.filter(Q(state=Task.State.DONE) & Q(done_at__lt=now - DONE_KEPT)).delete()[0]

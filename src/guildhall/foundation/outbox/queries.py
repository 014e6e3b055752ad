"""How the outbox stands: for the worker, and for the status page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min, Q, QuerySet

from .models import Heartbeat, Task


def due(now: datetime) -> QuerySet[Task]:
    """Tasks that a worker may take: due ones, and those whose worker has not been heard of for a minute."""
    waits = Q(state__in=[Task.State.WAITING, Task.State.STUCK], due_at__lte=now)
    return Task.objects.filter(waits | Q(state=Task.State.LEASED, leased_until__lt=now))


def stuck() -> QuerySet[Task]:
    """Tasks that have failed so often that a person must look; each is still tried every hour."""
    return Task.objects.filter(state=Task.State.STUCK).order_by("put_at")


@dataclass(frozen=True)
class Standing:
    """The outbox at a glance. Ages are None when there is nothing to measure."""

    waiting: int
    stuck: int
    oldest_waiting: timedelta | None
    last_heartbeat: timedelta | None
    workers: int

    @property
    def healthy(self) -> bool:
        """A worker was heard of within a minute, nothing is stuck or has waited for five minutes."""
        return (
            self.last_heartbeat is not None
            and self.last_heartbeat <= timedelta(seconds=60)
            and not self.stuck
            and (self.oldest_waiting is None or self.oldest_waiting <= timedelta(minutes=5))
        )


def failing(kind: str) -> int:
    """How many tasks of ``kind`` have failed at least once and are still to be done."""
    return Task.objects.filter(kind=kind).exclude(state=Task.State.DONE).exclude(last_error="").count()


def last_job() -> datetime | None:
    """When the newest periodic job was done: whether the schedule runs."""
    return Task.objects.filter(kind="job", state=Task.State.DONE).aggregate(at=Max("done_at"))["at"]


def standing(now: datetime) -> Standing:
    """How much waits, since when, what is stuck, and whether any worker lives."""
    open_tasks = Task.objects.exclude(state=Task.State.DONE)
    oldest = open_tasks.filter(put_at__lte=now, due_at__lte=now).aggregate(at=Min("put_at"))["at"]
    beat = Heartbeat.objects.aggregate(at=Max("beat_at"))["at"]
    return Standing(
        waiting=open_tasks.exclude(state=Task.State.STUCK).count(),
        stuck=stuck().count(),
        oldest_waiting=now - oldest if oldest else None,
        last_heartbeat=now - beat if beat else None,
        workers=Heartbeat.objects.filter(beat_at__gte=now - timedelta(seconds=60)).count(),
    )

"""How the outbox stands: for the worker, and for the status page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Max, Min, Q, QuerySet

from .models import Delivery, Heartbeat, Task

JOB = "job"  # the kind of a periodic job; nobody waits for one


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
    return Task.objects.filter(kind=JOB, state=Task.State.DONE).aggregate(at=Max("done_at"))["at"]


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


class Way(StrEnum):
    """How far an email came, by what is known of it."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"


@dataclass(frozen=True)
class Evidence:
    """How far an email came, and since when; ``code`` is the reason of the mail system that refused it."""

    way: Way
    at: datetime
    code: str = ""


def evidence_of(keys: Collection[str]) -> dict[str, Evidence]:
    """Key of the work → what is known of the email; nothing for one that was never put. Two statements."""
    wanted = list(keys)
    tasks = Task.objects.filter(key__in=wanted, kind="email")
    found = {task.key: _of_task(task) for task in tasks.only("key", "state", "put_at", "done_at")}
    known = Delivery.objects.filter(key__in=wanted)
    return found | {each.key: evidence for each in known if (evidence := _of_delivery(each))}


def evidence_before(moment: datetime, *, after: int, most: int) -> list[Delivery]:
    """Up to ``most`` emails that left or were refused before then, by their numbers from ``after`` on."""
    over = Q(sent_at__lt=moment) | Q(sent_at=None, bounced_at__lt=moment)
    return list(Delivery.objects.filter(over, pk__gt=after).order_by("pk")[:most])


def bounces(*, most: int) -> QuerySet[Delivery]:
    """The newest emails that did not arrive, newest first."""
    return Delivery.objects.filter(bounced_at__isnull=False).order_by("-bounced_at", "-pk")[:most]


def _of_task(task: Task) -> Evidence:
    if task.state == Task.State.DONE and task.done_at:
        return Evidence(Way.SENT, task.done_at)
    return Evidence(Way.QUEUED, task.put_at)


def _of_delivery(delivery: Delivery) -> Evidence | None:
    if delivery.bounced_at:
        return Evidence(Way.BOUNCED, delivery.bounced_at, delivery.code)
    if delivery.delivered_at:
        return Evidence(Way.DELIVERED, delivery.delivered_at)
    return Evidence(Way.SENT, delivery.sent_at) if delivery.sent_at else None

"""What the outbox and the clock have this room do."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from guildhall.foundation.outbox import services as outbox

from . import queries, services
from .models import Pack

DAYS_BACK = 7


def gather(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Gather a few pages of a pack and put the next step, until it is whole."""
    pack = queries.pack_with(payload["pack"])
    if pack is None:
        return
    pack = services.gather(pack, now=now)
    if pack.state == Pack.State.GATHERING:
        key = f"privacy-pack:{pack.pk}:{pack.at_model}:{pack.after}"[:120]
        outbox.put("privacy-pack", {"pack": pack.pk}, key=key, now=now)


def retain(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Do a step of a run, which puts the next one."""
    if (run := queries.run_with(payload["run"])) is not None:
        services.step(run, now=now)


def odd_readings(now: datetime) -> None:
    """Job: go through the readings of the last days that nobody has gone through yet, and tell of them."""
    today = timezone.localdate(now)
    for ago in range(DAYS_BACK, 0, -1):
        services.count_day(today - timedelta(days=ago), now=now)
    services.tell_of_the_week(now=now)


def sweep(now: datetime) -> None:
    """Job: forget the packs whose time is over."""
    while services.forget_packs(now=now):
        pass

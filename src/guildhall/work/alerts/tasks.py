"""Later work about alerts."""

from datetime import datetime
from typing import Any

from . import services
from .models import Run, Sending


def changed(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:
    """Handler of "involvement.changed": something on an involvement is not as it was."""
    services.fire_changed(
        involvement=payload["involvement"],
        context=payload["context"],
        entry=payload["entry"],
        changed=payload["changed"],
        at=datetime.fromisoformat(payload["at"]),
        key=task_key,
        now=now,
    )


def run(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Handler of "alert-run": the time of a scheduled alert came."""
    if found := Run.objects.select_related("alert__template").filter(pk=payload["run"]).first():
        services.run_scheduled(found, now=now)


def send(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Handler of "alert-message": one person's message."""
    if found := Sending.objects.filter(pk=payload["sending"]).first():
        services.send_one(found, now=now)


def look(now: datetime) -> None:
    """Job: see which scheduled alerts are due."""
    services.claim_due(now=now)


def forget(now: datetime) -> None:
    """Job: forget runs of long ago."""
    services.forget_old(now=now)

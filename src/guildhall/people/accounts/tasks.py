"""Work of the outbox."""

from datetime import datetime
from typing import Any

from . import services


def forget_held_post(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Delete what was kept for an hour."""
    services.forget_post(payload["id"])


def sweep(now: datetime) -> None:
    """Job: forget accounts that nobody confirmed, and codes, links, counts and held pages that ended."""
    services.sweep(now=now)

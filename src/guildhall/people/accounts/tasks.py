"""Work of the outbox."""

from datetime import datetime
from typing import Any

from . import services


def forget_held_post(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Delete what was kept for an hour."""
    services.forget_post(payload["id"])


def send_password_link(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Email a link that sets a new password, where the answers were right and an account has the address."""
    if payload["right"]:
        services.send_password_link(payload["email"], now=now)


def sweep(now: datetime) -> None:
    """Job: forget accounts that nobody confirmed, and codes, links, counts and held pages that ended."""
    services.sweep(now=now)

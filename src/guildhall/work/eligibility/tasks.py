"""Handler of the outbox for eligibility checks."""

from datetime import datetime
from typing import Any

from . import services


def ask(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:
    """Ask the service about one submission; safe to repeat."""
    services.ask_about(payload["check"], key=task_key, now=now)

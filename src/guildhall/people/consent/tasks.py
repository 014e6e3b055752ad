"""Consent's later work."""

from datetime import datetime
from typing import Any

from . import services


def publish(_payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Handler of "consent-publish": whatever is due."""
    services.publish_due(now=now)

"""The files' later work: scanning, scanning again, sweeping."""

from datetime import datetime
from typing import Any


def scan(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:
    """Handler of "scan"."""


def rescan_waiting(now: datetime) -> None:
    """Job."""


def sweep_orphans(now: datetime) -> None:
    """Job."""

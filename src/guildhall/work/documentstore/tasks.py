"""Later work of the document store."""

from datetime import datetime
from typing import Any

from . import services


def put_exports(now: datetime) -> None:
    """Job: have what was approved since put into the store."""
    services.put_exports(now=now)


def export(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Handler of "document-export"."""
    services.export(payload["submission"], now=now)

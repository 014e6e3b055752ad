"""Later work about alerts."""

from datetime import datetime
from typing import Any


def changed(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:
    """Handler of "involvement.changed": something on an involvement is not as it was."""

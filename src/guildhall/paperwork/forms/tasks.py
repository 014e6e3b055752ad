"""Handler of the outbox for planned publications."""

from datetime import datetime
from typing import Any

from guildhall.foundation.outbox.failures import RefusedForGood

from .definition import DefinitionError
from .services import releasing


def publish(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Publish a form whose moment has come; safe to repeat."""
    try:
        releasing.publish_planned(payload["id"], now=now)
    except DefinitionError as problem:
        raise RefusedForGood(problem.message) from problem

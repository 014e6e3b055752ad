"""What the outbox and the clock have this room do."""

from datetime import datetime
from typing import Any

from . import school_queries, services


def add_users(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Add the next people of a spreadsheet, which puts the next step."""
    if (importing := school_queries.import_with(payload["import"])) is not None:
        services.go_on_with_import(importing, now=now)


def disable_unused(now: datetime) -> None:
    """Job: warn and disable the accounts of schools and the council that nobody uses."""
    services.disable_unused(now=now)


def forget_imports(now: datetime) -> None:
    """Job: forget the spreadsheets of users that nobody applied."""
    services.forget_imports(now=now)

"""Later work about post."""

from datetime import datetime
from typing import Any

from guildhall.people.accounts.models import User

from . import services
from .models import Chase, Posting


def publish(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Handler of "post-publish": the moment of a planned posting has come."""
    if posting := Posting.objects.filter(pk=payload["posting"]).first():
        by = User.objects.get(pk=payload["by"])
        services.publish_planned(posting, revision=payload["revision"], by=by, now=now)


def chase(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Handler of "post-chase": the schools that are late get their emails."""
    if chased := Chase.objects.select_related("posting").filter(pk=payload["chase"]).first():
        services.remind(chased, now=now)


def send_daily(now: datetime) -> None:
    """Job: the daily email about new post."""
    services.send_daily(now=now)

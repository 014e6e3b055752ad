"""Noting that somebody has dealt with an alert by reading it."""

from datetime import datetime

from django.db import transaction

from guildhall.people.accounts.models import User

from ..models import SeenAlert


@transaction.atomic
def see_alert(user: User, *, alert: str, now: datetime) -> None:
    """Let the alert whose key is ``alert`` show to ``user`` no more."""
    SeenAlert.objects.get_or_create(user=user, alert=alert[:60], defaults={"at": now})

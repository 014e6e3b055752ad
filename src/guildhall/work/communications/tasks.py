"""Later work of the communication log."""

from datetime import datetime

from .services.forgetting import forget_evidence


def forget(now: datetime) -> None:
    """Job: forget whether emails arrived that stand in no log any more."""
    forget_evidence(now=now)

"""Intake's later work."""

from datetime import datetime

from . import services


def warn_and_expire_drafts(now: datetime) -> None:
    """Job: tell owners of drafts that are about to be deleted, and delete those whose time is over."""
    services.warn_and_expire_drafts(now=now)

"""Periodic work of the audit."""

from datetime import datetime

import structlog

from . import queries, services

log = structlog.get_logger(__name__)


def verify(now: datetime) -> None:
    """Job: check the whole chain, and keep what was found for the status page."""
    services.verify(now=now)


def seal(now: datetime) -> None:
    """Job: chain what was written since. The head goes to the log, which should leave the machine."""
    sealed = 0
    while more := services.seal(now=now):
        sealed += more
    if sealed:
        log.info("audit.sealed", head=queries.head(), sealed=sealed)

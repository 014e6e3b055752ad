"""Periodic work of the audit."""

from datetime import datetime

import structlog

from . import queries, services, spool

log = structlog.get_logger(__name__)


def verify(now: datetime) -> None:
    """Job: check the whole chain, and keep what was found for the status page."""
    services.verify(now=now)


def seal(now: datetime) -> None:
    """Job: chain what was written since, after what waited in the spool.

    The head goes to the log, which should leave the machine.
    """
    prepare_spool()
    _merge_spool(now)
    sealed = 0
    while more := services.seal(now=now):
        sealed += more
    if sealed:
        log.info("audit.sealed", head=queries.head(), sealed=sealed)


def prepare_spool() -> None:
    """Make the spool where there is none, before anybody needs it. A fault of its disk is told."""
    try:
        spool.here().prepare()
    except OSError as error:
        log.error("audit.spool_failed", error=str(error))


def _merge_spool(now: datetime) -> None:
    """Carry what waits in the spool into the audit. A fault of its disk keeps nobody from sealing."""
    try:
        if merged := services.merge_spool(now=now):
            log.warning("audit.merged", merged=merged)
    except (OSError, ValueError) as error:
        log.error("audit.spool_failed", error=str(error))

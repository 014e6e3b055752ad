"""The files' later work: scanning, scanning again, sweeping."""

from datetime import datetime
from typing import Any

from guildhall.foundation.outbox.failures import FarSideDown

from . import clamd, queries, services, storage
from .models import StoredFile


class BytesMissing(Exception):
    """The row names bytes that are not on disk, or not those that were kept."""


def scan(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Handler of "scan": without an explicit verdict the file stays where it is."""
    file = StoredFile.objects.filter(pk=payload["file"], state=StoredFile.State.QUARANTINED).first()
    if file is None:
        return
    if not storage.sound(file.storage_key, file.sha256):
        raise BytesMissing(str(file.pk))
    try:
        found, signatures = services.look_into(file)
    except clamd.ScannerDown as error:
        raise FarSideDown(str(error)) from error
    services.write_verdict(file, found=found, signatures=signatures, now=now)


def rescan_waiting(now: datetime) -> None:
    """Job: when files wait and the scanner answers, have them scanned now rather than at their next turn."""
    if queries.waiting().exists() and queries.scanner_is_there():
        services.rescan_waiting(now=now)


def sweep_orphans(now: datetime) -> None:
    """Job: delete what uploads that broke off left behind."""
    services.sweep_orphans(now=now)
    services.sweep_arriving(now=now)

"""Chasing files that nobody downloads, and forgetting those whose time is over."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit

from .. import queries
from ..models import Event, Transfer
from . import telling
from .removing import remove
from .uploading import note

_AT_ONCE = 200


def chase_files(*, now: datetime) -> int:
    """Tell the other end once of each file that nobody downloaded in five school days; how many files."""
    found = list(queries.to_chase(timezone.localdate(now))[:_AT_ONCE])
    return sum(_chase(one, now) for one in found)


@transaction.atomic
def _chase(transfer: Transfer, now: datetime) -> bool:
    rows = Transfer.objects.filter(pk=transfer.pk, state=Transfer.State.SENT, chased_at=None)
    if not rows.update(chased_at=now):
        return False
    note(transfer, Event.Act.CHASE, school=None, by=None, now=now)
    telling.tell_destination(transfer, "Waiting", now=now)
    return True


def forget_old(*, now: datetime) -> int:
    """Delete what is kept no longer; how many files."""
    found = list(queries.over(timezone.localdate(now))[:_AT_ONCE])
    for one in found:
        _forget(one, now)
    return len(found)


@transaction.atomic
def _forget(transfer: Transfer, now: datetime) -> None:
    detail = {"state": transfer.state, "source": transfer.source_id, "destination": transfer.destination_id}
    audit.record("transfers.forgotten", by=None, about=transfer, now=now, detail=detail)
    remove(transfer, by=None, now=now)

"""Keeping rows to be looked at, marking them as applied, and forgetting those that nobody applied."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say

from .models import Loading
from .queries import waiting_beside
from .staging import Staged

KEPT = timedelta(days=7)
MOST_WAITING = 10
Kept = TypeVar("Kept", bound=Loading)
Row = TypeVar("Row", bound=Staged)


class NothingToApply(Refusal):
    """Every row is wrong, or says what is so already."""


class TooManyWait(Refusal):
    """As many as are kept of one person wait already."""


class Applied(Refusal):
    """What its rows say was done already, or is being done."""


@transaction.atomic
def keep(made: Kept) -> Kept:
    """Keep ``made`` beside what the same person read before and did not apply. Raises TooManyWait."""
    if waiting_beside(made).count() >= MOST_WAITING:
        raise TooManyWait(say("shared.Error_Sheet_Waiting", most=MOST_WAITING), field="file")
    made.save()
    audit.record(
        f"{made.event}_read", by=made.by, about=made, now=made.read_at, detail={"rows": len(made.rows)}
    )
    return made


def to_apply(rows: Iterable[Row], *states: str, otherwise: str) -> list[Row]:
    """The rows in one of ``states``. Raises NothingToApply, in the words called ``otherwise``."""
    found = [one for one in rows if one.state in states]
    if not found:
        raise NothingToApply(say(otherwise))
    return found


def mark_applied(loading: Loading, *, by: Any, now: datetime) -> None:
    """The caller, who holds it, did what the rows say and counted."""
    # The rows are personal information that nobody needs from here on.
    loading.applied_at, loading.rows = now, []
    loading.save()
    audit.record(f"{loading.event}_applied", by=by, about=loading, now=now, detail=loading.counts)


@transaction.atomic
def discard(loading: Loading, *, by: Any, now: datetime) -> None:
    """Forget what was not applied. Raises Applied."""
    forgotten, _ = type(loading)._default_manager.filter(pk=loading.pk, applied_at=None).delete()
    if not forgotten:
        raise Applied(say("shared.Error_Sheet_Applied"))
    about = (loading._meta.label_lower, str(loading.pk))
    audit.record(f"{loading.event}_discarded", by=by, about=about, now=now)


def forget_unapplied(kind: type[Loading], *, now: datetime) -> None:
    """Forget what was read a week ago and never applied."""
    kind._default_manager.filter(applied_at=None, read_at__lt=now - KEPT).delete()

"""Counting tries before they are checked, so that many at once cannot slip through."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from .. import rules
from ..models import Guard


class Shut(Refusal):
    """Too many tries. ``until`` is when the next one is allowed, ``minutes`` how long that is from now."""

    def __init__(self, until: datetime, now: datetime) -> None:
        self.until = until
        self.minutes = max(1, round((until - now).total_seconds() / 60 + 0.49))
        super().__init__(texts.say("account.Error_TooManyTries", minutes=self.minutes))


@transaction.atomic
def spend(what: str, whose: str, *, limit: rules.Limit, now: datetime) -> Guard:
    """Count one try as wrong before it is checked; ``forgive`` takes it back. Raises Shut."""
    guard = _held(what, whose)
    if guard.shut_until is not None and rules.is_shut(guard, now):
        raise Shut(guard.shut_until, now)
    rules.count_try(guard, limit, now)
    guard.save()
    return guard


@transaction.atomic
def take_back(what: str, whose: str, *, limit: rules.Limit) -> None:
    """The try counted last was not checked after all."""
    guard = _held(what, whose)
    rules.take_back_try(guard, limit)
    guard.save()


@transaction.atomic
def forgive(what: str, whose: str) -> None:
    """The try counted last was right."""
    guard = _held(what, whose)
    rules.forgive_try(guard)
    guard.save()


def open_again(what: str, whose: str) -> None:
    """Forget every wrong try, because the owner proved who they are."""
    Guard.objects.filter(what=what, whose=whose).delete()


def _held(what: str, whose: str) -> Guard:
    rows = Guard.objects.select_for_update().filter(what=what, whose=whose)
    if guard := rows.first():
        return guard
    Guard.objects.bulk_create([Guard(what=what, whose=whose)], ignore_conflicts=True)
    return rows.get()

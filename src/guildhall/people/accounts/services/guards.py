"""Counting tries before they are checked, so that many at once cannot slip through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from guildhall.foundation.kit import statements
from guildhall.foundation.kit.joining import joined
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from .. import rules
from ..models import Device, Guard

ONE_GUARD = ("what", "whose")


class Shut(Refusal):
    """Too many tries of the kind ``what``. The next is allowed at ``until``, ``minutes`` from now."""

    def __init__(self, until: datetime, now: datetime, *, what: str = "") -> None:
        self.until, self.what = until, what
        self.minutes = max(1, round((until - now).total_seconds() / 60 + 0.49))
        super().__init__(texts.say("account.Error_TooManyTries", minutes=self.minutes))


@dataclass(frozen=True)
class Wanted:
    """A try of one kind (``what``) by or against one thing (``whose``), within ``limit``."""

    what: str
    whose: str
    limit: rules.Limit


def spend(what: str, whose: str, *, limit: rules.Limit, now: datetime) -> Guard:
    """Count one try as wrong before it is checked; ``forgive`` takes it back. Raises Shut."""
    return spend_each(Wanted(what, whose, limit), now=now)[0]


@joined
def spend_each(*wanted: Wanted, now: datetime) -> list[Guard]:
    """Count several tries together, or none: raises Shut for the first kind that is shut."""
    found = _held(*((one.what, one.whose) for one in wanted))
    for guard in found:
        if guard.shut_until is not None and rules.is_shut(guard, now):
            raise Shut(guard.shut_until, now, what=guard.what)
    for guard, one in zip(found, wanted, strict=True):
        rules.count_try(guard, one.limit, now)
    _keep(found)
    return found


@joined
def take_back(what: str, whose: str, *, limit: rules.Limit) -> None:
    """The try counted last was not checked after all."""
    [guard] = _held((what, whose))
    rules.take_back_try(guard, limit)
    guard.save()


@joined
def forgive(*keys: tuple[str, str]) -> None:
    """The tries counted last, of these kinds and things (``what``, ``whose``), were right."""
    found = _held(*keys)
    for guard in found:
        rules.forgive_try(guard)
    _keep(found)


def open_again(what: str, whose: str) -> None:
    """Forget every wrong try, because the owner proved who they are."""
    Guard.objects.filter(what=what, whose=whose).delete()


def open_for(user_id: int, devices: Iterable[Device] = ()) -> None:
    """Forget every wrong password and code for one account, wherever it was typed."""
    open_again("password", f"user:{user_id}")
    open_again("code", f"user:{user_id}")
    for device in devices:
        open_again("password", f"device:{device.pk}")


def _held(*keys: tuple[str, str]) -> list[Guard]:
    """The guards of ``keys``, made where there were none, locked until the transaction ends."""
    return statements.hold(Guard, ONE_GUARD, *keys)


def _keep(found: list[Guard]) -> None:
    statements.keep(found, ONE_GUARD)

"""Doing a unit of work again when two transactions crossed (F24)."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, IntegrityError, OperationalError, transaction

from . import turns

TRIES = 3
# Seconds before the second try, at most; before the third twice that, and never less than half of it. Whoever
# tries again at once has the same locks again before the other one has woken up, and crosses anew.
PAUSE = 0.2
# Serialization failure, deadlock, lock not available: the database undid everything; the next try may pass.
_CROSSED = frozenset({"40001", "40P01", "55P03"})

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def again_when_crossed(unit: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Run ``unit`` in a transaction of its own, up to three times while it crosses with others, who go first.

    Every try begins anew, so ``unit`` must look at everything again under its locks, and change nothing
    outside the database that may not be done twice. Inside a larger transaction it runs once: only the whole
    of that can be tried again. After the last try the error goes on, and the person reads to try again.
    """
    return _again(unit, crossed)


def again_when_first_or_crossed(unit: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """As ``again_when_crossed``; also when somebody was faster to write a row of which there is only one."""
    return _again(unit, lambda error: isinstance(error, IntegrityError) or crossed(error))


def crossed(error: DatabaseError) -> bool:
    """Whether ``error`` says only that somebody else was in the way."""
    if not isinstance(error, OperationalError):
        return False
    return getattr(error.__cause__, "sqlstate", "") in _CROSSED or "locked" in str(error)


def _again(
    unit: Callable[Asked, Answer], may_pass: Callable[[DatabaseError], bool]
) -> Callable[Asked, Answer]:
    @wraps(unit)
    def tried(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        left = 1 if transaction.get_connection().in_atomic_block else TRIES
        pause = PAUSE
        while True:
            left -= 1
            try:
                with transaction.atomic():
                    return unit(*args, **kwargs)
            except DatabaseError as error:
                if not left or not may_pass(error):
                    raise
                if crossed(error):
                    _let_others_go(pause)
            pause *= 2

    return tried


def _let_others_go(pause: float) -> None:
    """Wait up to ``pause`` seconds, not all who crossed the same. Meanwhile this process answers others."""
    with turns.aside():
        time.sleep(random.uniform(pause / 2, pause))

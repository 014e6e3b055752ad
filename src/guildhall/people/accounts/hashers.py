"""How passwords are kept, and how many are worked out at once."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts


class Busy(Refusal):
    """So many people are signing in that this one must try again in a few seconds."""


class _Counter:
    """Lets ``at_once`` hashes run and ``waiting`` wait in this process; refuses the rest at once."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._room = threading.BoundedSemaphore(at_once + waiting)
        self._run = threading.BoundedSemaphore(at_once)

    @contextmanager
    def turn(self) -> Iterator[None]:
        if not self._room.acquire(blocking=False):
            raise Busy(texts.say("account.Error_Busy"))
        try:
            with self._run:
                yield
        finally:
            self._room.release()


_counter = _Counter(
    at_once=getattr(settings, "HASHES_AT_ONCE", 0) or os.cpu_count() or 1,
    waiting=getattr(settings, "HASHES_WAITING", 4),
)


class BoundedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with the least memory that OWASP recommends, a few at a time.

    A hash costs as much as dozens of pages, so a crowd at sign-in must not stop those who fill in forms.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _counter.turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _counter.turn():
            return super().verify(password, encoded)

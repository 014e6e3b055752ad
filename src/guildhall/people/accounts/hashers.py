"""How passwords are kept, and how their hashes are worked out one after another (decision 8)."""

import fcntl
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path
from typing import IO, TypeVar

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from guildhall.foundation.kit import turns
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

Result = TypeVar("Result")
LEAST_MEMORY = 8  # KiB, below which Argon2 refuses to work


class Busy(Refusal):
    """So many people are signing in that this one must try again in a few seconds."""


class Queue:
    """Works out one hash after another in a thread of its own; ``waiting`` more may wait for it."""

    def __init__(self, waiting: int) -> None:
        self._room = threading.BoundedSemaphore(1 + waiting)
        self._worker = ThreadPoolExecutor(1, "hashing")

    def run(self, work: Callable[[], Result]) -> Result:
        """What ``work`` returns, when its turn has come. Raises Busy when too many wait."""
        if not self._room.acquire(blocking=False):
            raise Busy(texts.say("account.Error_Busy"))
        try:
            with turns.aside():
                return self._worker.submit(_in_slot, work).result()
        finally:
            self._room.release()


def _in_slot(work: Callable[[], Result]) -> Result:
    """Run ``work`` while no process that shares our slot runs its own.

    On a disk that takes nothing there may be no slot. Then nobody waits: it is about speed, and a person who
    signs in can still read.
    """
    with ExitStack() as held:
        with suppress(OSError):
            path = settings.DATA / f"hashing-{os.getpid() % settings.HASHES_AT_ONCE}.lock"
            slot = held.enter_context(_opened(path))
            fcntl.flock(slot, fcntl.LOCK_EX)
        return work()


def _opened(path: Path) -> IO[str]:
    """The file, made where there is none; one that is there is only read, which any disk allows."""
    try:
        return path.open()
    except FileNotFoundError:
        return path.open("a")


def refuse_crowd() -> None:
    """Raise Busy where too many wait to sign in, before anything is counted or looked up."""
    if turns.crowded_out():
        raise Busy(texts.say("account.Error_Busy"))


@cache
def queue() -> Queue:
    """The queue of this process."""
    return Queue(settings.SIGN_INS_WAITING)


class BoundedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id, two and a half times the least that OWASP recommends, one at a time.

    A hash costs as much as dozens of pages, so a crowd at sign-in must not stop those who fill in forms.
    """

    time_cost = 3
    memory_cost = 32 * 1024  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        hashed = super().encode
        return queue().run(lambda: hashed(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        same = super().verify
        return queue().run(lambda: same(password, encoded))

    def harden_runtime(self, password: str, encoded: str) -> None:
        """What a hash of cheaper days left undone, or a wrong password would tell that the name is known."""
        kept = self.decode(encoded)
        left = self.time_cost * self.memory_cost - kept["time_cost"] * kept["memory_cost"]
        rest = Argon2PasswordHasher()
        rest.time_cost, rest.memory_cost, rest.parallelism = self.time_cost, left // self.time_cost, 1
        if rest.memory_cost >= LEAST_MEMORY:
            queue().run(lambda: rest.encode(password, kept["salt"]))

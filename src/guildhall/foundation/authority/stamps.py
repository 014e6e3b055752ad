"""Keeping what a process holds in memory as fresh as the database, for one query a request."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any, ClassVar, Generic, TypeVar
from weakref import WeakSet

from django.db import connection

from .models import Stamp

Held = TypeVar("Held")

NEVER_CHANGED = 0
CHANGING = -1

_seen: ContextVar[dict[str, int] | None] = ContextVar("stamps", default=None)


def read_stamps() -> dict[str, int]:
    """The revision of every kind of shared data, as the database has it now."""
    # Not a queryset: every request begins with this, and working out its SQL is most of what one costs.
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, revision FROM authority_stamp")
        return dict(cursor.fetchall())


def begin_request() -> None:
    """Read the stamps once; everything held is checked against them until ``end_request``."""
    _seen.set(read_stamps())


def end_request() -> None:
    _seen.set(None)


def put(name: str, revision: int) -> None:
    """Keep a number that somebody outside the program compares."""
    Stamp.objects.update_or_create(name=name, defaults={"revision": revision})


def touch(name: str) -> None:
    """Say, inside the transaction that changes it, that the kind of data called ``name`` has changed."""
    # Random, not counted: after a restored backup or a rolled-back test no old number comes back.
    put(name, secrets.randbits(60))
    if (seen := _seen.get()) is not None:
        seen[name] = CHANGING


class Kept(Generic[Held]):
    """A value that every process keeps in memory and reads again when its stamp has moved.

    What is read outside a request, or after a change in the same request, is not kept: that transaction
    may still be undone.
    """

    everything: ClassVar[WeakSet["Kept[Any]"]] = WeakSet()

    def __init__(self, name: str, load: Callable[[], Held], *, what: str = "") -> None:
        self.name = name
        self.what = what or name
        self.hits = self.misses = 0
        self.read_at = 0.0
        self._load = load
        self._kept: tuple[int, Held] | None = None
        self.everything.add(self)

    def get(self) -> Held:
        seen = _seen.get()
        revision = seen.get(self.name, NEVER_CHANGED) if seen is not None else CHANGING
        if revision == CHANGING:
            return self._load()
        if (kept := self._kept) is None or kept[0] != revision:
            self._kept = kept = (revision, self._load())
            self.misses += 1
            self.read_at = time.monotonic()
        else:
            self.hits += 1
        return kept[1]

    def held(self) -> Held | None:
        """What is kept now, without reading anything: for the page that shows it."""
        return self._kept[1] if self._kept else None

    def forget(self) -> None:
        self._kept = None


def everything_kept() -> Iterator[Kept[Any]]:
    """All that this process keeps, in the order of its names."""
    yield from sorted(Kept.everything, key=lambda kept: (kept.name, kept.what))

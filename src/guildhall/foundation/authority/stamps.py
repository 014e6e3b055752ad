"""Keeping what a process holds in memory as fresh as the database, for one query a request."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Generic, TypeVar

from django.db.models import F

from .models import Stamp

Held = TypeVar("Held")

_seen: ContextVar[dict[str, int] | None] = ContextVar("stamps", default=None)


def read_stamps() -> dict[str, int]:
    """The revision of every kind of shared data, as the database has it now."""
    return dict(Stamp.objects.values_list("name", "revision"))


def begin_request() -> None:
    """Read the stamps once; everything held is checked against them until ``end_request``."""
    _seen.set(read_stamps())


def end_request() -> None:
    _seen.set(None)


def touch(name: str) -> None:
    """Say, inside the transaction that changes it, that the kind of data called ``name`` has changed."""
    Stamp.objects.get_or_create(name=name)
    Stamp.objects.filter(name=name).update(revision=F("revision") + 1)
    if (seen := _seen.get()) is not None:
        seen.pop(name, None)


class Kept(Generic[Held]):
    """A value that every process keeps in memory and reads again when its stamp has moved."""

    def __init__(self, name: str, load: Callable[[], Held]) -> None:
        self.name = name
        self._load = load
        self._revision: int | None = None
        self._value: Held | None = None

    def get(self) -> Held:
        seen = _seen.get()
        revision = seen.get(self.name, 0) if seen is not None else None
        if self._value is None or revision is None or revision != self._revision:
            self._value = self._load()
            self._revision = revision
        return self._value

    def forget(self) -> None:
        self._value = None
        self._revision = None

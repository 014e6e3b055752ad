"""Where a look at a child is written down while the database takes nothing (decision 21).

One file of a fixed size, made long before it is needed and best on another disk. Each entry is forced to
that disk before the page leaves. A job carries the entries into the database when it takes them again.

The file begins with two headers, of which the newer sound one counts; from ``_FIRST`` on lie the entries,
each with its length and a digest that also covers the header's generation and its own place. So the first
entry that does not fit is the end: nothing there, something half written, or left from an earlier generation.
"""

import fcntl
import json
import os
import struct
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

_MAGIC = b"GHSPOOL1"
_DIGEST = 16
_HEADER = struct.Struct(f"<8s16sQ{_DIGEST}s")  # magic, number of the spool, generation, digest
_SLOTS = (0, 512)
_ENTRY = struct.Struct(f"<I{_DIGEST}s")  # length, digest
_FIRST = 4096
_ZEROS = bytes(1 << 20)

# File → its number and generation, how many entries it has and where they end, as this process saw it last.
_known: dict[Path, tuple[bytes, int, int, int]] = {}


class SpoolFull(OSError):
    """No entry fits any more."""


@dataclass(frozen=True)
class Waiting:
    """What was read of a spool: its number, its generation, and the entries in the order they were written.

    An entry is known for ever by these two and its place among ``entries``, which begin at 1. ``end`` is
    where in the file they end.
    """

    spool: str
    generation: int
    entries: list[dict[str, Any]]
    end: int


@dataclass(frozen=True)
class Standing:
    """How a spool stands. ``used``: the share of its room that is taken; ``oldest``: the first that waits."""

    there: bool
    waiting: int = 0
    used: float = 0.0
    oldest: datetime | None = None


class Spool:
    """The spool in ``folder``, of ``size`` bytes once made. Several processes and threads may use it."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size = folder, size
        self.path = folder / "looks"

    def prepare(self) -> None:
        """Make the file with all its room, unless it is there. Raises OSError."""
        if self.path.exists():
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = self.path.with_suffix(f".{uuid.uuid4().hex}")
        try:
            self._make(half)
            with suppress(FileExistsError):  # another process was quicker
                os.link(half, self.path)
        finally:
            half.unlink(missing_ok=True)
        _sync_folder(self.folder)

    def append(self, entry: dict[str, Any]) -> None:
        """Write ``entry`` behind the others, forced to the disk. Raises OSError, and then nothing counts."""
        self.prepare()
        words = json.dumps(_sound(entry), ensure_ascii=True, separators=(",", ":")).encode()
        with self._locked() as file:
            number, generation = _header(file)
            count, end = self._last(file, number, generation)
            written = _ENTRY.pack(len(words), _digest(number, generation, count + 1, words)) + words
            if end + len(written) > os.fstat(file).st_size:
                raise SpoolFull(f"{self.path} is full")
            try:
                _write(file, written, end)
                os.fdatasync(file)
            except OSError:
                # Else a later entry would stand behind one of which nobody knows whether the disk has it.
                with suppress(OSError):
                    _write(file, bytes(_ENTRY.size), end)
                raise
            _known[self.path] = number, generation, count + 1, end + len(written)

    def waiting(self) -> Waiting | None:
        """Everything in the spool; None where there is no spool. Raises OSError."""
        if not self.path.exists():
            return None
        with self._locked() as file:
            number, generation = _header(file)
            found = list(_entries(file, number, generation))
        end = found[-1][0] if found else _FIRST
        return Waiting(str(uuid.UUID(bytes=number)), generation, [json.loads(each) for _, each in found], end)

    def clear(self, merged: Waiting) -> bool:
        """Empty the spool, unless something was written since ``merged`` was read; whether it was emptied.

        The new header comes first: if the power fails behind it, what is left belongs to no generation.
        """
        with self._locked() as file:
            number, generation = _header(file)
            same = (str(uuid.UUID(bytes=number)), generation) == (merged.spool, merged.generation)
            if not same or self._last(file, number, generation)[1] != merged.end:
                return False
            _write(file, _made_header(number, generation + 1), _SLOTS[(generation + 1) % 2])
            os.fdatasync(file)
            for at in range(_FIRST, merged.end, len(_ZEROS)):
                _write(file, _ZEROS[: merged.end - at], at)
            os.fdatasync(file)
        return True

    def standing(self) -> Standing:
        """How it stands; not there also when it cannot be read."""
        try:
            found = self.waiting()
            if found is None:
                return Standing(False)
            room = self.path.stat().st_size - _FIRST
        except (OSError, ValueError):
            return Standing(False)
        oldest = datetime.fromisoformat(found.entries[0]["at"]) if found.entries else None
        return Standing(True, len(found.entries), (found.end - _FIRST) / room, oldest)

    def _make(self, path: Path) -> None:
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            # Zeros, not a promise of room: some file systems break that when the disk is full.
            for at in range(0, self.size, len(_ZEROS)):
                _write(file, _ZEROS[: self.size - at], at)
            _write(file, _made_header(uuid.uuid4().bytes, 1), _SLOTS[1])
            os.fsync(file)
        finally:
            os.close(file)

    def _last(self, file: int, number: bytes, generation: int) -> tuple[int, int]:
        """How many entries there are, and where they end: what this process knows, and what others added."""
        count, end = 0, _FIRST
        if (known := _known.get(self.path)) is not None and known[:2] == (number, generation):
            count, end = known[2:]
        for last, _ in _entries(file, number, generation, count, end):
            count, end = count + 1, last
        return count, end

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """The open file, while nobody else has it. The lock is of an open file, so threads wait as well."""
        file = os.open(self.path, os.O_RDWR)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)


def here() -> Spool:
    """The spool of this machine."""
    return Spool(Path(settings.AUDIT_SPOOL), settings.AUDIT_SPOOL_BYTES)


def _header(file: int) -> tuple[bytes, int]:
    """Number and generation of the spool. Raises OSError where neither header is sound."""
    found = []
    for slot in _SLOTS:
        magic, number, generation, digest = _HEADER.unpack(os.pread(file, _HEADER.size, slot))
        if magic == _MAGIC and digest == _digest(number, generation, 0, b""):
            found.append((generation, number))
    if not found:
        raise OSError("This file is no spool, or its beginning is damaged")
    generation, number = max(found)
    return number, generation


def _made_header(number: bytes, generation: int) -> bytes:
    return _HEADER.pack(_MAGIC, number, generation, _digest(number, generation, 0, b""))


def _entries(
    file: int, number: bytes, generation: int, place: int = 0, at: int = _FIRST
) -> Iterator[tuple[int, bytes]]:
    """The words of each entry behind the one at ``place``, which ended ``at``; each with where it ends."""
    size = os.fstat(file).st_size
    while at + _ENTRY.size <= size:
        place += 1
        length, digest = _ENTRY.unpack(os.pread(file, _ENTRY.size, at))
        if not 0 < length <= size - at - _ENTRY.size:
            return
        words = os.pread(file, length, at + _ENTRY.size)
        if digest != _digest(number, generation, place, words):
            return
        at += _ENTRY.size + length
        yield at, words


def _digest(number: bytes, generation: int, place: int, words: bytes) -> bytes:
    return sha256(number + struct.pack("<QQ", generation, place) + words).digest()[:_DIGEST]


def _write(file: int, content: bytes, at: int) -> None:
    """Write all of it; a disk may take less at a time."""
    while content:
        written = os.pwrite(file, content, at)
        content, at = content[written:], at + written


def _sound(value: Any) -> Any:
    """The same without what a database refuses to keep in a text."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_sound(key): _sound(each) for key, each in value.items()}
    return [_sound(each) for each in value] if isinstance(value, (list, tuple)) else value


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

"""Word and Excel files of before 2007: a small file system inside a file.

The reader follows [MS-CFB] as far as names, sizes and the first bytes of a stream; what does not fit is
damaged.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from .objection import Objection

START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFFFFFA  # this number and those above it are not sectors
_MAIN = {"doc": ("WordDocument",), "xls": ("Workbook", "Book")}
_MACROS = {"macros", "vba", "_vba_project", "_vba_project_cur", "dir"}
_OBJECTS = {"\x01ole10native", "package"}
_FILEPASS, _BOUNDSHEET, _EOF = 0x2F, 0x85, 0x0A


@dataclass(frozen=True)
class Part:
    """A stream or storage: its name, first sector and size in bytes."""

    name: str
    first: int
    size: int
    is_stream: bool


class Compound:
    """The parts of a compound file, and the first bytes of each. Raises Objection("Damaged")."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        try:
            self._read()
        except (struct.error, IndexError, ValueError) as error:
            raise Objection("Damaged") from error

    def _read(self) -> None:
        shift, mini_shift = struct.unpack_from("<HH", self.content, 30)
        if shift not in {9, 12} or mini_shift != 6:
            raise Objection("Damaged")
        self.sector = 1 << shift
        _fats, directory, _sig, self.cutoff, mini, _minis = struct.unpack_from("<6I", self.content, 44)
        self.fat = self._table(self._fat_sectors(), most=len(self.content) // self.sector + self.sector)
        self.mini_fat = self._table(self._chain(mini), most=len(self.content) // 64 + self.sector)
        self.parts = list(self._directory(directory))
        if not self.parts:
            raise Objection("Damaged")
        self._mini_stream = list(self._chain(self.parts[0].first))

    def _fat_sectors(self) -> Iterator[int]:
        yield from (n for n in struct.unpack_from("<109I", self.content, 76) if n < _FREE)
        following, seen = struct.unpack_from("<I", self.content, 68)[0], set[int]()
        while following < _FREE and following not in seen:
            seen.add(following)
            numbers = struct.unpack(f"<{self.sector // 4}I", self._bytes(following))
            yield from (n for n in numbers[:-1] if n < _FREE)
            following = numbers[-1]

    def _table(self, sectors: Iterator[int], *, most: int) -> list[int]:
        """The numbers in ``sectors``, which must be whole; a file that claims more than it has room for is a
        trap."""
        numbers: list[int] = []
        for number in sectors:
            if len(numbers) > most or (number + 2) * self.sector > len(self.content):
                raise Objection("Damaged")
            numbers.extend(struct.unpack(f"<{self.sector // 4}I", self._bytes(number)))
        return numbers

    def _bytes(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        found = self.content[start : start + self.sector]
        if not found:
            raise Objection("Damaged")
        return found.ljust(self.sector, b"\0")

    def _chain(self, number: int, table: list[int] | None = None) -> Iterator[int]:
        table, seen = self.fat if table is None else table, set[int]()
        while number < _FREE:
            if number in seen:
                raise Objection("Damaged")
            seen.add(number)
            yield number
            number = table[number]

    def _directory(self, first: int) -> Iterator[Part]:
        for sector in self._chain(first):
            data = self._bytes(sector)
            for at in range(0, self.sector, 128):
                length, kind = struct.unpack_from("<HB", data, at + 64)
                if kind in {1, 2, 5}:
                    name = data[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
                    start, size = struct.unpack_from("<II", data, at + 116)
                    yield Part(name, start, size, is_stream=kind == 2)

    def start_of(self, part: Part, most: int) -> bytes:
        """The first bytes of a stream, up to ``most``."""
        wanted = min(part.size, most)
        try:
            return self._start(part, wanted)
        except (struct.error, IndexError) as error:
            raise Objection("Damaged") from error

    def _start(self, part: Part, wanted: int) -> bytes:
        found = b""
        small = part.size < self.cutoff
        for number in self._chain(part.first, self.mini_fat if small else self.fat):
            found += self._mini(number) if small else self._bytes(number)
            if len(found) >= wanted:
                break
        if len(found) < wanted:
            raise Objection("Damaged")
        return found[:wanted]

    def _mini(self, number: int) -> bytes:
        each = self.sector // 64
        data = self._bytes(self._mini_stream[number // each])
        return data[number % each * 64 :][:64]


def inspect(content: bytes, kind: str) -> None:
    """Raise Objection unless ``content`` is a sound file of ``kind`` (doc, xls)."""
    if not content.startswith(START):
        raise Objection("Content")
    compound = Compound(content)
    streams = {part.name: part for part in compound.parts if part.is_stream}
    names = {part.name.lower() for part in compound.parts}
    main = next((streams[name] for name in _MAIN[kind] if name in streams), None)
    if main is None:
        raise Objection("Encrypted" if "encryptedpackage" in names else "Content")
    if names & _MACROS:
        raise Objection("Macros")
    if names & _OBJECTS:
        raise Objection("Nested")
    if kind == "doc":
        _check_word(compound.start_of(main, 32))
    else:
        _check_sheets(compound.start_of(main, 1024 * 1024))


def is_encrypted_package(content: bytes) -> bool:
    """Whether this is a newer document that a password closes: such a one hides in an old container."""
    return "EncryptedPackage" in {part.name for part in Compound(content).parts}


def _check_word(start: bytes) -> None:
    if len(start) < 12:
        raise Objection("Damaged")
    if struct.unpack_from("<H", start, 10)[0] & 0x0100:
        raise Objection("Encrypted")


def _check_sheets(start: bytes) -> None:
    """Walk the records of the workbook's first part: a password, and sheets of old macros."""
    at = 0
    while at + 4 <= len(start):
        record, length = struct.unpack_from("<HH", start, at)
        if record == _FILEPASS:
            raise Objection("Encrypted")
        if record == _BOUNDSHEET and length > 5 and start[at + 4 + 5] == 1:
            raise Objection("Macros")
        if record == _EOF:
            return
        at += 4 + length

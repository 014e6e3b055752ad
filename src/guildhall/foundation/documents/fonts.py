"""The composer's fonts, and which characters they can show.

The set-up puts them into ``fonts`` from their package. Every font there is used where the first one has
no shape for a character, so that more scripts need one more file and nothing else.
"""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Family(NamedTuple):
    """What a kind of font is called in a PDF, where it is embedded, and in Word, where the reader has it."""

    pdf: str
    word: str


FAMILIES = {
    "sans": Family("Noto Sans", "Arial"),
    "serif": Family("Libertinus Serif", "Times New Roman"),
    "mono": Family("DejaVu Sans Mono", "Courier New"),
}
_FOLDER = Path(__file__).parent / "fonts"


class NoFonts(Exception):
    """The set-up has not put the fonts in their place."""


def folder() -> Path:
    """Where the fonts lie. Raises NoFonts."""
    if not any(_FOLDER.glob("*.ttf")):
        raise NoFonts(f"There are no fonts in {_FOLDER}. Run ./run or ./test, which put them there.")
    return _FOLDER


@cache
def covered() -> frozenset[int]:
    """The code points that every weight of some family in the folder can show."""
    families: dict[str, set[int]] = {}
    for path in folder().glob("*.ttf"):
        family = path.stem.partition("_")[0]
        points = set(_points(path.read_bytes()))
        families[family] = families.get(family, points) & points
    return frozenset().union(*families.values())


def _points(font: bytes) -> Iterator[int]:
    """The code points in the ``cmap`` of an OpenType font: tables of format 4 and 12."""
    start = _table(font, b"cmap")
    for index in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">I", font, start + 4 + index * 8 + 4)[0]
        kind = struct.unpack_from(">H", font, at)[0]
        if kind == 4:
            yield from _format_4(font, at)
        elif kind == 12:
            yield from _format_12(font, at)


def _table(font: bytes, name: bytes) -> int:
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", font, 12 + index * 16)
        if tag == name:
            return offset
    raise NoFonts(f"A font has no {name.decode()} table.")


def _format_4(font: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + count * 2)
    for first, last in zip(starts, ends, strict=True):
        if last != 0xFFFF:
            yield from range(first, last + 1)


def _format_12(font: bytes, at: int) -> Iterator[int]:
    for index in range(struct.unpack_from(">I", font, at + 12)[0]):
        first, last = struct.unpack_from(">II", font, at + 16 + index * 12)
        yield from range(first, last + 1)

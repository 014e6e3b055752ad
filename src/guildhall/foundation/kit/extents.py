"""How large a table of a workbook is, found before anything makes room for it.

A file of a few hundred bytes may say that it has a value in its last row and column. What reads it would make
room for every cell up to there, which no machine has, and the whole program would end.
"""

import zipfile
from collections.abc import Mapping
from functools import lru_cache
from typing import IO
from xml.parsers import expat

_TABLES = b"sheetData", b"table-row"
_VALUES = {"v", "f", "is", "t", "p"}
_OPEN_DOCUMENT = {"table", "table-row", "table-cell", "covered-table-cell"}
_AT_ONCE = 1_000_000
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class NoExtent(ValueError):
    """A table is not written as one is."""


def most_cells(packed: zipfile.ZipFile) -> int:
    """Up to how many cells the largest table in ``packed`` reaches; 0 without any. Raises NoExtent."""
    return max((_cells(packed, member) for member in packed.infolist()), default=0)


def _cells(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    with packed.open(member) as content:
        if not _is_table(content):
            return 0
    reach = _Reach()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reach.begin
    with packed.open(member) as content:
        try:
            while some := content.read(_AT_ONCE):
                parser.Parse(some)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError) as problem:
            raise NoExtent from problem
    return reach.height * reach.width


def _is_table(content: IO[bytes]) -> bool:
    """Whatever a file is called, it is read as a table when it has what one has."""
    before = b""
    while some := content.read(_AT_ONCE):
        if any(mark in before + some for mark in _TABLES):
            return True
        before = some[-20:]
    return False


class _Reach:
    """The last row and column with a value, in Excel's way of writing (``row``, ``c``) and in OpenDocument's
    (``table-row``, ``table-cell``), where both may say how often they are repeated."""

    def __init__(self) -> None:
        self.height = self.width = 0
        self.row = self.column = self.rows = 0

    def begin(self, name: str, told: Mapping[str, str]) -> None:
        """An element begins; there are millions, and most are a cell of Excel's or its value."""
        kind = name.rpartition(":")[2] if ":" in name else name
        if kind == "c":
            self._excels_cell(told.get("r", ""))
        elif kind in _VALUES:
            self._reach()
        elif kind == "row":
            self.row, self.column = int(told.get("r", self.row + 1)), 0
        elif kind in _OPEN_DOCUMENT:
            self._open_document(kind, {key.rpartition(":")[2]: value for key, value in told.items()})

    def _excels_cell(self, place: str) -> None:
        letters = place.rstrip("0123456789")
        self.column = _number(letters) if letters else self.column + 1
        self.row = int(place[len(letters) :] or self.row)

    def _open_document(self, kind: str, told: Mapping[str, str]) -> None:
        if kind == "table":
            self.row = self.rows = 0
        elif kind == "table-row":
            self.row, self.column = self.row + self.rows, 0
            self.rows = _times(told, "number-rows-repeated")
        else:
            self.column += _times(told, "number-columns-repeated")
            if any(key.endswith(("value", "value-type")) for key in told):
                self._reach()

    def _reach(self) -> None:
        if self.row + self.rows > self.height:
            self.height = self.row + self.rows
        if self.column > self.width:
            self.width = self.column


def _times(told: Mapping[str, str], name: str) -> int:
    return max(1, int(told.get(name, 1)))


@lru_cache(maxsize=20_000)
def _number(letters: str) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + _LETTERS.index(letter) + 1
    return number

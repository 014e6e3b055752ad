"""A file parted into rows of values: text in any usual encoding and with any delimiter, or a workbook."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.kit.refusals import Refusal

MOST_BYTES = 2_000_000_000
MOST_LINES_IN_A_ROW = 20
WIDEST = 500
_DELIMITERS = ",;\t|"
_NOTHING = ' \r\n\t,;|"'
_SEPARATOR = re.compile(r"sep=([,;\t|])", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_WORKBOOK = b"PK\x03\x04"
# What begins like this, or has one of these signs, is no text.
_NO_TEXT = "%PDF-"
_UNPRINTED = re.compile(r"[\x01-\x08\x0e-\x1b]")


class UnreadableFile(Refusal):
    """The file cannot be used at all; the message says what is wrong and what to do.

    ``code`` is the same for a page: large, closed, many, name, empty, binary; ``headings`` are those of the
    file where they are what is wrong.
    """

    def __init__(self, message: str, *, code: str, headings: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.code, self.headings = code, headings


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a workbook may hold: rows, cells of its largest sheet, bytes when it is unpacked."""

    rows: int
    cells: int
    unpacked: int


# Excel has no more rows; each cell is kept in some 150 bytes while it is read.
OF_A_COMMAND = Bounds(rows=1_048_576, cells=20_000_000, unpacked=2_000_000_000)


@dataclass(frozen=True, slots=True)
class Written:
    """Lines of text, the place of the first that says something, and what parts the values."""

    lines: list[str]
    begin: int
    delimiter: str

    def rows(self, wide: int | None = None) -> Iterator[tuple[int, list[str] | None]]:
        """The number and the values of every line that is not empty, each by itself, so that one which is
        broken spoils no other: its values are None. Over several lines there must be ``wide`` values."""
        at = self.begin
        while at < len(self.lines):
            values, taken = _values(self.lines, at, self.delimiter, wide=wide)
            number, at = at + 1, at + taken
            if values is None or any(values):
                yield number, values


@dataclass(frozen=True, slots=True)
class Workbook:
    """The cells of the first sheet. None slips into another column, so a note beside them is no fault."""

    cells: list[list[Any]]

    def rows(self, _wide: int | None = None) -> Iterator[tuple[int, list[str] | None]]:
        """The number and the values of every row that is not empty."""
        for number, cells in enumerate(self.cells, start=1):
            values = [spreadsheets.as_typed(cell).strip() for cell in cells]
            if any(values):
                yield number, values


def content_of(path: Path) -> bytes:
    """What is in the file at ``path``. Raises UnreadableFile."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFile(
                f"{path.name} is larger than {MOST_BYTES // 1_000_000:,} MB. Divide it.", code="large"
            )
        return path.read_bytes()
    except OSError as problem:
        raise UnreadableFile(f"{path} cannot be read: {problem.strerror}.", code="closed") from problem


def parted(content: bytes, name: str, bounds: Bounds = OF_A_COMMAND) -> Written | Workbook:
    """The rows of the file called ``name``. Raises UnreadableFile."""
    if content.startswith(_WORKBOOK):
        return _workbook(content, name, bounds)
    return _written(spreadsheets.text_of(content).replace("\0", ""), name)


def _workbook(content: bytes, name: str, bounds: Bounds) -> Workbook:
    try:
        book = spreadsheets.opened(content, most_unpacked=bounds.unpacked, most_cells=bounds.cells)
        return Workbook(spreadsheets.rows(book, 0, most=bounds.rows, widest=WIDEST))
    except spreadsheets.TooLarge as problem:
        raise UnreadableFile(
            f"{name} has too many rows or columns for a workbook. Save it as CSV, or divide it.", code="many"
        ) from problem
    except spreadsheets.NoWorkbook as problem:
        raise _no_table(name) from problem


def _no_table(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name} is no CSV file and no Excel workbook (.xlsx). "
        "Open it in a spreadsheet program and save it as one of them, without a password.",
        code="binary",
    )


def _written(text: str, name: str) -> Written:
    """A spreadsheet program may say in a line of its own what parts the values (``sep=;``)."""
    if text.startswith(_NO_TEXT) or _UNPRINTED.search(text[:10_000]):
        raise _no_table(name)
    lines = list(io.StringIO(text, newline=""))
    begin = next((at for at, line in enumerate(lines) if line.strip(_NOTHING)), len(lines))
    if begin < len(lines) and (found := _SEPARATOR.fullmatch(lines[begin].strip(' "\r\n'))):
        return Written(lines, begin + 1, found[1])
    return Written(lines, begin, _delimiter(lines[begin]) if lines[begin:] else ",")


def _delimiter(heading: str) -> str:
    return max(_DELIMITERS, key=_QUOTED.sub("", heading).count)


def _values(lines: list[str], at: int, delimiter: str, *, wide: int | None) -> tuple[list[str] | None, int]:
    """The values of the line at a place, and how many lines they take: a value in quotes may go on.

    Over several lines there must be as many values as ``wide`` says; None: any. The values are None where
    they cannot be told apart.
    """
    if lines[at].count('"') % 2 == 0:
        return _divided(lines[at : at + 1], delimiter, strict=False), 1
    for most in range(1, MOST_LINES_IN_A_ROW + 1):
        values = _divided(lines[at : at + most], delimiter, strict=True)
        if values is not None and (most == 1 or wide is None or len(values) == wide):
            return values, most
    return None, 1


def _divided(lines: list[str], delimiter: str, *, strict: bool) -> list[str] | None:
    """The values in ``lines`` without outer spaces; None if they are no row."""
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)
    try:
        return [value.strip() for value in next(reader, [])]
    except csv.Error:
        return None

"""Reading a file of invoices: any usual encoding and delimiter; a broken line spoils no other. Pure."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts

COLUMNS = ("number", "dated_on", "supplier", "cost_code", "net", "vat", "gross")
LANGUAGES = ("en", "cy")
MOST_BYTES, MOST_LINES, MOST_LINES_IN_A_ROW = 1_000_000, 2_000, 10
LONGEST_CELL = 200
_DELIMITERS = ",;\t"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")


class Unreadable(Refusal):
    """The file as a whole cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Row:
    """One line of a file, by column as it was typed.

    ``line``: on which line of the file it begins. ``problem``: "broken" where its values cannot be told
    apart, "columns" where there are more values than columns.
    """

    line: int
    typed: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values that ``from_json`` makes the same row of."""
        return {"line": self.line, "typed": dict(self.typed), "problem": self.problem}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Row":
        return cls(int(plain["line"]), dict(plain["typed"]), str(plain["problem"]))


def heading(column: str, language: str | None = None) -> str:
    """What a column is called."""
    return texts.say(f"schools.Invoice_{word_of(column)}", language)


def word_of(column: str) -> str:
    """A column as the names of texts have it: dated_on, DatedOn."""
    return "".join(part.capitalize() for part in column.replace("-", "_").split("_"))


def read(content: bytes) -> list[Row]:
    """The lines of a CSV file that are not empty. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise _unreadable("Large", most=MOST_BYTES // 1_000_000)
    if content.startswith(_WORKBOOKS):
        raise _unreadable("Kind")
    lines = list(io.StringIO(spreadsheets.text_of(content), newline=""))
    delimiter = max(_DELIMITERS, key=lines[0].count) if lines else ","
    if not lines or not any(line.strip(" \t\r\n,;") for line in lines):
        raise _unreadable("Empty")
    values, begin = _values(lines, 0, delimiter, wide=None)
    heads = _heads(values or [])
    rows: list[Row] = []
    for row in _rows(lines, begin, delimiter, (heads, len(values or []))):
        rows.append(row)
        if len(rows) > MOST_LINES:
            raise _unreadable("Long", most=f"{MOST_LINES:,}")
    if not rows:
        raise _unreadable("Empty")
    return rows


def _unreadable(why: str, **values: Any) -> Unreadable:
    return Unreadable(texts.say(f"schools.Error_InvoiceFile_{why}", **values), field="file")


def _heads(values: list[str]) -> dict[int, str]:
    """Which column is at which place, by the headings in either language. Raises Unreadable."""
    known = {_folded(heading(column, language)): column for language in LANGUAGES for column in COLUMNS}
    found = {place: known[_folded(one)] for place, one in enumerate(values) if _folded(one) in known}
    missing = [column for column in COLUMNS if column not in found.values()]
    if missing:
        raise _unreadable("Columns", columns=", ".join(map(heading, missing)))
    if len(found) != len(COLUMNS):
        raise _unreadable("Twice")
    return found


def _folded(words: str) -> str:
    return fold_name(words.replace("*", " ").replace("_", " "))


def _rows(lines: list[str], at: int, delimiter: str, heads: tuple[dict[int, str], int]) -> Iterator[Row]:
    places, wide = heads
    while at < len(lines):
        values, taken = _values(lines, at, delimiter, wide=wide)
        number, at = at + 1, at + taken
        if values is None:
            yield Row(number, {}, "broken")
        elif any(values):
            typed = {column: values[place] for place, column in places.items() if place < len(values)}
            yield Row(number, typed, "columns" if any(values[wide:]) else "")


def _values(lines: list[str], at: int, delimiter: str, *, wide: int | None) -> tuple[list[str] | None, int]:
    """The values of the line at a place, and how many lines they take: a value in quotes may go on.

    Over several lines there must be as many values as ``wide`` says. None where they cannot be told apart.
    """
    if "\0" in lines[at]:
        return None, 1
    if lines[at].count('"') % 2 == 0:
        return _parted(lines[at : at + 1], delimiter), 1
    for most in range(2, MOST_LINES_IN_A_ROW + 1):
        values = _parted(lines[at : at + most], delimiter, strict=True)
        if values is not None and wide in {None, len(values)}:
            return values, most
    return None, 1


def _parted(lines: list[str], delimiter: str, *, strict: bool = False) -> list[str] | None:
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)
    try:
        return [_clean(value) for value in next(reader, [])]
    except csv.Error:
        return None


def _clean(cell: str) -> str:
    """A cell as one line, as far as anything in it can be right; longer ones are seen to be too long."""
    return spreadsheets.as_written(one_line(cell[: LONGEST_CELL * 4]))[: LONGEST_CELL + 1]

"""Reading a spreadsheet into plain rows. Nothing of it is believed, and no formula is run."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

MOST_BYTES = 2_000_000
MOST_UNPACKED = 20_000_000
_OF_LINES = (".csv", ".txt")  # what Excel calls "Unicode Text" has the second ending
LONGEST = 254
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Template:
    """What a spreadsheet has: its columns, those that must be there, and how many rows it may have at most.

    ``words`` begins the names of the texts that are its headings: schools.Import_ of schools.Import_Email.
    """

    words: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    most: int

    def heading(self, column: str, language: str | None = None) -> str:
        """What ``column`` is called."""
        return texts.say(f"{self.words}{_camel(column)}", language)

    def headings(self, language: str | None = None) -> list[str]:
        """All its headings, in order."""
        return [self.heading(column, language) for column in self.columns]


class Unreadable(Refusal):
    """The file is too large, is no spreadsheet, or has not the columns of the template."""


def read(name: str, content: bytes, template: Template) -> list[dict[str, str]]:
    """The rows of a workbook or a file of lines, as mappings from columns to what was typed.

    Raises Unreadable.
    """
    if len(content) > MOST_BYTES:
        raise _unreadable("Large")
    table = _rows_of(name, content, template.most)
    heads = _heads(next(table, []), template)
    rows = [row for line in table if (row := _row(heads, line))]
    if len(rows) > template.most:
        raise _too_long(template.most)
    if not rows:
        raise _unreadable("Empty")
    return rows


def _unreadable(why: str, **values: Any) -> Unreadable:
    return Unreadable(texts.say(f"shared.Error_Sheet_{why}", **values), field="file")


def _too_long(most: int) -> Unreadable:
    return _unreadable("Long", most=f"{most:,}")


def _rows_of(name: str, content: bytes, most: int) -> Iterator[list[str]]:
    if content.startswith(ZIP):
        return _workbook(content, most)
    if name.lower().endswith(_OF_LINES):
        return _lines(content)
    raise _unreadable("Kind")


def _workbook(content: bytes, most: int) -> Iterator[list[str]]:
    try:
        book = spreadsheets.opened(content, most_unpacked=MOST_UNPACKED)
        table = spreadsheets.rows(book, 0, most=most + 100, widest=100)
    except spreadsheets.TooLong:
        raise _too_long(most) from None
    except spreadsheets.TooLarge:
        raise _unreadable("Large") from None
    except spreadsheets.NoWorkbook:
        raise _unreadable("Kind") from None
    return ([spreadsheets.as_typed(cell) for cell in line] for line in table)


def _lines(content: bytes) -> Iterator[list[str]]:
    words = spreadsheets.text_of(content)
    if "\x00" in words:
        raise _unreadable("Kind")
    first = words.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    return _checked(csv.reader(io.StringIO(words, newline=""), delimiter=separator))


def _checked(lines: Iterable[list[str]]) -> Iterator[list[str]]:
    try:
        yield from lines
    except csv.Error:
        raise _unreadable("Kind") from None


def _heads(line: list[str], template: Template) -> dict[int, str]:
    """Which column is at which place, by the headings in either language."""
    known = {
        _plain(template.heading(column, language)): column
        for language in ("en", "cy")
        for column in template.columns
    }
    found = {place: known[_plain(cell)] for place, cell in enumerate(line) if _plain(cell) in known}
    missing = [column for column in template.needed if column not in found.values()]
    if missing or len(set(found.values())) != len(found):
        wanted = ", ".join(template.heading(column) for column in missing or template.columns)
        raise _unreadable("Columns", columns=wanted)
    return found


def _row(heads: dict[int, str], line: list[str]) -> dict[str, str]:
    row = {key: _clean(line[place]) for place, key in heads.items() if place < len(line)}
    return row if any(row.values()) else {}


def _clean(cell: str) -> str:
    """One line of printable characters. Longer ones are cut where their length shows to be wrong."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in cell).split())[: LONGEST + 1]


def _plain(heading: str) -> str:
    return " ".join(heading.replace("*", " ").replace("’", "'").split()).casefold()


def _camel(key: str) -> str:
    return "".join(part.capitalize() for part in key.split("_"))

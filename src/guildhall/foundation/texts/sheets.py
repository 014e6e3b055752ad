"""An area as a spreadsheet for translators, and what comes back: not believed, no formula is run."""

from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.spreadsheets import as_written, put

from . import history, queries, rules
from .areas import AREAS
from .catalogue import LANGUAGES, catalogue
from .listing import Row
from .services import Wanted

MOST_BYTES = 2_000_000
MOST_UNPACKED = 40_000_000
MOST_ROWS = 5_000
COLUMNS = ("area", "key", "en", "cy", "note")
_WIDTHS = (22, 38, 70, 70, 24)


class Unreadable(Refusal):
    """The file is too large, no workbook, or not one of ours."""


@dataclass(frozen=True)
class Proposed:
    """What a line of the sheet would change; ``problem`` says why it cannot."""

    name: str
    language: str
    before: str
    after: str
    seen: int
    problem: str = ""

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.name, self.language, self.after, self.seen)


def book_of(rows: list[Row], notes: dict[str, str], headings: list[str]) -> bytes:
    """The texts as a workbook. ``notes``: what to write beside a text, by name; ``headings`` of COLUMNS."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Texts"
    put(sheet, 1, headings, bold=True)
    for number, row in enumerate(rows, start=2):
        words = [row.area, row.key, row.written["en"], row.written.get("cy", ""), notes.get(row.name, "")]
        put(sheet, number, words)
    return spreadsheets.finished(book, widths=_WIDTHS, freeze="C2")


def read(content: bytes) -> list[Proposed]:
    """What the texts of a returned workbook would change. Raises Unreadable."""
    lines = [line for line in _lines(content) if line[0] or line[1]]
    names = [f"{area}.{key}" for area, key, *_ in lines]
    seen = history.revisions(names)
    found = []
    for name, (_, _, *values) in zip(names, lines, strict=True):
        known = name in catalogue() and name.partition(".")[0] in AREAS
        for language, value in zip(LANGUAGES, values, strict=True):
            if known and (one := _proposed(name, language, value, seen)):
                found.append(one)
    return found


def _proposed(name: str, language: str, value: str, seen: dict[tuple[str, str], int]) -> Proposed | None:
    value, before = rules.tidy(value), queries.written(name, language)
    if not value or value == rules.tidy(before):
        return None
    problem = ""
    try:
        rules.demand(name, value)
        rules.demand_placeholders(name, value)
    except Refusal as refusal:
        problem = refusal.message
    return Proposed(name, language, before, value, seen.get((name, language), 0), problem)


def _lines(content: bytes) -> list[list[str]]:
    if len(content) > MOST_BYTES:
        raise _unreadable("Large")
    try:
        book = spreadsheets.opened(content, most_unpacked=MOST_UNPACKED)
        table: list[list[Any]] = spreadsheets.rows(book, 0, most=MOST_ROWS, widest=50)
    except spreadsheets.TooLarge:
        raise _unreadable("Large") from None
    except spreadsheets.NoWorkbook:
        raise _unreadable("Kind") from None
    width = len(COLUMNS) - 1
    if not table or len(table[0]) < width:
        raise _unreadable("Columns")
    return [[as_written(str(cell)).strip() for cell in line[:width]] for line in table[1:]]


def _unreadable(why: str) -> Unreadable:
    return Unreadable(queries.say(f"administration.Error_TextsSheet_{why}"), field="file")

"""An area as a spreadsheet for translators, and what comes back: not believed, no formula is run."""

import io
import re
import zipfile
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import save_workbook
from python_calamine import CalamineError, CalamineWorkbook

from guildhall.foundation.kit.refusals import Refusal

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
# A spreadsheet takes what begins like this for a formula; an apostrophe in front keeps it words.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


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
    _put(sheet, 1, headings, bold=True)
    for number, row in enumerate(rows, start=2):
        words = [row.area, row.key, row.written["en"], row.written.get("cy", ""), notes.get(row.name, "")]
        _put(sheet, number, words)
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "C2"
    kept = io.BytesIO()
    save_workbook(book, kept)
    return kept.getvalue()


def neutral(words: str) -> str:
    """``words`` so that no spreadsheet takes them for a formula."""
    words = _UNWRITABLE.sub("", words)
    return f"'{words}" if _FORMULA.match(words) else words


def as_written(cell: str) -> str:
    """What ``neutral`` was given, as far as a spreadsheet leaves it."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


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


def _put(sheet: Worksheet, number: int, words: list[str], *, bold: bool = False) -> None:
    for column, each in enumerate(words, start=1):
        if not each:
            continue
        cell = sheet.cell(number, column)
        assert isinstance(cell, Cell)
        cell.value = neutral(each)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            cell.font = Font(bold=True)


def _lines(content: bytes) -> list[list[str]]:
    if len(content) > MOST_BYTES:
        raise _unreadable("Large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise _unreadable("Large")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        if sheet.height > MOST_ROWS or sheet.width > 50:
            raise _unreadable("Large")
        table = sheet.to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError, IndexError):
        raise _unreadable("Kind") from None
    width = len(COLUMNS) - 1
    if not table or len(table[0]) < width:
        raise _unreadable("Columns")
    return [[as_written(str(cell)).strip() for cell in line[:width]] for line in table[1:]]


def _unreadable(why: str) -> Unreadable:
    return Unreadable(queries.say(f"administration.Error_TextsSheet_{why}"), field="file")

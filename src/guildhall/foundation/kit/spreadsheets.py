"""Spreadsheets: what leaves is never taken for a formula, and what comes back is not believed."""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import save_workbook
from python_calamine import CalamineError, CalamineWorkbook

from . import extents

MOST_CELLS = 5_000_000

# A spreadsheet takes what begins like this for a formula; an apostrophe in front keeps it words.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|[\s\u200b\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20])")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class NoWorkbook(ValueError):
    """The file is no workbook, or a broken one."""


class TooLarge(ValueError):
    """The workbook would unpack to more than is allowed."""


class TooLong(TooLarge):
    """A sheet has more rows or columns than are allowed."""


def plain(words: str) -> str:
    """``words`` so that no spreadsheet takes them for a formula."""
    return f"'{words}" if _FORMULA.match(words) else words


def as_written(cell: str) -> str:
    """What ``plain`` was given, as far as a spreadsheet leaves it."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def as_typed(cell: object) -> str:
    """A cell as somebody would have typed it: a telephone number that became 7700900123.0 has no point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def text_of(content: bytes) -> str:
    """A file of lines as text: UTF-8 or UTF-16 where it says so; a line that is neither is read as Windows
    writes it, and spoils no other.
    """
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(map(_decoded_line, content.splitlines(keepends=True))).removeprefix("\ufeff")


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def begin(title: str) -> tuple[Workbook, Worksheet]:
    """A workbook with one sheet, called ``title`` as far as a spreadsheet may call it so."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_title(title)
    return book, sheet


def sheet_title(words: str) -> str:
    """``words`` without the signs that no sheet may have in its name, and not too long for one."""
    return INVALID_TITLE_REGEX.sub(" ", words)[:30]  # one more for the number of a second one alike


def put(sheet: Worksheet, number: int, words: Sequence[str], *, bold: bool = False) -> None:
    """Write ``words`` into row ``number``, as words whatever they look like."""
    for column, each in enumerate(words, start=1):
        if not each:
            continue
        cell = sheet.cell(number, column)
        assert isinstance(cell, Cell)
        cell.value = plain(_UNWRITABLE.sub("", each))
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            cell.font = Font(bold=True)


def finished(book: Workbook, *, widths: Sequence[int], freeze: str) -> bytes:
    """The file of ``book``, its first sheet with columns so wide and frozen before the cell ``freeze``."""
    sheet = book.worksheets[0]
    for letter, width in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = freeze
    file = io.BytesIO()
    save_workbook(book, file)
    return file.getvalue()


def opened(content: bytes, *, most_unpacked: int, most_cells: int = MOST_CELLS) -> CalamineWorkbook:
    """The workbook in ``content``. What it would unpack to (in bytes), and how far a table of it reaches, is
    known before it is read.

    Raises NoWorkbook, TooLarge, TooLong.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _demand_bounded(packed, most_unpacked, most_cells)
    except (TooLarge, NoWorkbook):
        raise
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError, EOFError) as problem:
        raise NoWorkbook from problem
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError) as problem:
        raise NoWorkbook from problem


def _demand_bounded(packed: zipfile.ZipFile, most_unpacked: int, most_cells: int) -> None:
    if sum(member.file_size for member in packed.infolist()) > most_unpacked:
        raise TooLarge
    if extents.most_cells(packed) > most_cells:
        raise TooLong


def rows(book: CalamineWorkbook, sheet: int, *, most: int, widest: int) -> list[list[Any]]:
    """The cells of a sheet, row by row. Raises NoWorkbook, TooLong."""
    try:
        found = book.get_sheet_by_index(sheet)
        if found.height > most or found.width > widest:
            raise TooLong
        return found.to_python(skip_empty_area=False)
    except (CalamineError, OSError, IndexError) as problem:
        raise NoWorkbook from problem

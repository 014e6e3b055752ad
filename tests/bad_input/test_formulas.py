"""T20: sixty cells that want to be formulas stay words, also after an office program saved the file."""

import csv
import io
import shutil
import subprocess
from itertools import product
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from guildhall.foundation.kit import spreadsheets

LEADERS = ["=", "+", "-", "@", "|", "%", "\t=", "\r=", " =", "\u200b=", "＝", "＋", "－", "＠", "'="]
TAILS = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x.example","y")', "SUM(A1:A9)"]
CELLS = [leader + tail for leader, tail in product(LEADERS, TAILS)]


def test_sixty_cells_leave_as_words_and_come_back_as_they_were():
    assert len(CELLS) == 60
    book = spreadsheets.opened(_book(), most_unpacked=1_000_000)
    cells = [row[0] for row in spreadsheets.rows(book, 0, most=100, widest=1)]
    assert [spreadsheets.as_written(cell) for cell in cells] == CELLS
    assert not _formulas(_book())


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_no_cell_becomes_a_formula_when_libreoffice_saves_the_file_again(kind: str, tmp_path: Path):
    office = shutil.which("soffice")
    if office is None or _saved_again(office, b"plain\n", "csv", tmp_path / "control") is None:
        pytest.skip(
            "COULD NOT TEST THAT NO CELL BECOMES A FORMULA: there is no soffice with LibreOffice Calc"
        )

    saved = _saved_again(office, _book() if kind == "xlsx" else _list(), kind, tmp_path / "cells")

    assert saved is not None
    assert _formulas(saved) == []


def _book() -> bytes:
    book = Workbook()
    for number, words in enumerate(CELLS, start=1):
        spreadsheets.put(book.worksheets[0], number, [words])
    return spreadsheets.finished(book, widths=(40,), freeze="A1")


def _list() -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([spreadsheets.plain(cell)] for cell in CELLS)
    return written.getvalue().encode("utf-8-sig")


def _saved_again(office: str, content: bytes, kind: str, folder: Path) -> bytes | None:
    """The file as LibreOffice saves it for Excel; None when it cannot open a sheet."""
    folder.mkdir()
    source = folder / f"sheet.{kind}"
    source.write_bytes(content)
    home, out = f"-env:UserInstallation=file://{folder}/home", folder / "out"
    command = [office, home, "--headless", "--convert-to", "xlsx", "--outdir", out, source]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    saved = out / "sheet.xlsx"
    return saved.read_bytes() if saved.exists() else None


def _formulas(content: bytes) -> list[str]:
    rows = (row for sheet in load_workbook(io.BytesIO(content)).worksheets for row in sheet.iter_rows())
    return [str(cell.value) for row in rows for cell in row if cell.data_type == "f"]

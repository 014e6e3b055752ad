import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from guildhall.foundation.kit import spreadsheets

HOSTILE = ["=1+1", "+44", "-1", "@a", "|x", "%x", " =1", "\u200b=1", "\t=1", "\r=1", "＝1", "'=1", "''@a"]


def a_book(*rows: list[str]) -> bytes:
    book = Workbook()
    for number, words in enumerate(rows, start=1):
        spreadsheets.put(book.worksheets[0], number, words)
    return spreadsheets.finished(book, widths=(10, 20), freeze="A2")


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_looks_like_a_formula_leaves_as_one_and_all_comes_back(words: str):
    assert spreadsheets.plain(words) == f"'{words}"
    assert spreadsheets.as_written(spreadsheets.plain(words)) == words


@given(st.text())
def test_any_words_come_back(words: str):
    assert spreadsheets.as_written(spreadsheets.plain(words)) in {words, words.removeprefix("'")}
    assert spreadsheets.plain(words)[:1] not in set("=+-@|%\t\r")


def test_what_was_put_is_read_as_words():
    book = spreadsheets.opened(a_book(["=1+1", "Siân"], ["", "x\x07y"]), most_unpacked=1_000_000)
    assert spreadsheets.rows(book, 0, most=10, widest=5) == [["'=1+1", "Siân"], ["", "xy"]]


def test_a_file_that_is_none_or_too_much_is_told_apart():
    with pytest.raises(spreadsheets.NoWorkbook):
        spreadsheets.opened(b"not a workbook", most_unpacked=1_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a", b"0" * 5_000)
    with pytest.raises(spreadsheets.TooLarge):
        spreadsheets.opened(packed.getvalue(), most_unpacked=4_999)
    with pytest.raises(spreadsheets.NoWorkbook):
        spreadsheets.opened(packed.getvalue(), most_unpacked=5_000)
    book = spreadsheets.opened(a_book(["a", "b"], ["c"], ["d"]), most_unpacked=1_000_000)
    for bounds in ({"most": 2, "widest": 5}, {"most": 5, "widest": 1}):
        with pytest.raises(spreadsheets.TooLong):
            spreadsheets.rows(book, 0, **bounds)
    with pytest.raises(spreadsheets.NoWorkbook):
        spreadsheets.rows(book, 4, most=5, widest=5)

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

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


def packed(**members: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, words in members.items():
            file.writestr(name, words)
    return content.getvalue()


SHEET = "<worksheet><sheetData>{}</sheetData></worksheet>"
OPEN_TABLE = """<document xmlns:t="t" xmlns:o="o"><t:table><t:table-row t:number-rows-repeated="3000"
><t:table-cell t:number-columns-repeated="3000"{}</t:table-row></t:table></document>"""


@pytest.mark.parametrize(
    "content",
    [
        SHEET.format('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        SHEET.format(
            '<row r="3000"><c r="A3000"><v>1</v></c></row><row><c r="ZZZ1" t=">"><v>1</v></c></row>'
        ),
        OPEN_TABLE.format("><p>a</p></t:table-cell>"),
        OPEN_TABLE.format(' o:value="1"/>'),
    ],
)
def test_a_table_that_says_it_is_huge_is_refused_before_room_is_made_for_it(content: str):
    with pytest.raises(spreadsheets.TooLong):
        spreadsheets.opened(packed(anything=content), most_unpacked=1_000_000)


@pytest.mark.parametrize("content", ["<sheetData", SHEET.format('<row r="x"/>'), SHEET.format('<c r="É1"/>')])
def test_a_table_that_is_not_written_as_one_is_no_workbook(content: str):
    with pytest.raises(spreadsheets.NoWorkbook):
        spreadsheets.opened(packed(anything=content), most_unpacked=1_000_000)


def test_cells_that_are_only_coloured_make_no_table_larger():
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "Mali"
    sheet["XFD1048576"].font = Font(bold=True)
    content = io.BytesIO()
    book.save(content)
    read = spreadsheets.rows(
        spreadsheets.opened(content.getvalue(), most_unpacked=1_000_000), 0, most=1, widest=1
    )
    assert read == [["Mali"]]

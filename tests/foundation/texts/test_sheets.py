"""An area goes out as a spreadsheet and comes back; nothing in it is believed."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.texts import listing, services, sheets
from guildhall.foundation.texts.models import Override
from guildhall.foundation.texts.queries import say

from ...standing import NOON

pytestmark = pytest.mark.django_db
NAME = "home.Front_Heading"


def book_of(*lines):
    book = Workbook()
    for line in [("Resource Type", "Resource Key", "English", "Welsh", ""), *lines]:
        book.active.append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.heavy
@pytest.mark.both
def test_an_area_that_comes_back_as_it_went_out_changes_nothing():
    for area in ("text-blocks", "send", "shared"):
        content = sheets.book_of(listing.rows(area=area), {}, list(sheets.COLUMNS))
        assert sheets.read(content) == []


def test_what_a_translator_changed_is_shown_before_it_counts():
    found = sheets.read(book_of(("home", "Front_Heading", "", "Croeso i bawb", "")))
    assert [(one.name, one.language, one.after, one.problem) for one in found] == [
        (NAME, "cy", "Croeso i bawb", "")
    ]
    assert not Override.objects.exists()
    services.change_texts([one.wanted for one in found], by=None, now=NOON)
    assert say(NAME, "cy") == "Croeso i bawb"


def test_what_changed_meanwhile_is_not_overwritten_by_an_import():
    found = sheets.read(book_of(("home", "Front_Heading", "", "Croeso i bawb", "")))
    services.change_text(NAME, language="cy", value="Helo", by=None, now=NOON)
    with pytest.raises(ChangedMeanwhile):
        services.change_texts([one.wanted for one in found], by=None, now=NOON)
    assert say(NAME, "cy") == "Helo"


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize(
    "typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)", "'=1", "''@x", "'quoted'"]
)
def test_words_that_look_like_a_formula_stay_words_on_both_ways(typed):
    services.change_text(NAME, language="en", value=typed, by=None, now=NOON)
    content = sheets.book_of(listing.rows(area="home"), {}, list(sheets.COLUMNS))
    cells = [cell for line in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in line]
    assert all(
        cell.data_type in {"s", "n"} and not str(cell.value or "").startswith(("=", "+", "@"))
        for cell in cells
    )
    assert sheets.read(content) == []


def test_a_line_that_cannot_be_taken_says_why_and_unknown_texts_are_passed_over():
    found = sheets.read(
        book_of(
            ("home", "Front_Heading", "Hello {nonsense}", "", ""),
            ("home", "No_Such_Thing", "x", "y", ""),
            ("demonstration", "Anything", "x", "y", ""),
        )
    )
    assert [one.name for one in found] == [NAME]
    assert "{nonsense}" in found[0].problem


def test_what_is_no_workbook_of_ours_is_refused_in_words():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\0" * (sheets.MOST_UNPACKED + 1))
    narrow = Workbook()
    narrow.active.append(("a", "b"))
    kept = io.BytesIO()
    narrow.save(kept)
    for content in (
        b"",
        b"hello",
        b"PK\x03\x04rubbish",
        bomb.getvalue(),
        kept.getvalue(),
        b"x" * (sheets.MOST_BYTES + 1),
    ):
        with pytest.raises(sheets.Unreadable):
            sheets.read(content)

"""The spreadsheets of the lists: the template that the council fills in, and a list to take away."""

from collections.abc import Iterable

from openpyxl import Workbook

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.loading.spreadsheets import Template
from guildhall.foundation.texts.queries import say

from .models import Pupil
from .wording import kind_name, source_name, year_name

_NEEDED = ("urn", "forename", "surname", "born_on", "year_group", "kind", "since")
TEMPLATE = Template("schools.Meals_", ("urn", "upn", *_NEEDED[1:], "review_on"), _NEEDED, most=3_000)
LISTED = ("surname", "forename", "upn", "born_on", "year_group", "kind", "since", "review_on", "source")
_WIDTHS = (20, 20, 16, 14, 14, 30, 14, 14, 20)


def empty_sheet() -> bytes:
    """The template, with the names of the kinds on its second sheet."""
    book = _book([TEMPLATE.heading(column) for column in TEMPLATE.columns])
    kinds = book.create_sheet(say("schools.Meals_Kind")[:30])
    for number, kind in enumerate(Pupil.Kind.values, start=1):
        spreadsheets.put(kinds, number, [kind_name(kind)])
    return spreadsheets.finished(book, widths=_WIDTHS, freeze="A2")


def sheet_of(pupils: Iterable[Pupil]) -> bytes:
    """A list as a spreadsheet, its days as YYYY-MM-DD."""
    book = _book([TEMPLATE.heading(column) for column in LISTED])
    sheet = book.worksheets[0]
    for number, one in enumerate(pupils, start=2):
        spreadsheets.put(sheet, number, _line(one))
    return spreadsheets.finished(book, widths=_WIDTHS, freeze="A2")


def _line(one: Pupil) -> list[str]:
    return [
        *(one.surname, one.forename, one.upn, one.born_on.isoformat(), year_name(one.year_group)),
        *(kind_name(one.kind), one.since.isoformat()),
        one.review_on.isoformat() if one.review_on else "",
        source_name(one.source),
    ]


def _book(headings: list[str]) -> Workbook:
    book, sheet = spreadsheets.begin(say("schools.Meals_Sheet"))
    spreadsheets.put(sheet, 1, headings, bold=True)
    return book

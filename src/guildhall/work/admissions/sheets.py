"""The spreadsheets of the lists: the template that the council fills in, and a list to take away."""

from collections.abc import Iterable

from openpyxl import Workbook

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.loading.spreadsheets import Template
from guildhall.foundation.texts.queries import say

from .models import Application
from .wording import status_name

_NEEDED = ("urn", "reference", "forename", "surname", "born_on", "preference", "status")
COLUMNS = (
    *("urn", "reference", "upn", "forename", "surname", "born_on", "preference", "criterion"),
    *("distance", "status", "waiting"),
)
TEMPLATE = Template("schools.Admissions_", COLUMNS, _NEEDED, most=5_000)
_WIDTHS = (12, 20, 16, 20, 20, 14, 12, 30, 12, 16, 16)


def empty_sheet() -> bytes:
    """The template, with the names of the statuses on its second sheet."""
    book = _book(TEMPLATE.columns)
    second = book.create_sheet(spreadsheets.sheet_title(say("schools.Admissions_Status")))
    for number, status in enumerate(Application.Status.values, start=1):
        spreadsheets.put(second, number, [status_name(status)])
    return spreadsheets.finished(book, widths=_WIDTHS, freeze="A2")


def sheet_of(applications: Iterable[Application]) -> bytes:
    """A list as a spreadsheet, its days as YYYY-MM-DD, with the status that the asker may know."""
    book = _book(TEMPLATE.columns[1:])
    sheet = book.worksheets[0]
    for number, one in enumerate(applications, start=2):
        spreadsheets.put(sheet, number, _line(one))
    return spreadsheets.finished(book, widths=_WIDTHS[1:], freeze="A2")


def _line(one: Application) -> list[str]:
    shown: str = one.shown  # type: ignore[attr-defined]
    waiting: int | None = one.shown_waiting  # type: ignore[attr-defined]
    return [
        *(one.reference, one.upn, one.forename, one.surname, one.born_on.isoformat(), str(one.preference)),
        *(one.criterion, "" if one.distance is None else str(one.distance), status_name(shown)),
        "" if waiting is None else str(waiting),
    ]


def _book(columns: Iterable[str]) -> Workbook:
    book, sheet = spreadsheets.begin(say("schools.System_OnlineAdmissions"))
    spreadsheets.put(sheet, 1, [TEMPLATE.heading(column) for column in columns], bold=True)
    return book

"""Actions as a spreadsheet to take away."""

from collections.abc import Sequence

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.texts.queries import say

COLUMNS = ("Title", "Source", "About", "Owner", "Due", "Overdue", "Status", "Made_Column", "Closed", "Reason")
_WIDTHS = (50, 12, 30, 24, 12, 10, 14, 12, 12, 40)


def sheet_of(lines: Sequence[Sequence[str]]) -> bytes:
    """``lines`` have a cell for each of COLUMNS; days as YYYY-MM-DD."""
    book, sheet = spreadsheets.begin(say("schools.Actions_Heading"))
    spreadsheets.put(sheet, 1, [say(f"schools.Action_{one}") for one in COLUMNS], bold=True)
    for number, line in enumerate(lines, start=2):
        spreadsheets.put(sheet, number, line)
    return spreadsheets.finished(book, widths=_WIDTHS, freeze="A2")

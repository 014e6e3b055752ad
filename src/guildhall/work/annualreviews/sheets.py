"""The spreadsheet from which a school adds several pupils: the template that it fills in."""

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.loading.spreadsheets import Template
from guildhall.foundation.texts.queries import say

_NEEDED = ("forename", "surname", "born_on", "upn", "plan_on")
TEMPLATE = Template("schools.SenReview_", (*_NEEDED, "last_on", "due_on"), _NEEDED, most=300)
_WIDTHS = (20, 20, 16, 18, 18, 18, 18)


def empty_sheet() -> bytes:
    """The template, with its headings in the language of the page."""
    book, sheet = spreadsheets.begin(say("schools.SenReview_Heading"))
    spreadsheets.put(sheet, 1, TEMPLATE.headings(), bold=True)
    return spreadsheets.finished(book, widths=_WIDTHS, freeze="A2")

"""The spreadsheet from which a school adds several pupils: the template that it fills in."""

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.spreadsheets import Template, headings

_NEEDED = ("forename", "surname", "born_on", "upn", "plan_on")
TEMPLATE = Template("SenReview", (*_NEEDED, "last_on", "due_on"), _NEEDED, most=300)
_WIDTHS = (20, 20, 16, 18, 18, 18, 18)


def empty_sheet() -> bytes:
    """The template, with its headings in the language of the page."""
    book, sheet = spreadsheets.begin(say("schools.SenReview_Heading"))
    spreadsheets.put(sheet, 1, headings(template=TEMPLATE), bold=True)
    return spreadsheets.finished(book, widths=_WIDTHS, freeze="A2")

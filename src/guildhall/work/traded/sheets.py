"""What schools asked, as a spreadsheet to take away."""

from collections.abc import Iterable

from django.utils import timezone

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.texts.queries import say

from .models import Enquiry
from .queries import said
from .wording import kind_name, state_name

COLUMNS = ("Reference", "Service", "School", "Kind", "AskedBy", "AskedAt", "State")
_WIDTHS = (20, 40, 36, 24, 24, 18, 16)


def sheet_of(enquiries: Iterable[Enquiry], language: str) -> bytes:
    """Enquiries, one a row, without what was written; their days as YYYY-MM-DD."""
    book, sheet = spreadsheets.begin(say("schools.Traded_Enquiries"))
    spreadsheets.put(sheet, 1, [say(f"schools.Traded_{name}") for name in COLUMNS], bold=True)
    for number, one in enumerate(enquiries, start=2):
        spreadsheets.put(sheet, number, _line(one, language))
    return spreadsheets.finished(book, widths=_WIDTHS, freeze="A2")


def _line(one: Enquiry, language: str) -> list[str]:
    at = timezone.localtime(one.asked_at).date().isoformat()
    who = (one.reference, said(one.service.title, language), one.school.name)
    return [*who, kind_name(one.kind), str(one.asked_by), at, state_name(one.state)]

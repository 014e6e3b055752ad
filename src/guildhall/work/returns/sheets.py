"""What is wrong with a return as a spreadsheet."""

from collections.abc import Iterable

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.texts.queries import say

from .census.packs import Pack
from .models import Found
from .wording import words_of

HEADS = ("Rule", "Kind", "Record", "FileLine", "Upn", "Pupil", "Item", "Value", "Todo", "Note")


def found_file(rows: Iterable[Found], pack: Pack) -> bytes:
    """Every finding with its rule, record, item, value, what to do and its explanation (SY-063)."""
    book, sheet = spreadsheets.begin(say("schools.Returns_Sheet"))
    spreadsheets.put(sheet, 1, [say(f"schools.Returns_Col_{name}") for name in HEADS], bold=True)
    for number, one in enumerate(rows, start=2):
        kind = say("schools.Returns_Error" if one.is_error else "schools.Returns_Query")
        place = [str(one.record or ""), str(one.line or ""), one.upn, one.name, one.item, one.value]
        words = words_of(pack.rules.get(one.rule))
        spreadsheets.put(sheet, number, [one.rule, kind, *place, words, one.note])
    return spreadsheets.finished(book, widths=(9, 9, 9, 9, 16, 26, 22, 20, 60, 40), freeze="C2")

"""Files to take away: the template, what is wrong with an upload, and a batch for the finance system."""

import csv
import io
from collections.abc import Iterable

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.texts.queries import say

from .models import Batch, CostCode, Line
from .reading import COLUMNS, heading
from .staging import Checked


def template() -> bytes:
    """A CSV file with the headings and nothing below."""
    return _csv([[heading(column) for column in COLUMNS]])


def problems(lines: Iterable[Checked]) -> bytes:
    """A spreadsheet of the lines that are wrong, each with what is wrong and what to do."""
    book, sheet = spreadsheets.begin(say("schools.Invoices_Problems_Sheet"))
    own = [say("schools.Invoices_Line"), say("schools.Invoices_Problem")]
    spreadsheets.put(sheet, 1, [*own, *map(heading, COLUMNS)], bold=True)
    for number, one in enumerate((one for one in lines if one.problems), start=2):
        typed = [one.row.typed.get(column, "") for column in COLUMNS]
        spreadsheets.put(sheet, number, [str(one.line), "\n".join(one.words), *typed])
    return spreadsheets.finished(book, widths=(8, 60, 18, 14, 30, 14, 14, 14, 14), freeze="C2")


def batch_file(batch: Batch, lines: Iterable[Line]) -> bytes:
    """A batch as CSV for the finance system: dates 2026-03-27, amounts 1234.56, words never a formula."""
    heads = [say("schools.School_Urn"), say("schools.Invoices_School"), say("schools.Invoices_Reference")]
    rows = [[*heads, say("schools.Invoices_Line"), *map(heading, COLUMNS), say("schools.Invoices_Kind")]]
    plain = spreadsheets.plain
    for one in lines:
        kind = say("schools.Invoices_Credit" if one.is_credit else "schools.Invoices_Invoice")
        words = [batch.school.urn, plain(batch.school.name), batch.reference, str(one.position)]
        own = [plain(one.number), one.dated_on.isoformat(), plain(one.supplier), plain(one.cost_code)]
        rows.append([*words, *own, str(one.net), str(one.vat), str(one.gross), kind])
    return _csv(rows)


def codes_file(codes: Iterable[CostCode]) -> bytes:
    """The list of cost codes as CSV, as it can be read in again."""
    rows = [[heading("cost_code"), say("schools.Codes_Name")]]
    return _csv(rows + [[spreadsheets.plain(one.code), spreadsheets.plain(one.name)] for one in codes])


def _csv(rows: list[list[str]]) -> bytes:
    """With a byte order mark, so that spreadsheets read accents right."""
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("utf-8-sig")

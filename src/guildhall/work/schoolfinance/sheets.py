"""Files to take away: the template, a statement, and every return in one spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.loading.spreadsheets import Template
from guildhall.foundation.texts.queries import say

from . import rules
from .models import Line, Return, Version
from .rules import Question

COLUMNS = ("school", "kind", "code", "description", "budget", "actual", "committed")
TEMPLATE = Template("schools.Finance_", COLUMNS, COLUMNS[:-1], most=5_000)
OWN = COLUMNS[1:]
Value = str | Decimal


def empty_sheet() -> bytes:
    """The template, with two examples on its second sheet."""
    book, sheet = spreadsheets.begin(say("schools.Finance_Heading"))
    heads = [TEMPLATE.heading(column) for column in COLUMNS]
    spreadsheets.put(sheet, 1, heads, bold=True)
    examples = book.create_sheet(spreadsheets.sheet_title(say("schools.Finance_Examples")))
    spreadsheets.put(examples, 1, heads, bold=True)
    _row(examples, 2, ["990/2001", kind_name("income"), "1001", *_example("Income", "350000.00", "0.00")])
    _row(
        examples, 3, ["990/2001", kind_name("expenditure"), "4100", *_example("Books", "12000.00", "450.50")]
    )
    return spreadsheets.finished(book, widths=(16, 22, 14, 40, 18, 18, 18), freeze="A2")


def _example(name: str, budget: str, committed: str) -> list[Value]:
    words = say(f"schools.Finance_Example_{name}")
    return [words, Decimal(budget), (Decimal(budget) / 2).quantize(Decimal("0.01")), Decimal(committed)]


def kind_name(kind: str) -> str:
    """Income or expenditure, in the language of the page."""
    return say(f"schools.Finance_Kind_{kind.title()}")


def statement_xlsx(lines: Iterable[Line]) -> bytes:
    """A statement as a spreadsheet whose amounts are numbers."""
    book, sheet = spreadsheets.begin(say("schools.Finance_Statement"))
    for number, row in enumerate(_of_statement(lines), start=1):
        _row(sheet, number, row, bold=number == 1)
    return spreadsheets.finished(book, widths=(16, 14, 40, 16, 16, 16, 16, 10), freeze="A2")


def statement_csv(lines: Iterable[Line]) -> bytes:
    """The same as CSV: amounts 1234.56, words never a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    for row in _of_statement(lines):
        writer.writerow([str(one) if isinstance(one, Decimal) else spreadsheets.plain(one) for one in row])
    return file.getvalue().encode("utf-8-sig")


def _of_statement(lines: Iterable[Line]) -> list[list[Value]]:
    heads: list[Value] = [TEMPLATE.heading(column) for column in OWN]
    rows = [[*heads, say("schools.Finance_Left"), say("schools.Finance_Percent")]]
    for one in lines:
        total = rules.sum_of([one])
        words: list[Value] = [kind_name(one.kind), one.code, one.description]
        percent = "" if total.percent is None else str(total.percent)
        rows.append([*words, one.budget, one.actual, one.committed, total.left, percent])
    return rows


def returns_sheet(
    questions: Sequence[Question], found: Iterable[tuple[Return, Version | None, str]]
) -> bytes:
    """One row a school, with its state in words and what it sent last."""
    book, sheet = spreadsheets.begin(say("schools.FinanceReturns_Heading"))
    heads = [say(f"schools.FinanceReturns_{one}") for one in ("School", "Number", "State", "Reference")]
    heads += [say("schools.FinanceReturns_SentOn"), *(one.called for one in questions)]
    sums = [say(f"schools.FinanceReturns_Total_{one}") for one in ("Income", "Expenditure", "Net")]
    _row(sheet, 1, [*heads, *sums], bold=True)
    for number, (one, version, state) in enumerate(found, start=2):
        row: list[Value] = [one.school.name, one.school.urn, state]
        _row(sheet, number, [*row, *(_sent(questions, version) if version else [])])
    return spreadsheets.finished(book, widths=(40, 14, 20, 20, 14, *(20 for _ in range(20))), freeze="B2")


def _sent(questions: Sequence[Question], version: Version) -> list[Value]:
    row: list[Value] = [version.reference, version.sent_at.date().isoformat()]
    for one in questions:
        typed = version.answers.get(one.name, "")
        amount = None if one.kind == "text" else rules.pounds_of(typed)
        row.append(typed if amount is None else amount)
    return [*row, *rules.added_up(questions, version.answers).values()]


def _row(sheet: Worksheet, number: int, values: Sequence[Value], *, bold: bool = False) -> None:
    """Words as words, amounts as numbers with two decimals."""
    words = [one if isinstance(one, str) else "" for one in values]
    spreadsheets.put(sheet, number, words, bold=bold)
    for column, one in enumerate(values, start=1):
        if isinstance(one, Decimal):
            cell = sheet.cell(number, column)
            assert isinstance(cell, Cell)
            cell.value = one
            cell.number_format = "#,##0.00"

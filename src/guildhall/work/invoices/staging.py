"""What is right and wrong with the lines of an upload, worked out anew each time somebody looks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from guildhall.foundation.texts import queries as texts

from . import checking
from .checking import Invoice, Problem
from .models import CostCode, Line, Upload
from .reading import Row, heading

_AT_ONCE = 500


@dataclass
class Checked:
    """A line with the invoice it tells of, and what is wrong with it."""

    row: Row
    invoice: Invoice
    problems: list[Problem] = field(default_factory=list)

    @property
    def line(self) -> int:
        return self.row.line

    @property
    def words(self) -> list[str]:
        """What is wrong and what to do, in words."""
        return [said(problem) for problem in self.problems]

    @property
    def problem_of(self) -> dict[str, str]:
        """Column → what is wrong with it; "" for the whole line."""
        return {problem.at: said(problem) for problem in reversed(self.problems)}


@dataclass(frozen=True)
class Totals:
    """How many invoices there are, and what they add up to."""

    count: int
    net: Decimal
    vat: Decimal
    gross: Decimal
    credits: int


def said(problem: Problem) -> str:
    """What a problem is, in words."""
    values = dict(problem.values)
    if column := values.pop("column", ""):
        values["column"] = heading(column)
    return texts.say(f"schools.Error_Invoice_{problem.code}", **values)


def staged(upload: Upload, *, today: date) -> list[Checked]:
    """Every line of ``upload``, in the order of the file, with its problems."""
    codes = frozenset(CostCode.objects.values_list("key", flat=True))
    lines = [_checked(Row.from_json(plain), codes, today) for plain in upload.rows]
    sent = _sent_before(upload.school_id, {one.invoice.key for one in lines} - {""})
    first: dict[str, int] = {}
    for one in lines:
        key = one.invoice.key
        if key in sent:
            one.problems.append(Problem("number", "Sent", {"reference": sent[key]}))
        elif key in first:
            one.problems.append(Problem("number", "Twice", {"line": first[key]}))
        if key:
            first.setdefault(key, one.line)
    return lines


def _checked(row: Row, codes: frozenset[str], today: date) -> Checked:
    if row.problem == "broken":
        return Checked(row, Invoice(), [Problem("", "Broken")])
    invoice = checking.invoice_of(row.typed)
    problems = checking.problems_of(row.typed, invoice, codes=codes, today=today)
    whole = [Problem("", "Columns")] if row.problem else []
    return Checked(row, invoice, [*whole, *problems])


def _sent_before(school_id: int, keys: Iterable[str]) -> dict[str, str]:
    """Of the invoices with these keys, those that the school sent before, with the reference of the batch."""
    wanted, found = sorted(keys), dict[str, str]()
    for start in range(0, len(wanted), _AT_ONCE):
        lines = Line.objects.filter(
            school_id=school_id, counts=True, key__in=wanted[start : start + _AT_ONCE]
        )
        found |= dict(lines.values_list("key", "batch__reference"))
    return found


def totals_of(lines: Iterable[Checked]) -> Totals:
    """What the lines add up to, whose amounts could be read."""
    invoices = [one.invoice for one in lines]
    return Totals(
        count=len(invoices),
        net=sum((one.net or Decimal(0) for one in invoices), Decimal(0)),
        vat=sum((one.vat or Decimal(0) for one in invoices), Decimal(0)),
        gross=sum((one.gross or Decimal(0) for one in invoices), Decimal(0)),
        credits=sum(one.is_credit for one in invoices),
    )

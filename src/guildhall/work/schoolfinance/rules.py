"""Who keeps and reads what, what a statement adds up to, and what a return may ask and be answered. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.speech import spoken
from guildhall.foundation.kit.typed import amount_of

from .models import Line

SYSTEM = "income-and-expenditure"
PATTERN = "FIN-{yymm}-{hex8}"
LARGEST = Decimal("99999999.99")
MONTHS_BACK = 24
UNPUBLISHED_KEPT = timedelta(days=7)
KEPT = timedelta(days=365 * 7)
REMIND_BEFORE = timedelta(days=7)
MOST_QUESTIONS, LONGEST_LABEL, LONGEST_TITLE, LONGEST_GUIDANCE, LONGEST_TEXT = 40, 150, 150, 4_000, 2_000
FURTHEST_DUE = timedelta(days=730)
_OF_A_FORMULA = re.compile(r"-?[0-9]+\.[0-9]{3,}")
Kind = Line.Kind


def handles(holder: Holder) -> bool:
    """Whether ``holder`` keeps the statements and returns of every school for the council."""
    return holder.may(Permission.HANDLE_INVOICES)


def pounds_of(typed: str) -> Decimal | None:
    """Pounds and pence as people write them; None for anything else.

    A formula leaves 12.299999999999999 in a spreadsheet, which is 12.30.
    """
    if _OF_A_FORMULA.fullmatch(typed):
        exact = Decimal(typed)
        near = exact.quantize(Decimal("0.01"))
        return near if abs(exact - near) < Decimal("0.000001") else None
    return amount_of(typed)


# Months and years of account: they begin in April.


def first_of(day: date) -> date:
    """The first day of the month of ``day``."""
    return day.replace(day=1)


def month_before(month: date) -> date:
    return first_of(month - timedelta(days=1))


def months_until(today: date) -> list[date]:
    """The months of which statements may be published, the newest first."""
    months = [first_of(today)]
    while len(months) < MONTHS_BACK:
        months.append(month_before(months[-1]))
    return months


def year_of(month: date) -> int:
    """The year in whose April the year of account of ``month`` began."""
    return month.year if month.month >= 4 else month.year - 1


@dataclass(frozen=True)
class Sum:
    """What accounts add up to, in pounds."""

    budget: Decimal = Decimal(0)
    actual: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)

    @property
    def used(self) -> Decimal:
        """What came in or was spent, with what is ordered."""
        return self.actual + self.committed

    @property
    def left(self) -> Decimal:
        """What is still to come in, or to spend; below zero where it is more than the budget."""
        return self.budget - self.used

    @property
    def percent(self) -> int | None:
        """How much of the budget is used, of a hundred; None without a budget."""
        return round(self.used * 100 / self.budget) if self.budget else None

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.budget + other.budget, self.actual + other.actual, self.committed + other.committed)

    def __sub__(self, other: "Sum") -> "Sum":
        return Sum(self.budget - other.budget, self.actual - other.actual, self.committed - other.committed)


def sum_of(lines: Iterable[Any]) -> Sum:
    """The sum of whatever has ``budget``, ``actual`` and ``committed``."""
    return sum((Sum(one.budget, one.actual, one.committed) for one in lines), Sum())


# Returns.

KINDS = ("income", "expenditure", "money", "text")


@dataclass(frozen=True)
class Question:
    """A line of a return. ``kind`` is one of KINDS; amounts of income and expenditure are added up.

    ``label`` is what it is called in both languages; ``called``, in that of the page.
    """

    name: str
    label: Mapping[str, str]
    kind: str
    required: bool = True

    called = spoken("label")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def questions_of(plain: Iterable[Mapping[str, Any]]) -> list[Question]:
    return [Question(**one) for one in plain]


def added_up(questions: Iterable[Question], answers: Mapping[str, str]) -> dict[str, Decimal]:
    """What the answers add up to: "income", "expenditure", and "net", the one less the other."""
    totals = {"income": Decimal(0), "expenditure": Decimal(0)}
    for one in questions:
        if one.kind in totals:
            totals[one.kind] += pounds_of(answers.get(one.name, "")) or Decimal(0)
    return totals | {"net": totals["income"] - totals["expenditure"]}


def answer_problem(one: Question, typed: str) -> str:
    """The name of what is wrong with an answer (schools.Error_Return_…), "" for nothing."""
    if not typed:
        return "Missing" if one.required else ""
    if one.kind == "text":
        return "Long" if len(typed) > LONGEST_TEXT else ""
    amount = pounds_of(typed)
    if amount is None:
        return "Amount"
    return "Large" if abs(amount) > LARGEST else ""

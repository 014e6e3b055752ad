"""What a line says, read from what was typed, and what can be wrong with it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.speech import money
from guildhall.foundation.kit.typed import amount_of, squeezed

from .models import LONGEST_CODE, LONGEST_NUMBER, LONGEST_SUPPLIER

OLDEST_YEARS = 4  # VAT cannot be claimed back after that (VAT Regulations 1995, regulation 29)
LARGEST = Decimal("9999999.99")
MONEY = ("net", "vat", "gross")
LONGEST = {"number": LONGEST_NUMBER, "supplier": LONGEST_SUPPLIER, "cost_code": LONGEST_CODE}
_DAYS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:[ T]00:00(?::00)?)?"),
    re.compile(r"(?P<day>[0-9]{1,2})[/.\- ](?P<month>[0-9]{1,2})[/.\- ](?P<year>[0-9]{4}|[0-9]{2})"),
)


@dataclass(frozen=True)
class Invoice:
    """An invoice as far as it could be read: None for a day or an amount that could not."""

    number: str = ""
    dated_on: date | None = None
    supplier: str = ""
    cost_code: str = ""
    net: Decimal | None = None
    vat: Decimal | None = None
    gross: Decimal | None = None

    @property
    def is_credit(self) -> bool:
        return self.gross is not None and self.gross < 0

    @property
    def key(self) -> str:
        """What two lines have alike that are of the same invoice; "" while it is not known."""
        number, supplier = squeezed(self.number), fold_name(self.supplier)
        return sha256(f"{supplier}\n{number}".encode()).hexdigest() if number and supplier else ""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a column (``at``; "" for the whole line).

    ``code`` ends the name of its words (schools.Error_Invoice_…), ``values`` fill them.
    """

    at: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def invoice_of(typed: Mapping[str, str]) -> Invoice:
    """The invoice that a line tells of."""
    amounts = {name: amount_of(typed.get(name, "")) for name in MONEY}
    day = day_of(typed.get("dated_on", ""))
    return Invoice(
        number=typed.get("number", ""),
        dated_on=day,
        supplier=typed.get("supplier", ""),
        cost_code=typed.get("cost_code", ""),
        **amounts,
    )


def day_of(typed: str) -> date | None:
    """A day written 27/03/2026, 27/3/26 or 2026-03-27; None for anything else."""
    for pattern in _DAYS:
        if match := pattern.fullmatch(typed.strip()):
            year = int(match["year"])
            try:
                return date(
                    year + 2000 if len(match["year"]) == 2 else year, int(match["month"]), int(match["day"])
                )
            except ValueError:
                return None
    return None


def code_key(code: str) -> str:
    """A cost code as codes are compared: without spaces, in capitals."""
    return squeezed(code)


def problems_of(
    typed: Mapping[str, str], invoice: Invoice, *, codes: frozenset[str], today: date
) -> list[Problem]:
    """What is wrong with a line by itself; ``codes``: the keys of the cost codes there are, none for any."""
    wrong = [problem for name in typed_columns() if (problem := _typed_wrong(name, typed.get(name, "")))]
    told = {problem.at for problem in wrong}
    wrong += _day_wrong(invoice, told, today)
    if codes and "cost_code" not in told and code_key(invoice.cost_code) not in codes:
        wrong.append(Problem("cost_code", "CodeUnknown", {"typed": invoice.cost_code}))
    return wrong + _sum_wrong(invoice)


def typed_columns() -> tuple[str, ...]:
    """The columns in the order of the page."""
    return ("number", "dated_on", "supplier", "cost_code", *MONEY)


def _typed_wrong(name: str, typed: str) -> Problem | None:
    if not typed:
        return Problem(name, "Missing", {"column": name})
    if len(typed) > LONGEST.get(name, 40):
        return Problem(name, "Long", {"column": name, "most": LONGEST.get(name, 40)})
    if name == "dated_on" and day_of(typed) is None:
        return Problem(name, "DateUnread", {"typed": typed})
    if name in MONEY:
        amount = amount_of(typed)
        if amount is None:
            return Problem(name, "AmountUnread", {"column": name, "typed": typed})
        if abs(amount) > LARGEST:
            return Problem(name, "AmountLarge", {"column": name, "most": money(LARGEST)})
    return None


def _day_wrong(invoice: Invoice, told: set[str], today: date) -> list[Problem]:
    if invoice.dated_on is None or "dated_on" in told:
        return []
    if invoice.dated_on > today:
        return [Problem("dated_on", "DateFuture")]
    if invoice.dated_on < today - timedelta(days=365 * OLDEST_YEARS + 1):
        return [Problem("dated_on", "DateOld", {"years": OLDEST_YEARS})]
    return []


def _sum_wrong(invoice: Invoice) -> list[Problem]:
    net, vat, gross = invoice.net, invoice.vat, invoice.gross
    if net is None or vat is None or gross is None:
        return []
    if net + vat != gross:
        values = {"net": money(net), "vat": money(vat), "sum": money(net + vat), "gross": money(gross)}
        return [Problem("gross", "Sum", values)]
    if net and vat and (net < 0) != (vat < 0):
        return [Problem("vat", "Sign")]
    return [] if gross else [Problem("gross", "Nothing")]

"""Months, years, amounts and states as pages say them."""

from datetime import date

from django.utils.formats import date_format

from guildhall.foundation.kit.speech import money
from guildhall.foundation.texts.queries import say

from .rules import Sum

COLOURS = {"open": "blue", "late": "red", "sent": "green", "back": "orange"}


def month_words(month: date) -> str:
    """ "October 2026", in the active language."""
    return date_format(month, "F Y", use_l10n=False)


def year_words(year: int) -> str:
    """The year of account that began in April of ``year``."""
    return say("schools.Finance_Year", first=year, last=year + 1)


def state_words(state: str) -> str:
    return say(f"schools.FinanceReturns_State_{state.title()}")


def sum_words(total: Sum) -> dict[str, str | bool]:
    """A sum as a row of a table; ``over``: more is used than the budget says."""
    percent = "-" if total.percent is None else f"{total.percent}%"
    return {
        "budget": money(total.budget),
        "actual": money(total.actual),
        "committed": money(total.committed),
        "left": money(total.left),
        "percent": percent,
        "over": total.left < 0,
    }

"""Whole numbers, decimal numbers and amounts of money."""

import re
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from guildhall.foundation.kit import components
from guildhall.foundation.kit.typed import squeezed

from ..shape import Question
from .base import Context, Entry, Kind, Problem

_WHOLE = re.compile(r"[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})")
_DECIMAL = re.compile(r"[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})?(\.\d{1,12})?")
_DIGIT = re.compile(r"\d", re.ASCII)


def _written(raw: Any) -> str:
    """A number as typed, whole numbers and decimals of the program included, with a plain minus."""
    if isinstance(raw, (int, Decimal)) and not isinstance(raw, bool):
        raw = str(raw)
    return squeezed(raw).replace("\u2212", "-").replace("\u2013", "-")


def _plain(written: str, form: re.Pattern[str]) -> Decimal | None:
    if not written.isascii() or not _DIGIT.search(written) or not form.fullmatch(written):
        return None
    return Decimal(written.replace(",", ""))


def _bounded(number: Decimal, question: Question) -> Decimal:
    if isinstance(question.minimum, Decimal) and number < question.minimum:
        raise Problem("TooSmall", question, least=f"{question.minimum:,f}")
    if isinstance(question.maximum, Decimal) and number > question.maximum:
        raise Problem("TooLarge", question, most=f"{question.maximum:,f}")
    return number


def _example(question: Question) -> int:
    """A whole number that the question takes."""
    example = Decimal(12)
    if isinstance(question.maximum, Decimal):
        example = min(example, question.maximum)
    if isinstance(question.minimum, Decimal):
        example = max(example, question.minimum)
    return int(example)


class Integer(Kind):
    name = "integer"
    takes = frozenset({"minimum", "maximum"})
    nature = "number"

    def check(self, raw: Any, question: Question, context: Context) -> int:
        number = _plain(_written(raw), _WHOLE)
        if number is None:
            raise Problem("NotWhole", question, example=_example(question))
        return int(_bounded(number, question))

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [f"{value:,}"]

    def render(self, entry: Entry) -> SafeString:
        return _number_field(entry, inputmode="numeric")


class Number(Kind):
    """A decimal number, kept as written without its commas, so that 1.50 stays 1.50."""

    name = "decimal"
    takes = frozenset({"minimum", "maximum", "decimals"})
    nature = "number"

    def check(self, raw: Any, question: Question, context: Context) -> str:
        number = _plain(_written(raw), _DECIMAL)
        if number is None:
            raise Problem("NotNumber", question)
        places = -int(number.as_tuple().exponent)
        if places > question.decimals:
            raise Problem("TooManyDecimals", question, most=question.decimals)
        return f"{_bounded(number, question):f}"

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [f"{Decimal(value):,f}"]

    def render(self, entry: Entry) -> SafeString:
        return _number_field(entry, inputmode="decimal")


class Money(Kind):
    """Pounds and pence, kept with two decimals."""

    name = "money"
    takes = frozenset({"minimum", "maximum"})
    nature = "number"

    def check(self, raw: Any, question: Question, context: Context) -> str:
        number = _plain(_written(raw).replace("£", "", 1), _DECIMAL)
        if number is None or -int(number.as_tuple().exponent) > 2:
            raise Problem("NotMoney", question)
        return f"{_bounded(number, question):.2f}"

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        amount = Decimal(value)
        return [f"-£{-amount:,.2f}" if amount < 0 else f"£{amount:,.2f}"]

    def render(self, entry: Entry) -> SafeString:
        return _number_field(entry, inputmode="decimal", prefix="£")


def _number_field(entry: Entry, *, inputmode: str, prefix: str = "") -> SafeString:
    value = "" if entry.value is None else str(entry.value)
    return components.text_field(
        entry.field, value=value, width=10, prefix=prefix, inputmode=inputmode, spellcheck=False
    )

"""The rules that show, hide and demand questions: their shape and the one interpreter of them.

Pure: an answer is asked for by code, and a question that is hidden or not acceptably answered has the
answer None. ``is_not`` is the exact opposite of ``is``, so it holds for an unanswered question.
``older_than: 16`` holds from the sixteenth birthday, ``younger_than: 26`` until the day before the
twenty-sixth.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

AnswerOf = Callable[[str], Any]


@dataclass(frozen=True)
class Comparison:
    """One answer compared with one value."""

    question: str
    operator: str
    value: Any


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition = Comparison | All | AnyOf | Not


def holds(condition: Condition, answer_of: AnswerOf, today: date) -> bool:
    """Whether ``condition`` is true of the answers on the day ``today``."""
    match condition:
        case Comparison(question, operator, value):
            return OPERATORS[operator](answer_of(question), value, today)
        case All(parts):
            return all(holds(part, answer_of, today) for part in parts)
        case AnyOf(parts):
            return any(holds(part, answer_of, today) for part in parts)
        case Not(part):
            return not holds(part, answer_of, today)


def comparisons_in(condition: Condition | bool | None) -> Iterator[Comparison]:
    """Every comparison in ``condition``, in the order written."""
    match condition:
        case Comparison():
            yield condition
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons_in(part)
        case Not(part):
            yield from comparisons_in(part)


def age_on(today: date, born_on: date) -> int:
    """Whole years lived. A person born on 29 February is a year older on 1 March of other years."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def _folded(value: Any) -> Any:
    return value.casefold().strip() if isinstance(value, str) else value


def _is(answer: Any, value: Any, _today: date) -> bool:
    if isinstance(value, int):
        return _number(answer) == value
    return answer is not None and _folded(answer) == _folded(value)


def _is_not(answer: Any, value: Any, today: date) -> bool:
    return not _is(answer, value, today)


def _any_of(answer: Any, values: Any, today: date) -> bool:
    given = answer if isinstance(answer, list) else [answer]
    return any(_is(one, value, today) for one in given for value in values)


def _includes(answer: Any, value: Any, _today: date) -> bool:
    return isinstance(answer, list) and value in answer


def _answered(answer: Any, value: Any, _today: date) -> bool:
    return (answer is not None) is value


def _number(answer: Any) -> Decimal | None:
    try:
        return None if answer is None else Decimal(str(answer))
    except InvalidOperation:
        return None


def _more_than(answer: Any, value: Any, _today: date) -> bool:
    number = _number(answer)
    return number is not None and number > value


def _less_than(answer: Any, value: Any, _today: date) -> bool:
    number = _number(answer)
    return number is not None and number < value


def _age(answer: Any, today: date) -> int | None:
    try:
        return age_on(today, date.fromisoformat(answer))
    except (TypeError, ValueError):
        return None


def _older_than(answer: Any, years: Any, today: date) -> bool:
    age = _age(answer, today)
    return age is not None and age >= years


def _younger_than(answer: Any, years: Any, today: date) -> bool:
    age = _age(answer, today)
    return age is not None and age < years


OPERATORS: dict[str, Callable[[Any, Any, date], bool]] = {
    "is": _is,
    "is_not": _is_not,
    "any_of": _any_of,
    "includes": _includes,
    "answered": _answered,
    "more_than": _more_than,
    "less_than": _less_than,
    "older_than": _older_than,
    "younger_than": _younger_than,
}

ALLOWED: dict[str, frozenset[str]] = {
    "words": frozenset({"is", "is_not", "any_of", "answered"}),
    "option": frozenset({"is", "is_not", "any_of", "answered"}),
    "options": frozenset({"includes", "any_of", "answered"}),
    "number": frozenset({"is", "is_not", "any_of", "more_than", "less_than", "answered"}),
    "date": frozenset({"older_than", "younger_than", "answered"}),
    "other": frozenset({"answered"}),
    "nothing": frozenset(),
}
"""Which comparisons suit which nature of answer (a kind states its ``nature``)."""

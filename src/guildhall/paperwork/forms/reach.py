"""Whether anybody could ever be asked a question: conditions are tried on answers that could matter."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from .conditions import Comparison, Condition, comparisons_in, holds
from .kinds.table import KINDS
from .shape import Definition, Group, Option, Question

_MOST_TRIES = 5_000
_MOST_TRIES_OF_A_FORM = 200_000
_A_DAY = date(2026, 1, 15)


def unreachable(definition: Definition) -> Iterator[tuple[Group, Question | None, str]]:
    """The groups and questions that no answers open, as far as ``_MOST_TRIES`` combinations show.

    All of a form's conditions together are tried ``_MOST_TRIES_OF_A_FORM`` times; what is left then is
    taken to be reachable, so that no form takes long to judge.
    """
    tries = iter(range(_MOST_TRIES_OF_A_FORM))
    for group in definition.groups:
        if group.when and not _can_open(definition, [group.when], tries):
            yield group, None, "no answers can ever open this group: its condition is never true"
            continue
        for question in group.questions:
            rules = [rule for rule in (group.when, question.when) if rule]
            if question.when and not _can_open(definition, rules, tries):
                yield group, question, "no answers can ever open this question: its condition is never true"


def rules_of(definition: Definition, code: str) -> list[Condition]:
    """The rules that show a question: its own and that of its group."""
    rules = (definition.group_of[code].when, definition.question_by_code[code].when)
    return [rule for rule in rules if rule]


def _can_open(definition: Definition, rules: list[Condition], tries: Iterator[int]) -> bool:
    tests = _all_tests(definition, rules)
    codes = list(dict.fromkeys(test.question for test in tests))
    choices = [_answers_that_matter(definition.question_by_code[code], tests) for code in codes]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > _MOST_TRIES:
        return True
    for given in product(*choices):
        if next(tries, None) is None or _open(definition, rules, dict(zip(codes, given, strict=True))):
            return True
    return False


def _all_tests(definition: Definition, rules: list[Condition]) -> list[Comparison]:
    """The comparisons in ``rules`` and in the rules of every question they lead to."""
    found: dict[Comparison, None] = {}
    waiting = [test for rule in rules for test in comparisons_in(rule)]
    while waiting:
        test = waiting.pop()
        if test in found:
            continue
        found[test] = None
        waiting += [more for rule in rules_of(definition, test.question) for more in comparisons_in(rule)]
    return list(found)


def _open(definition: Definition, rules: list[Condition], given: dict[str, Any]) -> bool:
    def answer_of(code: str) -> Any:
        seen = all(holds(rule, answer_of, _A_DAY) for rule in rules_of(definition, code))
        return given[code] if seen else None

    return all(holds(rule, answer_of, _A_DAY) for rule in rules)


def _answers_that_matter(question: Question, tests: list[Comparison]) -> list[Any]:
    values: list[Any] = []
    for test in tests:
        if test.question == question.code:
            values += test.value if isinstance(test.value, tuple) else [test.value]
    match KINDS[question.kind].nature:
        case "option":
            return [None, *(option.id for option in KINDS[question.kind].options_of(question))]
        case "options":
            return [None, *_choices(question, values)]
        case "number":
            numbers = [Decimal(), *(Decimal(str(value)) for value in values if not isinstance(value, bool))]
            return [None, *_possible(question, numbers)]
        case "date":
            years = {year + step for year in values if not isinstance(year, bool) for step in (-1, 0, 1)}
            return [None, _A_DAY.isoformat(), *(f"{_A_DAY.year - year}-01-15" for year in years)]
        case "words":
            return [None, "\0another", *(value for value in values if not isinstance(value, bool))]
        case _:
            return [None, True]


def _possible(question: Question, numbers: list[Decimal]) -> list[Decimal]:
    """``numbers``, the limits, and what lies beside them, as far as the question takes them."""
    low, high = question.minimum, question.maximum
    limits = [limit for limit in (low, high) if isinstance(limit, Decimal)]
    small = Decimal(1) if question.kind == "integer" else Decimal("0.5")
    near = {n + step for n in (*numbers, *limits) for step in (-1, -small, 0, small, 1)}
    return sorted(
        n
        for n in near
        if not (isinstance(low, Decimal) and n < low) and not (isinstance(high, Decimal) and n > high)
    )


def _choices(question: Question, values: list[Any]) -> list[list[str]]:
    """Every set of the options that rules mention, that could be chosen together."""
    mentioned = [option for option in question.options if option.id in values]
    others = [option for option in question.options if option not in mentioned][:1]
    sets: list[list[Option]] = [[]]
    for option in mentioned + others:
        sets += [[*one, option] for one in sets]
    return [
        [o.id for o in one] for one in sets if one and not (len(one) > 1 and any(o.exclusive for o in one))
    ]

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from guildhall.paperwork.forms.conditions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    age_on,
    comparisons_in,
    holds,
)

from .made import TODAY


def true(condition: Condition, **answers: Any) -> bool:
    return holds(condition, answers.get, TODAY)


@pytest.mark.parametrize(
    ("operator", "value", "answer", "expected"),
    [
        ("is", "yes", "yes", True),
        ("is", "Cardiff", " cardiff", True),
        ("is", "yes", "no", False),
        ("is", "yes", None, False),
        ("is", 5, 5, True),
        ("is", 5, "5.00", True),
        ("is_not", "yes", "no", True),
        ("is_not", "yes", None, True),
        ("is_not", "yes", "yes", False),
        ("any_of", ("a", "b"), "b", True),
        ("any_of", ("a", "b"), "c", False),
        ("any_of", ("a", "b"), ["c", "a"], True),
        ("any_of", ("a", "b"), None, False),
        ("includes", "a", ["b", "a"], True),
        ("includes", "a", ["b"], False),
        ("includes", "a", None, False),
        ("answered", True, "", True),
        ("answered", True, None, False),
        ("answered", False, None, True),
        ("more_than", Decimal(3), 4, True),
        ("more_than", Decimal(3), 3, False),
        ("more_than", Decimal(3), "3.01", True),
        ("more_than", Decimal(3), None, False),
        ("more_than", Decimal(3), "words", False),
        ("less_than", Decimal(3), 2, True),
        ("less_than", Decimal(3), None, False),
        ("older_than", 16, "2010-06-01", True),
        ("older_than", 16, "2010-06-02", False),
        ("younger_than", 26, "2000-06-02", True),
        ("younger_than", 26, "2000-06-01", False),
        ("older_than", 16, None, False),
        ("younger_than", 26, None, False),
        ("younger_than", 26, "not a date", False),
    ],
)
def test_a_comparison_holds_or_not(operator: str, value: Any, answer: Any, expected: bool):
    assert true(Comparison("A", operator, value), A=answer) is expected


def test_conditions_join():
    yes, no = Comparison("A", "is", "x"), Comparison("A", "is", "y")

    assert true(All((yes, Not(no))), A="x")
    assert not true(All((yes, no)), A="x")
    assert true(AnyOf((no, yes)), A="x")
    assert not true(AnyOf((no, Not(yes))), A="x")
    assert [test.value for test in comparisons_in(AnyOf((All((yes,)), Not(no))))] == ["x", "y"]


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        (date(2010, 6, 1), date(2026, 5, 31), 15),
        (date(2010, 6, 1), date(2026, 6, 1), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_a_person_is_a_year_older_on_the_birthday(born: date, today: date, age: int):
    assert age_on(today, born) == age

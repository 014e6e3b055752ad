"""What a step costs must not grow with the form around it (W7)."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from guildhall.paperwork.forms import steps
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.forms.walk import Walk

from .made import TODAY, a_group, a_question, parsed, posted

PER_STEP = 12
A_REQUEST = 0.0030
"""Seconds of processor time that the rest of a step's request takes (performance.md 1.3: 2.4 to 3.2 ms)."""


def a_long_form(steps_in_it: int) -> Definition:
    """Steps of 12 questions; each step depends on one of the step before, each last question on its first."""
    groups = []
    for number in range(steps_in_it):
        questions = [
            a_question(f"Q{number}_{index}", "text", mandatory=True) for index in range(PER_STEP - 3)
        ]
        questions += [
            a_question(f"Q{number}_DATE", "date", past=True),
            a_question(f"Q{number}_YES", "yes_no"),
            a_question(f"Q{number}_MORE", "memo", when={"question": f"Q{number}_YES", "is": "yes"}),
        ]
        when = {"question": f"Q{number - 1}_YES", "is": "yes"} if number else None
        groups.append(a_group(f"g{number}", *questions, **({"when": when} if when else {})))
    return parsed(*groups)


def answered(form: Definition) -> dict[str, Any]:
    value = {"text": "Some words here", "date": "2020-01-31", "yes_no": "yes", "memo": "More words"}
    return {question.code: value[question.kind] for question in form.question_by_code.values()}


def a_post(form: Definition, answers: dict[str, Any]) -> Callable[[], object]:
    group = form.groups[-1]
    typed = answers | {question.code: "31/1/2020" for question in group.questions if question.kind == "date"}
    data = posted(**{question.field_id: str(typed[question.code]) for question in group.questions})

    def once() -> object:
        steps.read(form, group, data, answers=answers, today=TODAY, language="en")
        return Walk(form, answers, TODAY).next_place(group.key)

    return once


def cost(run: Callable[[], object], rounds: int = 15, times: int = 4) -> float:
    """Processor seconds of one ``run``: the least of several rounds."""
    best = []
    for _ in range(rounds):
        begun = time.process_time()
        for _ in range(times):
            run()
        best.append((time.process_time() - begun) / times)
    return min(best)


@pytest.mark.slow
def test_a_step_of_a_draft_with_300_answers_costs_little_more_than_one_with_12():
    short, long = a_long_form(1), a_long_form(25)
    few, many = answered(short), answered(long)

    little, much = cost(a_post(short, few)), cost(a_post(long, many))

    assert len(many) == 300
    assert (A_REQUEST + much) / (A_REQUEST + little) <= 1.5


@pytest.mark.slow
def test_walking_300_answers_whole_takes_less_than_a_request():
    form = a_long_form(25)
    answers = answered(form)

    def whole() -> object:
        way = Walk(form, answers, TODAY)
        return way.steps, way.gaps, way.percent, way.sealed_answers()

    assert cost(whole) < 2 * A_REQUEST

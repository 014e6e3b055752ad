"""Filling a form in as an invented person would: every question that must be answered, and some others."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from guildhall.paperwork.forms.definition import Definition, Group, Question
from guildhall.paperwork.forms.walk import Walk
from guildhall.people.accounts.models import User
from guildhall.records.linkage.identity import Identity

_MOST_ROUNDS = 12


class CannotFill(Exception):
    """The invented person found a question that they cannot answer."""


@dataclass(frozen=True)
class Pen:
    """Who writes, about whom, on which day; ``chance`` decides what is left open."""

    writer: User
    about: Identity
    today: date
    chance: Random


@cache
def _sentences() -> dict[str, list[str]]:
    return yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))


def filled(definition: Definition, pen: Pen) -> dict[str, Any]:
    """Answers to ``definition`` with no gap left. Raises CannotFill."""
    answers: dict[str, Any] = {}
    for group in definition.groups:
        if group.repeats and (group.repeats.least or pen.chance.random() < 0.4):
            answers[group.key] = [_row(group, pen)]
        elif not group.repeats:
            _some(answers, group.questions, pen)
    for _ in range(_MOST_ROUNDS):
        gaps = Walk(definition, answers, today=pen.today).gaps
        if not gaps:
            return answers
        for gap in gaps:
            if not gap.code:
                answers[gap.place] = [_row(definition.group_by_key[gap.place], pen)]
                continue
            spot = (
                next(row for row in answers[gap.place] if row["_id"] == gap.row_id) if gap.row_id else answers
            )
            spot[gap.code] = _answer(definition.question_by_code[gap.code], pen)
    raise CannotFill(f"{definition.code}: {[(gap.place, gap.code, gap.message) for gap in gaps]}")


def _row(group: Group, pen: Pen) -> dict[str, Any]:
    """The beginning of one row of a repeating group: a row that says nothing does not count."""
    first = group.questions[0]
    return {"_id": "first", first.code: _answer(first, pen)}


def _some(answers: dict[str, Any], questions: tuple[Question, ...], pen: Pen) -> None:
    """Answer what says who the child is, and now and then a question that may stay open."""
    for question in questions:
        if question.identity:
            if (said := _identity(question, pen.about)) is not None:
                answers[question.code] = said
        elif question.when is None and question.kind in {"memo", "choose_one"} and pen.chance.random() < 0.35:
            answers[question.code] = _answer(question, pen)


def _identity(question: Question, about: Identity) -> Any:
    if question.identity == "born_on":
        return about.born_on.isoformat() if about.born_on else None
    if question.identity == "address":
        return _address(about)
    if question.identity == "school":
        return {"urn": "", "name": about.school} if about.school else None
    return getattr(about, question.identity, "") or None


def _address(about: Identity) -> dict[str, Any]:
    lines = list(about.address_lines) or ["1 High Street"]
    return {
        "lines": lines[:1],
        "town": lines[-1] if len(lines) > 1 else "Carreg",
        "postcode": about.postcode or "CY1 1AA",
    }


def _answer(question: Question, pen: Pen) -> Any:
    """Something that fits ``question``. Raises CannotFill for a kind that nobody can invent."""
    if question.identity and (said := _identity(question, pen.about)) is not None:
        return said
    if question.kind in {"choose_one", "drop_down"}:
        return pen.chance.choice([option.id for option in question.options])
    if question.kind == "choose_several":
        plain = [option.id for option in question.options if not option.exclusive]
        return sorted(pen.chance.sample(plain, k=min(2, len(plain))))
    if question.kind in {"text", "memo"}:
        return _words(question, pen)[: question.max_length or 2000]
    if question.kind == "yes_no":
        return "no" if "UNBORN" in question.code else pen.chance.choice(["yes", "yes", "no"])
    simple = _simple(pen)
    if question.kind not in simple:
        raise CannotFill(f"{question.code} is of kind {question.kind}")
    return simple[question.kind]


def _simple(pen: Pen) -> dict[str, Any]:
    return {
        "date": (pen.today - timedelta(days=pen.chance.randint(5, 60))).isoformat(),
        "time": "09:30",
        "date_range": {
            "from": (pen.today - timedelta(days=80)).isoformat(),
            "to": (pen.today + timedelta(days=80)).isoformat(),
        },
        "integer": 3,
        "decimal": "12.5",
        "money": "12.50",
        "telephone": f"01632960{pen.chance.randint(100, 999)}",
        "email": pen.writer.email or "someone@example.org",
        "postcode": pen.about.postcode or "CY1 1AA",
        "address": _address(pen.about),
        "person": {"name": "Sian Rowlands", "role": "SENCO", "telephone": "01632960200", "email": ""},
        "establishment": {"urn": "", "name": pen.about.school or "Ysgol Carreg"},
        "signature": {"name": str(pen.writer), "on": pen.today.isoformat()},
    }


def _words(question: Question, pen: Pen) -> str:
    code = question.code
    if code.endswith(("_NAME", "_BY")):
        return str(pen.writer)
    if code.endswith("_ROLE"):
        return pen.writer.job_role or "Parent"
    if code.endswith("_ORGANISATION"):
        return pen.writer.organisation or "Ysgol Carreg"
    fitting = next((words for key, words in _sentences().items() if key in code), _sentences()["anything"])
    return pen.chance.choice(fitting)

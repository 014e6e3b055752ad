"""Rows pasted from a spreadsheet: one child a line, the questions as columns. Pure."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guildhall.paperwork.forms.definition import LANGUAGES, Question
from guildhall.paperwork.forms.kinds.base import Context, Problem
from guildhall.paperwork.forms.kinds.table import KINDS

LONGEST = 50_000


@dataclass(frozen=True)
class Pasted:
    """A line: as it was pasted, the answers it gives, and what is wrong with it, in words."""

    number: int
    written: str
    answers: dict[str, Any]
    problems: tuple[str, ...]


def read_pasted(written: str, questions: Sequence[Question], *, today: date, language: str) -> list[Pasted]:
    """The lines of ``written``, in the order of ``questions``, or as a first line with headings says."""
    lines = [line for line in written[:LONGEST].splitlines() if line.strip()]
    between = "\t" if any("\t" in line for line in lines) else ","
    rows = [next(csv.reader([line], delimiter=between)) for line in lines]
    order: list[Question | None] = list(questions)
    first = 0
    if rows and (headed := _heading(rows[0], questions)):
        order, first = headed, 1
    return [
        _line(lines[place], rows[place], order, place + 1, today, language)
        for place in range(first, len(rows))
    ]


def _heading(row: list[str], questions: Sequence[Question]) -> list[Question | None] | None:
    """The question of each column, where the first line has headings; None where it has answers."""
    known = {question.text.in_(each).casefold(): question for question in questions for each in LANGUAGES}
    known |= {question.code.casefold(): question for question in questions}
    found = [known.get(cell.strip().casefold()) for cell in row]
    return found if sum(one is not None for one in found) * 2 > len(row) else None


def _line(
    written: str, row: list[str], order: list[Question | None], number: int, today: date, language: str
) -> Pasted:
    answers, problems = {}, []
    for question, cell in zip(order, row, strict=False):
        raw = _meant(question, cell.strip()) if question else ""
        if question is None or not raw:
            continue
        try:
            answers[question.code] = KINDS[question.kind].check(raw, question, Context(today))
        except Problem as problem:
            answers[question.code] = {"typed": raw}
            problems.append(problem.say(language))
    return Pasted(number, written, answers, tuple(problems))


def _meant(question: Question, cell: str) -> Any:
    """The id of the option whose words were typed, the parts of an address, else the cell itself."""
    for option in question.options:
        if cell.casefold() in {option.id.casefold(), *(option.text.in_(one).casefold() for one in LANGUAGES)}:
            return option.id
    if question.kind == "address" and cell:
        parts = [part.strip() for part in cell.split(",") if part.strip()]
        ends = parts[-1] if len(parts) > 1 else ""
        lines = parts[:-2] if len(parts) > 2 else parts[:1]
        town = parts[-2] if len(parts) > 2 else ""
        return {"lines": lines, "town": town, "postcode": ends, "uprn": ""}
    return cell

"""What an officer's form takes over from the approved forms of a child (SP-177, SP-221). Pure but for
reading definitions.

A question that may be inherited several times takes every earlier answer that the officer chose; another
takes that of the form approved last. A form made from the same definition is a duplicate: it takes all.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import Definition, Question
from guildhall.paperwork.forms.kinds.base import Context
from guildhall.paperwork.forms.walk import judge

from .models import Submission
from .reuse import lendable, provenance

# How several answers become one; of any other kind only one can be taken.
JOINED = {"memo": "\n\n", "text": "; "}
COMBINED = frozenset({*JOINED, "choose_several"})


@dataclass(frozen=True)
class Lent:
    """What a new form begins with: ``inherited`` as a draft keeps it, and the rows of repeating groups."""

    inherited: dict[str, Any]
    rows: dict[str, Any]

    @property
    def answers(self) -> dict[str, Any]:
        """The answers that the draft begins with."""
        filled = {code: one["value"] for code, one in self.inherited.items() if one["how"] == "fill"}
        return filled | self.rows


@dataclass(frozen=True)
class Choice:
    """A question of which several earlier answers may be taken, and the forms that answer it."""

    question: Question
    answers: tuple[tuple[Submission, Any], ...]

    @property
    def several(self) -> bool:
        return self.question.kind in COMBINED


def choices_in(definition: Definition, earlier: Sequence[Submission], *, today: date) -> list[Choice]:
    """The questions of which an officer has to choose, because more than one form answers them."""
    found = []
    for question in _single(definition):
        if question.inherit_multiple:
            answers = tuple(_answers(question, earlier, today))
            if len(answers) > 1:
                found.append(Choice(question, answers))
    return found


def lent(
    definition: Definition,
    earlier: Sequence[Submission],
    *,
    today: date,
    chosen: Mapping[str, Collection[int]],
    without: Collection[str] = (),
) -> Lent:
    """What ``earlier`` forms, the one approved last first, give to a new one of ``definition``.

    ``chosen``: question code → ids of the forms whose answers were chosen, where there was a choice.
    ``without``: codes whose answers the officer may not see.
    """
    alike = [one for one in earlier if forms.definition_of(one.version_id).code == definition.code]
    offered = {one.question.code: one for one in choices_in(definition, earlier, today=today)}
    inherited: dict[str, Any] = {}
    for question in _single(definition):
        if question.code in without:
            continue
        if one := offered.get(question.code):
            wanted = [pair for pair in one.answers if pair[0].pk in chosen.get(question.code, ())]
        else:
            wanted = _answers(question, earlier if _reused(question) else alike, today)[:1]
        if wanted:
            inherited[question.code] = _joined(question, wanted, today, duplicate=bool(alike))
    return Lent(inherited, _rows(definition, alike, without))


def _single(definition: Definition) -> list[Question]:
    """The questions outside repeating groups that may be inherited at all."""
    return [
        question
        for group in definition.groups
        for question in group.questions
        if not group.repeats and lendable(question)
    ]


def _reused(question: Question) -> bool:
    return question.reuse != "ask" or question.inherit_multiple


def _answers(question: Question, earlier: Sequence[Submission], today: date) -> list[tuple[Submission, Any]]:
    found = ((one, _answer(question, one, today)) for one in earlier)
    return [(one, value) for one, value in found if value is not None]


def _answer(question: Question, submission: Submission, today: date) -> Any:
    """What the form answered to the question of the same code; None where it does not fit any more."""
    older = forms.definition_of(submission.version_id)
    same = older.question_by_code.get(question.code)
    if same is None or same.kind != question.kind or older.group_of[question.code].repeats:
        return None
    return judge(question, submission.answers.get(question.code), Context(today)).value


def _joined(
    question: Question, wanted: Sequence[tuple[Submission, Any]], today: date, *, duplicate: bool
) -> dict[str, Any]:
    values = [value for _, value in wanted]
    value: Any = values[0]
    if len(values) > 1 and question.kind in JOINED:
        value = JOINED[question.kind].join(dict.fromkeys(values))
        if judge(question, value, Context(today)).value is None:
            value = {"typed": value}  # longer than the question takes: the officer shortens it on the page
    elif len(values) > 1 and question.kind == "choose_several":
        value = list(dict.fromkeys(each for one in values for each in one))
    how = "fill" if duplicate or question.inherit_multiple else question.reuse
    several = {"several": len(values)} if len(values) > 1 else {}
    return {"value": value, "how": how} | several | provenance(wanted[0][0])


def _rows(
    definition: Definition, alike: Sequence[Submission], without: Collection[str]
) -> dict[str, list[dict[str, Any]]]:
    """The rows of repeating groups of the newest form of the same definition."""
    if not alike:
        return {}
    found = {}
    for group in definition.groups:
        kept = alike[0].answers.get(group.key) if group.repeats else None
        codes = {one.code for one in group.questions if lendable(one)} - set(without)
        rows = [_row(row, codes) for row in kept or [] if isinstance(row, dict)]
        if rows:
            found[group.key] = rows
    return found


def _row(row: dict[str, Any], codes: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key == "_id" or key in codes}

"""The route that answers take through a form: computed, never stored.

A Walk judges a definition and a draft's answers on one day. What it is asked is worked out once, and
only as far as the question needs. An answer that was typed but cannot be taken, and the answer to a
question that is not shown, count as not given.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts import queries as texts

from .conditions import Condition, holds
from .kinds.base import Context, Problem
from .kinds.table import KINDS
from .shape import Definition, Group, Question, Words

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Gap:
    """Something to put right before the form can be sent, with the input it is beside.

    ``row_id`` is the row of a repeating group. A group with too few or too many rows has no ``code``.
    ``message`` is in the language that was active when the gap was asked for.
    """

    place: str
    row_id: str | None
    code: str
    field_id: str
    message: str


@dataclass(frozen=True)
class Step:
    """One step on the route. ``state`` is done, started, empty or problem.

    ``questions`` are the visible ones; in a repeating group those of the form, as each row has its own.
    """

    group: Group
    questions: tuple[Question, ...]
    state: str

    @property
    def place(self) -> str:
        return self.group.key

    @property
    def title(self) -> Words:
        return self.group.title

    @property
    def done(self) -> bool:
        return self.state == "done"


@dataclass(frozen=True)
class Found:
    """What stands for one question: an acceptable value, a problem, or nothing."""

    value: Any = None
    problem: Problem | None = None


_NOTHING = Found()


class Asked(NamedTuple):
    """A question that is shown and can be answered, in its row, with what stands for it."""

    question: Question
    row: Row
    found: Found


class Walk:
    """The steps, gaps and sealed answers of one draft or submission.

    ``answers``: code → value, and a repeating group's key → list of rows, each with ``_id``.
    """

    def __init__(self, definition: Definition, answers: Mapping[str, Any], today: date) -> None:
        self.definition = definition
        self.answers = answers
        self.context = Context(today)
        self._found: dict[tuple[str, str], Found] = {}
        self._shown: dict[tuple[str, str], bool] = {}
        self._rows: dict[str, Sequence[Row]] = {}
        self._asked: dict[str, tuple[Asked, ...]] = {}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups on the route, in order."""
        return tuple(group for group in self.definition.groups if self.opens(group))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(self._step(group) for group in self.groups)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Everything that stands between these answers and sending them, in the order of the form."""
        return tuple(gap for group in self.groups for gap in self._gaps_of(group))

    @property
    def percent(self) -> int:
        """How much of what must be answered is answered: 0 to 100."""
        needed = answered = 0
        for group in self.groups:
            least = group.repeats.least if group.repeats else 0
            needed += max(0, least - len(self.rows(group)))
            founds = [asked.found for asked in self.asked(group) if self.requires(asked.question, asked.row)]
            needed += len(founds)
            answered += sum(found.value is not None for found in founds)
        return 100 * answered // needed if needed else 100

    def next_place(self, place: str) -> str | None:
        """The place of the next step on the route; None after the last, where the summary comes."""
        after = self._after(place, 1)
        return next((group.key for group in after if self.opens(group)), None)

    def previous_place(self, place: str) -> str | None:
        """The place of the step before on the route; None before the first. ``summary`` is after the last."""
        before = self._after(place, -1)
        return next((group.key for group in before if self.opens(group)), None)

    def opens(self, group: Group) -> bool:
        """Whether the group is on the route."""
        key = (group.key, "")
        if key not in self._shown:
            self._shown[key] = group.when is None or self._true(group.when, None)
        return self._shown[key]

    def shows(self, question: Question, row: Row | None = None) -> bool:
        """Whether the question is asked; in a repeating group, in that row."""
        group = self.definition.group_of[question.code]
        key = (question.code, _id_of(row) if group.repeats else "")
        if key not in self._shown:
            rule = question.when
            self._shown[key] = self.opens(group) and (rule is None or self._true(rule, row))
        return self._shown[key]

    def visible(self, group: Group, row: Row | None = None) -> tuple[Question, ...]:
        """The questions asked in the group; in a repeating one, in ``row``."""
        return tuple(question for question in group.questions if self.shows(question, row))

    def rows(self, group: Group) -> Sequence[Row]:
        """The rows of a repeating group that hold an answer, good or bad; else all the answers as one row."""
        if not group.repeats:
            return (self.answers,)
        if group.key not in self._rows:
            given = self.answers.get(group.key)
            rows = [row for row in given if isinstance(row, dict)] if isinstance(given, list) else []
            self._rows[group.key] = [row for row in rows if self._holds_answer(group, row)]
        return self._rows[group.key]

    def asked(self, group: Group) -> tuple[Asked, ...]:
        """The questions that are shown and can be answered, row by row."""
        if group.key not in self._asked:
            self._asked[group.key] = tuple(
                Asked(question, row, self.found(question, row))
                for row in self.rows(group)
                for question in self.visible(group, row)
                if KINDS[question.kind].answerable
            )
        return self._asked[group.key]

    def requires(self, question: Question, row: Row | None = None) -> bool:
        """Whether the question must be answered, if it is shown."""
        rule = question.mandatory
        return rule if isinstance(rule, bool) else self._true(rule, row)

    def found(self, question: Question, row: Row | None = None) -> Found:
        """The answer or the problem of a question, whether or not it is shown."""
        repeats = self.definition.group_of[question.code].repeats
        key = (question.code, _id_of(row) if repeats else "")
        if key not in self._found:
            holder = (row or {}) if repeats else self.answers
            self._found[key] = judge(question, holder.get(question.code), self.context)
        return self._found[key]

    def sealed_answers(self) -> dict[str, Any]:
        """The acceptable answers to the questions that are shown, and no others."""
        sealed: dict[str, Any] = {}
        for group in self.groups:
            kept = [asked for asked in self.asked(group) if asked.found.value is not None]
            if not group.repeats:
                sealed |= {asked.question.code: asked.found.value for asked in kept}
            elif kept:
                rows = {_id_of(asked.row): {"_id": _id_of(asked.row)} for asked in kept}
                for asked in kept:
                    rows[_id_of(asked.row)][asked.question.code] = asked.found.value
                sealed[group.key] = list(rows.values())
        return sealed

    def subject(self) -> dict[str, Any]:
        """Who the form is about, from its identity questions: the keys of an Identity, as JSON."""
        said: dict[str, Any] = {}
        for asked in (asked for group in self.groups for asked in self.asked(group)):
            if asked.question.identity and asked.found.value is not None:
                said |= _identity(asked.question.identity, asked.found.value)
        return said

    def _after(self, place: str, direction: int) -> Sequence[Group]:
        groups = self.definition.groups
        here = next((index for index, group in enumerate(groups) if group.key == place), len(groups))
        return groups[here + 1 :] if direction > 0 else groups[:here][::-1]

    def _true(self, rule: Condition, row: Row | None) -> bool:
        def answer_of(code: str) -> Any:
            question = self.definition.question_by_code[code]
            return self.found(question, row).value if self.shows(question, row) else None

        return holds(rule, answer_of, self.context.today)

    def _holds_answer(self, group: Group, row: Row) -> bool:
        return any(self.found(question, row) != _NOTHING for question in self.visible(group, row))

    def _step(self, group: Group) -> Step:
        questions = group.questions if group.repeats else self.visible(group)
        return Step(group, questions, self._state(group))

    def _state(self, group: Group) -> str:
        asked = self.asked(group)
        if any(one.found.problem for one in asked):
            return "problem"
        answered = any(one.found.value is not None for one in asked)
        lacks = _limit_broken(group, len(self.rows(group))) or any(map(self._problem, asked))
        if lacks:
            return "started" if answered else "empty"
        return "done" if answered or not (asked or group.repeats) else "empty"

    def _gaps_of(self, group: Group) -> Iterator[Gap]:
        if broken := _limit_broken(group, len(self.rows(group))):
            yield _gap_in_rows(group, broken, len(self.rows(group)))
        for asked in self.asked(group):
            if problem := self._problem(asked):
                row_id = _id_of(asked.row) if group.repeats else None
                yield Gap(group.key, row_id, asked.question.code, problem.field_id, problem.say())

    def _problem(self, asked: Asked) -> Problem | None:
        if asked.found.problem or asked.found.value is not None:
            return asked.found.problem
        kind = KINDS[asked.question.kind]
        if self.requires(asked.question, asked.row):
            return Problem(kind.missing, asked.question, part=kind.missing_part, absent=True)
        return None

    def problem(self, question: Question, row: Row | None = None) -> Problem | None:
        """What is wrong with the answer to a question that is shown; a needed one that is lacking too."""
        if not KINDS[question.kind].answerable:
            return None
        return self._problem(Asked(question, row or {}, self.found(question, row)))


def judge(question: Question, held: Any, context: Context) -> Found:
    """What the ``held`` value of a question comes to: an answer as kept, or ``{"typed": …}``."""
    kind = KINDS[question.kind]
    raw = typed_in(held)
    if kind.is_blank(raw):
        return _NOTHING
    try:
        return Found(kind.check(raw, question, context))
    except Problem as problem:
        return Found(problem=problem)


def typed_in(held: Any) -> Any:
    """What was typed, of an answer that could not be taken; any other answer as it is."""
    return held["typed"] if isinstance(held, dict) and held.keys() == {"typed"} else held


def _id_of(row: Row | None) -> str:
    return str(row.get("_id", "")) if row else ""


def _limit_broken(group: Group, count: int) -> tuple[str, int] | None:
    """Whether a repeating group has TooFew or TooMany rows, and the limit."""
    if group.repeats and count < group.repeats.least:
        return "TooFew", group.repeats.least
    if group.repeats and count > group.repeats.most:
        return "TooMany", group.repeats.most
    return None


def _gap_in_rows(group: Group, broken: tuple[str, int], count: int) -> Gap:
    name, limit = broken
    title = group.title.in_(active_language())
    message = texts.say(f"shared.Error_Rows_{name}", title=title, limit=limit, count=count)
    return Gap(group.key, None, "", f"group-{group.key}", message)


def _identity(role: str, value: Any) -> dict[str, Any]:
    if role == "address":
        return {"address_lines": [*value["lines"], value["town"]], "postcode": value["postcode"]}
    if role == "gender":
        return {"gender": value if value in ("female", "male", "other") else ""}
    if role == "school":
        return {"school": value["name"] if isinstance(value, dict) else value}
    return {role: value}

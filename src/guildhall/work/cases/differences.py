"""What changed between two versions of a form, question by question, in words (GH-009)."""

from collections.abc import Iterable
from dataclasses import dataclass

from guildhall.paperwork.forms.spoken import SpokenGroup


@dataclass(frozen=True)
class Difference:
    """A question whose answer differs: ``before`` and ``after`` are lines, empty when not answered."""

    section: str
    question: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class _Answer:
    section: str
    question: str
    lines: list[str]


# Number of the section, heading of the row, question code.
_Answers = dict[tuple[int, str, str], _Answer]


def differences(before: Iterable[SpokenGroup], after: Iterable[SpokenGroup]) -> list[Difference]:
    """Every answer that differs, in the order of the form; rows of a group are compared by their heading."""
    old, new = _answers(before), _answers(after)
    keys = [*new, *(key for key in old if key not in new)]
    found = []
    for key in sorted(keys, key=lambda key: key[0]):
        was, now = old.get(key), new.get(key)
        said = now or was
        lines = (was.lines if was else [], now.lines if now else [])
        if said and lines[0] != lines[1]:
            found.append(Difference(said.section, said.question, *lines))
    return found


def _answers(groups: Iterable[SpokenGroup]) -> _Answers:
    return {
        (group.number, group.rows_heading or "", code): _Answer(_section(group), label, list(lines))
        for group in groups
        for label, lines, code in group.pairs
    }


def _section(group: SpokenGroup) -> str:
    return f"{group.title}: {group.rows_heading}" if group.rows_heading else group.title

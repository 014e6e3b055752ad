"""Reading the file that says which rows are one child: two columns of ids; a line unused says why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

from guildhall.foundation.kit.refusals import Refusal

from .parting import content_of, parted
from .reading import BadRow, Row

Ids = tuple[str, str]
Line = tuple[int, list[str] | None]

# Beside the ids there may be a number of the line, names of the files, a probability.
WIDEST = 6

_REASONS = {
    "unknown": "no row that could be used has the id",
    "twice": "an earlier line has the same pair",
    "itself": "both ids are those of one row",
    "ids": "it has not two ids",
}


class BadTruth(Refusal):
    """The file of true pairs cannot be used."""


@dataclass
class Truth:
    """The pairs of ids of one child, left before right, and the lines that say nothing of these files."""

    pairs: set[Ids] = field(default_factory=set)
    bad: list[BadRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The ids of both files, and the place of each row where there is one file only."""

    left: dict[str, int]
    right: dict[str, int]
    one_file: bool

    def holds(self, pair: Ids) -> bool:
        return pair[0] in self.left and pair[1] in self.right

    def missing(self, pair: Ids) -> str:
        return pair[1] if pair[0] in self.left else pair[0]

    def ordered(self, pair: Ids) -> Ids:
        """In one file the earlier row is first."""
        turn = self.one_file and self.left[pair[0]] > self.left[pair[1]]
        return (pair[1], pair[0]) if turn else pair


def read_truth(path: Path, left: Sequence[Row], right: Sequence[Row] | None) -> Truth:
    """The true pairs in the first two columns of the file at ``path``, or in the two that hold ids.

    Columns may stand in either order, the file may have a heading line or none; both files may use the same
    ids. Raises BadTruth when no pair is of the files, UnreadableFile.
    """
    _demand_rows(left, "left")
    if right is not None:
        _demand_rows(right, "right")
    places = {row.id: place for place, row in enumerate(left)}
    others = places if right is None else {row.id: place for place, row in enumerate(right)}
    sides = _Sides(places, others, right is None)
    lines = list(parted(content_of(path), path.name).rows())
    truth = _truth(list(_pairs(lines, _columns(lines, sides))), sides)
    if not truth.pairs:
        raise BadTruth(
            f"{path.name} has no pair whose two ids are in the files. Its first two columns must be the id "
            "of a row of the left file and the id of a row of the right one. Say which column of the files "
            f"has the ids with --map id=COLUMN. {_examples(path, lines, sides)}"
        )
    return truth


def id_column(path: Path, truth: Path) -> str:
    """The heading of the column at ``path`` that holds the ids of ``truth``, for a file whose headings do not
    say which it is; empty where none does, so that its line numbers may be meant. Raises UnreadableFile."""
    told = {value for _, values in parted(content_of(truth), truth.name).rows() for value in values or ()}
    lines = [
        (number, values)
        for number, values in parted(content_of(path), path.name).rows()
        if values is not None
    ]
    headings, rows = lines[0][1] if lines else [], lines[1:]
    columns = {
        heading: [values[at] for _, values in rows if at < len(values)] for at, heading in enumerate(headings)
    }
    held = {heading: len(told & set(ids)) for heading, ids in columns.items() if _are_ids(ids)}
    best = max(held, key=lambda heading: held[heading], default="")
    by_line = len(told & {str(number) for number, _ in rows})
    # Where rows are numbered in a column of their own, lines have nearly the same numbers.
    return best if best and held[best] and held[best] >= 0.9 * by_line else ""


def _are_ids(values: list[str]) -> bool:
    """Does hardly a value stand twice?"""
    return bool(values) and len(set(values)) > 0.9 * len(values)


def _demand_rows(rows: Sequence[Row], side: str) -> None:
    if not rows:
        raise BadTruth(f"The {side} file has no row that can be used, so nothing can be compared with it.")


def _columns(lines: Sequence[Line], sides: _Sides) -> tuple[int, int]:
    """The places of the left and the right id: of the first two columns, else of those before WIDEST."""

    def held(columns: tuple[int, int]) -> int:
        found = _pairs(lines, columns)
        return sum(pair is not None and sides.holds(pair) for _, pair in found)

    first = max((0, 1), (1, 0), key=held)
    return first if held(first) else max(first, *permutations(range(WIDEST), 2), key=held)


def _examples(path: Path, lines: Sequence[Line], sides: _Sides) -> str:
    """How the ids are written here and there: a zero that a spreadsheet left out is seen at once."""
    last = ", ".join((lines[-1][1] or [])[:2]) if lines else ""
    left, right = next(iter(sides.left)), next(iter(sides.right))
    return f"{path.name} ends with {last!r}; the files begin with the ids {left!r} and {right!r}."


def _truth(lines: Sequence[tuple[int, Ids | None]], sides: _Sides) -> Truth:
    truth = Truth()
    for place, (number, pair) in enumerate(lines):
        if pair is None:
            truth.bad.append(BadRow(number, "", _REASONS["ids"], "ids"))
        elif not sides.holds(pair):
            # The first line is a heading as a rule.
            if place:
                _leave_out(truth, number, pair, "unknown", f" {sides.missing(pair)}")
        elif sides.one_file and pair[0] == pair[1]:
            _leave_out(truth, number, pair, "itself")
        elif (ordered := sides.ordered(pair)) in truth.pairs:
            _leave_out(truth, number, pair, "twice")
        else:
            truth.pairs.add(ordered)
    return truth


def _leave_out(truth: Truth, number: int, pair: Ids, code: str, more: str = "") -> None:
    truth.bad.append(BadRow(number, ", ".join(pair), _REASONS[code] + more, code))


def _pairs(lines: Sequence[Line], columns: tuple[int, int]) -> Iterator[tuple[int, Ids | None]]:
    """The number of every line, and its ids of the left and the right file."""
    left, right = columns
    for number, values in lines:
        whole = values is not None and len(values) > max(columns)
        pair = (values[left], values[right]) if values and whole else ("", "")
        yield number, pair if all(pair) else None

"""How good linking is on files whose truth is known: what was found, what was missed, what was wrong."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from guildhall.foundation.kit.refusals import Refusal

from ..groups import group_of
from ..outcomes import CLEAR_LEAD, MATCH_AT, POTENTIAL_AT
from ..scoring import FIELDS
from .pairing import Compared, Pair
from .reading import Row, records

THRESHOLDS = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, POTENTIAL_AT, 0.9, 0.95, MATCH_AT, 0.999, 0.9999)
MOST_EXPLAINED = 200

Ids = tuple[str, str]


class BadTruth(Refusal):
    """The file of true pairs cannot be used."""


@dataclass(frozen=True)
class Figures:
    """What linking everything at ``threshold`` (a probability) or above gives. Rates are from 0 to 1."""

    threshold: float
    links: int
    true_links: int
    false_links: int
    missed_links: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Explained:
    """A missed or a false link: both ids, both as written, the probability, and the level of each field.

    ``found`` is False for a pair that shared too little to be looked at; it has no levels then.
    """

    left: str
    right: str
    group: str
    probability: float
    found: bool
    levels: dict[str, str]
    written: tuple[str, str]


@dataclass(frozen=True)
class Evaluation:
    """The whole of it. ``one_to_one`` lets each row be linked once, best first; ``machine`` is what would
    be linked without a person; ``groups`` are figures at the threshold of a match by group of names.
    """

    left_rows: int
    right_rows: int
    true_pairs: int
    compared_pairs: int
    pairs_recall: float
    model: str
    thresholds: list[Figures]
    one_to_one: list[Figures]
    machine: Figures
    groups: dict[str, Figures]
    missed: list[Explained]
    false: list[Explained]

    def as_json(self) -> dict[str, Any]:
        """Plain values; ``best`` is the threshold with the highest F1."""
        best = max(self.thresholds, key=lambda figures: figures.f1)
        return asdict(self) | {"best": asdict(best)}


def read_truth(path: Path, left: Sequence[Row], right: Sequence[Row] | None) -> set[Ids]:
    """The pairs of ids of one child, from the two columns of the file at ``path``.

    Columns may stand in either order, the file may have a heading line or none. Pairs with an id that no
    file has are left out. Raises BadTruth when none is left, UnreadableFile.
    """
    ones, others = {row.id for row in left}, {row.id for row in (left if right is None else right)}
    pairs = _two_columns(path)
    straight = {(one, other) for one, other in pairs if one in ones and other in others and one != other}
    turned = {(other, one) for one, other in pairs if other in ones and one in others and one != other}
    if right is None:
        places = {row.id: place for place, row in enumerate(left)}
        return {
            (one, other) if places[one] < places[other] else (other, one) for one, other in straight
        } or _none(path)
    return max(straight, turned, key=len) or _none(path)


def evaluate(
    left: Sequence[Row], right: Sequence[Row] | None, truth: set[Ids], compared: Compared
) -> Evaluation:
    """Hold what was ``compared`` against the ``truth``."""
    others = left if right is None else right
    ids = {pair: (left[pair.left].id, others[pair.right].id) for pair in compared.pairs}
    # In one file a child may be there more than twice.
    single = compared.pairs if right is None else _one_to_one(compared.pairs)
    rows = {row.id: row for row in left}
    group = {one: rows[one].group or group_of(rows[one].who) for one, _ in truth | set(ids.values())}
    chosen = [ids[pair] for pair in single if pair.probability >= MATCH_AT]
    linked = {ids[pair] for pair in compared.pairs if pair.probability >= 0.5}
    by_ids = {ids[pair]: pair for pair in compared.pairs}
    found = sum(pair in truth for pair in by_ids)
    right_rows = {row.id: row for row in others}

    def explain(pairs: Iterable[Ids]) -> list[Explained]:
        told = [_explained(pair, by_ids.get(pair), rows, right_rows, group) for pair in sorted(pairs)]
        return told[:MOST_EXPLAINED]

    return Evaluation(
        left_rows=len(left),
        right_rows=len(others),
        true_pairs=len(truth),
        compared_pairs=len(compared.pairs),
        pairs_recall=found / len(truth),
        model=compared.model.version,
        thresholds=[
            _figures(at, [ids[p] for p in compared.pairs if p.probability >= at], truth) for at in THRESHOLDS
        ],
        one_to_one=[
            _figures(at, [ids[p] for p in single if p.probability >= at], truth) for at in THRESHOLDS
        ],
        machine=_figures(MATCH_AT, [ids[p] for p in machine_links(compared.pairs, right is None)], truth),
        groups={
            each: _figures(
                MATCH_AT,
                [pair for pair in chosen if group[pair[0]] == each],
                {pair for pair in truth if group[pair[0]] == each},
            )
            for each in sorted(set(group.values()))
        },
        missed=explain(truth - linked),
        false=explain(linked - truth),
    )


def machine_links(pairs: Sequence[Pair], one_file: bool) -> list[Pair]:
    """What is linked without a person: a match without a veto and, between two files, without a rival.

    ``pairs`` are heaviest first.
    """
    sure = [pair for pair in pairs if pair.probability >= MATCH_AT and not pair.vetoes]
    if one_file:
        return sure
    rivals = _rivals(pairs)
    return [pair for pair in sure if rivals["left", pair.left] == 1 == rivals["right", pair.right]]


def _rivals(pairs: Sequence[Pair]) -> Counter[tuple[str, int]]:
    """How many rows of the other file each row may well be: its best, and those near it."""
    found: Counter[tuple[str, int]] = Counter()
    best: dict[tuple[str, int], float] = {}
    for pair in pairs:
        for end in (("left", pair.left), ("right", pair.right)):
            first = best.setdefault(end, pair.weight)
            found[end] += pair.probability >= POTENTIAL_AT and first - pair.weight < CLEAR_LEAD
    return found


def _two_columns(path: Path) -> list[Ids]:
    pairs = []
    for record in records(path):
        values = list(record.values())
        if len(values) >= 2:
            pairs.append((values[0], values[1]))
        if not pairs or len(pairs) == 1:
            headings = tuple(record)[:2]
    # The first line is a heading as a rule; where it is a pair itself, it counts.
    return [headings, *pairs] if pairs and len(headings) == 2 else pairs


def _none(path: Path) -> set[Ids]:
    raise BadTruth(
        f"{path.name} has no pair whose two ids are in the files. Its first two columns must be the id of a "
        "row of the left file and the id of a row of the right one. Say which column of the files has the "
        "ids with --map id=COLUMN."
    )


def _one_to_one(pairs: Sequence[Pair]) -> list[Pair]:
    """Each row linked once, the heaviest pairs first."""
    lefts: set[int] = set()
    rights: set[int] = set()
    chosen = []
    for pair in pairs:
        if pair.left not in lefts and pair.right not in rights:
            chosen.append(pair)
            lefts.add(pair.left)
            rights.add(pair.right)
    return chosen


def _figures(threshold: float, links: Sequence[Ids], truth: set[Ids]) -> Figures:
    right = sum(link in truth for link in links)
    precision = right / len(links) if links else 1.0
    recall = right / len(truth) if truth else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    rates = (round(rate, 6) for rate in (precision, recall, f1))
    return Figures(threshold, len(links), right, len(links) - right, len(truth) - right, *rates)


def _explained(
    pair: Ids, found: Pair | None, left: dict[str, Row], right: dict[str, Row], group: dict[str, str]
) -> Explained:
    levels = dict(zip(FIELDS, found.levels, strict=True)) if found else {}
    return Explained(
        *pair,
        group=group[pair[0]],
        probability=round(found.probability, 6) if found else 0.0,
        found=found is not None,
        levels={field: level for field, level in levels.items() if level != "missing"},
        written=(_written(left[pair[0]]), _written(right[pair[1]])),
    )


def _written(row: Row) -> str:
    who = row.who
    parts = (
        who.name,
        who.born_on.isoformat() if who.born_on else "",
        ", ".join(who.address_lines),
        who.postcode,
    )
    return " · ".join(part for part in parts if part)

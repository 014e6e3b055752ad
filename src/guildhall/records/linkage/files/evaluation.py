"""How good linking is on files whose truth is known: what was found, what was missed, what was wrong."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..groups import group_of
from ..model import Model
from ..outcomes import MATCH_AT, POTENTIAL_AT, is_rival, may_be_another
from ..scoring import FIELDS
from ..seen import see
from .pairing import Compared, Pair
from .reading import Row
from .truth import Ids

THRESHOLDS = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, POTENTIAL_AT, 0.9, 0.95, MATCH_AT, 0.999, 0.9999)


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
    """A missed or a false link: both ids, both as written, the probability, and the level of each field with
    the bits that it adds; why no machine may link the two.

    ``found`` is False for a pair that shared too little to be looked at; it has no levels then.
    """

    left: str
    right: str
    group: str
    probability: float
    found: bool
    levels: dict[str, str]
    weights: dict[str, float]
    vetoes: tuple[str, ...]
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
        return [
            _explained(rows[pair[0]], right_rows[pair[1]], by_ids.get(pair), group[pair[0]], compared.model)
            for pair in sorted(pairs)
        ]

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
    """What is linked without a person: a match that is not ``may_be_another`` and, between two files, without
    a rival. When a form comes in the portal asks for more still (``outcomes.is_certain``).

    ``pairs`` are heaviest first.
    """
    sure = [pair for pair in pairs if pair.probability >= MATCH_AT and not _may_be_another(pair)]
    if one_file:
        return sure
    rivals = _rivals(pairs)
    return [pair for pair in sure if rivals["left", pair.left] == 1 == rivals["right", pair.right]]


def _may_be_another(pair: Pair) -> bool:
    levels = dict(zip(FIELDS, pair.levels, strict=True))
    return may_be_another(levels, vetoes=pair.vetoes, unnamed=pair.unnamed)


def _rivals(pairs: Sequence[Pair]) -> Counter[tuple[str, int]]:
    """How many rows of the other file each row may well be: its best, and those near it."""
    found: Counter[tuple[str, int]] = Counter()
    best: dict[tuple[str, int], float] = {}
    for pair in pairs:
        for end in (("left", pair.left), ("right", pair.right)):
            first = best.setdefault(end, pair.weight)
            found[end] += is_rival(pair, first)
    return found


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


def _explained(left: Row, right: Row, found: Pair | None, group: str, model: Model) -> Explained:
    named = zip(FIELDS, found.levels, strict=True) if found else ()
    levels = {field: level for field, level in named if level != "missing"}
    ours = see(right.who)
    return Explained(
        left.id,
        right.id,
        group=group,
        probability=round(found.probability, 6) if found else 0.0,
        found=found is not None,
        levels=levels,
        weights={field: round(model.weight_of(field, level, ours), 3) for field, level in levels.items()},
        vetoes=found.vetoes if found else (),
        written=(_written(left), _written(right)),
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

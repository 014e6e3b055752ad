"""Which children of two files, or of one, may be the same: those that share something telling."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from guildhall.records.children.folding import sound
from guildhall.records.children.identity import IDENTIFIERS

from ..fitting import Pattern, fit, pattern_of
from ..model import Model, probability_of
from ..names import WEAK, forms_of
from ..scoring import FIELDS, vetoes_in, weigh
from ..seen import Seen, see
from .reading import Row

MOST_IN_A_BLOCK = 100
"""A block where more rows of both files meet says too little for what it costs."""

Block = tuple[str, ...]
Blocks = dict[Block, list[int]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that may be one child, as places in their files: their levels and the sum in bits.

    ``unnamed``: one of them has what only stands for a forename, which a twin may have too.
    """

    left: int
    right: int
    levels: Pattern
    weight: float
    unnamed: bool = False

    @property
    def probability(self) -> float:
        return probability_of(self.weight)

    @property
    def vetoes(self) -> tuple[str, ...]:
        return vetoes_in(dict(zip(FIELDS, self.levels, strict=True)))


@dataclass(frozen=True)
class Compared:
    """Every pair worth a look, heaviest first, and the model that weighed them."""

    pairs: list[Pair]
    model: Model


def compare_files(
    left: Sequence[Row], right: Sequence[Row] | None, *, start: Model, fitted: bool
) -> Compared:
    """Compare two files, or with ``right`` None the rows of one with each other.

    ``fitted``: with weights estimated from the files themselves, beginning at ``start``.
    """
    ones = [see(row.who) for row in left]
    others = ones if right is None else [see(row.who) for row in right]
    found = [(one, other, pattern_of(ones[one], others[other])) for one, other in sharing(ones, others)]
    model = start
    if fitted:
        model = fit(ones, others, Counter(pattern for _, _, pattern in found), start=start)
    pairs = [
        Pair(
            one,
            other,
            pattern,
            weigh(dict(zip(FIELDS, pattern, strict=True)), others[other], model),
            unnamed=ones[one].is_unnamed or others[other].is_unnamed,
        )
        for one, other, pattern in found
    ]
    return Compared(sorted(pairs, key=lambda pair: (-pair.weight, pair.left, pair.right)), model)


def blocks_of(who: Seen) -> set[Block]:
    """What another row must share to be looked at: an identifier, or two telling things at once."""
    found: set[Block] = {(field, number) for field in IDENTIFIERS if (number := getattr(who, field))}
    names = _names(who)
    sounds = {sound(name) for name in names}
    for day in who.days:
        found |= {("born", day, name[:1]) for name in names}
        found |= {("born", day, who.postcode[:3])} if who.postcode else set()
    if who.born_on:
        found |= {("part", who.born_on.strftime(form), each) for form in _DATE_PARTS for each in sounds}
    found |= {("names", one, other) for one in sounds for other in sounds if one < other}
    found |= {("place", who.postcode, name[:2]) for name in names} if who.postcode else set()
    if who.line and who.line.numbers:
        home = " ".join(who.line.text.split()[:3])
        found |= {("home", home)} | {("homes", who.line.numbers[0], each) for each in sounds}
    return found


_DATE_PARTS = ("%Y%m", "%Y.%d", "%m%d")


def sharing(left: Sequence[Seen], right: Sequence[Seen]) -> list[tuple[int, int]]:
    """The places of every two rows that share a block, in order, each once."""
    ones = _blocked(left)
    others = ones if left is right else _blocked(right)
    found: set[tuple[int, int]] = set()
    for shared, places in ones.items():
        met = others.get(shared, [])
        if len(places) * len(met) <= MOST_IN_A_BLOCK**2:
            found.update((one, other) for one in places for other in met)
    return sorted(pair for pair in found if left is not right or pair[0] < pair[1])


def _blocked(rows: Sequence[Seen]) -> Blocks:
    blocks: Blocks = defaultdict(list)
    for place, row in enumerate(rows):
        for block in blocks_of(row):
            blocks[block].append(place)
    return blocks


def _names(who: Seen) -> set[str]:
    """Every name of the child as one word, the telling words of each, and one usual form of forenames."""
    spelt = {*who.forenames, *who.surnames}
    parts = {part for part in (*who.forename_words, *who.parts) if len(part) > 2}
    usual = {min(forms_of(name) | {name}) for name in who.forenames}
    return (spelt | (parts - WEAK) | usual) - {""}

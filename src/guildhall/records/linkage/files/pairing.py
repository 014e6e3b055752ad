"""Which children of two files, or of one, may be the same: those that share something telling."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
# So many parts are the blocks joined in; so many rows of the left file have their pairs put in order at once.
_PARTS, _AT_ONCE = 64, 4_096
_LAST_PLACE = 2**32 - 1


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
    known: dict[Pattern, Pattern] = {}
    lefts, rights, patterns = array("I"), array("I"), list[Pattern]()
    for one, other in sharing(ones, others):
        pattern = pattern_of(ones[one], others[other])
        lefts.append(one)
        rights.append(other)
        patterns.append(known.setdefault(pattern, pattern))
    model = start
    if fitted:
        model = fit(ones, others, Counter(patterns), start=start)
    pairs = [
        Pair(
            one,
            other,
            pattern,
            weigh(dict(zip(FIELDS, pattern, strict=True)), others[other], model),
            unnamed=ones[one].is_unnamed or others[other].is_unnamed,
        )
        for one, other, pattern in zip(lefts, rights, patterns, strict=True)
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


def sharing(left: Sequence[Seen], right: Sequence[Seen]) -> Iterator[tuple[int, int]]:
    """The places of every two rows that share a block, in order, each once."""
    ones = _blocked(left)
    others = ones if left is right else _blocked(right)
    found: dict[int, array[int]] = defaultdict(lambda: array("Q"))
    for shared, met in zip(ones, others, strict=True):
        _meet(shared, met, found, one_file=left is right)
        shared.clear()
    for part in sorted(found):
        for pair in sorted(set(found.pop(part))):
            yield pair >> 32, pair & _LAST_PLACE


@dataclass(slots=True)
class _Blocked:
    """Blocks, as numbers that no two have in common but by a great chance, and the places of rows in them.

    Two columns of numbers take a tenth of the memory that blocks as words would.
    """

    blocks: "array[int]" = field(default_factory=lambda: array("q"))
    places: "array[int]" = field(default_factory=lambda: array("I"))

    def by_block(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for block, place in zip(self.blocks, self.places, strict=True):
            found[block].append(place)
        return found

    def clear(self) -> None:
        self.blocks, self.places = array("q"), array("I")


def _blocked(rows: Sequence[Seen]) -> list[_Blocked]:
    """All blocks of ``rows`` in _PARTS parts, which are joined one after the other."""
    parts = [_Blocked() for _ in range(_PARTS)]
    for place, row in enumerate(rows):
        for block in blocks_of(row):
            number = hash(block)
            part = parts[number % _PARTS]
            part.blocks.append(number)
            part.places.append(place)
    return parts


def _meet(shared: _Blocked, met: _Blocked, found: dict[int, "array[int]"], *, one_file: bool) -> None:
    """Put the pairs of a part of the blocks into ``found``, by where the left one stands."""
    ones = shared.by_block()
    others = ones if one_file else met.by_block()
    for block, places in ones.items():
        there = others.get(block, [])
        if len(places) * len(there) > MOST_IN_A_BLOCK**2:
            continue
        for one in places:
            pairs = (one << 32 | other for other in there if not one_file or one < other)
            found[one // _AT_ONCE].extend(pairs)


def _names(who: Seen) -> set[str]:
    """Every name of the child as one word, the telling words of each, and one usual form of forenames."""
    spelt = {*who.forenames, *who.surnames}
    parts = {part for part in (*who.forename_words, *who.parts) if len(part) > 2}
    usual = {min(forms_of(name) | {name}) for name in who.forenames}
    return (spelt | (parts - WEAK) | usual) - {""}

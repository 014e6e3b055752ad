"""Weights estimated from pairs whose truth nobody has said (Fellegi and Sunter, by expectation and
maximisation): how often each level is found between two of one child, and between two children.

Chance agreement is counted on pairs drawn at random; agreement of one child on the pairs that share a
block, each counted as likely as the weights so far make it.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log2

from guildhall.records.children.identity import IDENTIFIERS

from .levels import LEVELS
from .model import Model, probability_of
from .scoring import FORENAMES_AGREE, SURNAMES_AGREE, levels_of
from .seen import Seen

Pattern = tuple[str, ...]
"""The levels of all FIELDS, in their order."""

ROUNDS = 20
RANDOM_PAIRS = 100_000
FEWEST_PAIRS = 300
"""With fewer pairs than this nothing can be learnt, and the weights to start from are better."""

_LEAST, _MOST = -12.0, 16.0
_PARTS = tuple(LEVELS)
_FORENAME, _BORN = _PARTS.index("forename"), _PARTS.index("born_on")
_POSTCODE, _ADDRESS = _PARTS.index("postcode"), _PARTS.index("address")
_SAME_PLACE = {"exact", "old"}
_SURNAME = _PARTS.index("surname")
# So many others of one family there may be for each two that were born on different days: more than there
# are, so that files of families teach rather too little.
_BESIDE_SIBLINGS = {"siblings": 1.0, "twins": 0.2, "undated": 0.05, "slips": 0.06, "namesakes": 0.05}
_FEW_FAMILIES = 0.05
_USUALLY_EXACT, _SMOOTHING = 0.8, 2.0
Shares = dict[str, dict[str, float]]


def fit(left: Sequence[Seen], right: Sequence[Seen], found: Counter[Pattern], *, start: Model) -> Model:
    """A model fitted to two files, or to one given twice, from the patterns of the pairs worth a look.

    ``start`` gives the first guess, and is given back as it is when there are too few pairs.
    """
    if sum(found.values()) < FEWEST_PAIRS:
        return start
    compared = len(left) * len(right) if left is not right else len(left) * (len(left) - 1) // 2
    chance = _chance(left, right, start)
    share = min(len(left), len(right)) / compared / 2
    trust = _trust(found)
    likely = {one: probability_of(_weight(start, one)) * trust[one] for one in found}
    model = start
    for _ in range(ROUNDS):
        share = max(sum(likely[one] * count for one, count in found.items()), 1.0) / compared
        model = _maximised(start, found, likely, chance, share)
        likely = {one: probability_of(_weight(model, one)) * trust[one] for one in found}
    model = _with_families(model, start, found, compared)
    model = replace(model, names=_names(right), common_surnames=frozenset())
    return _with_siblings(model, found, likely)


def _trust(found: Counter[Pattern]) -> dict[Pattern, float]:
    """From each pattern to the share of its pairs that may teach what one child looks like.

    A family shares surname and home, and in many files brothers and sisters are more than the children who
    are there twice. So many as live together and were born on different days tell how many more of a family
    there are among pairs that could be one child: twins, those without a date, a father and his son. Where
    there are few such, everything teaches.
    """
    families = {one: kind for one in found if (kind := _kind_of_family(one))}
    pairs: Counter[str] = Counter()
    for pattern, kind in families.items():
        pairs[kind] += found[pattern]
    siblings = pairs["siblings"]
    if siblings < _FEW_FAMILIES * sum(count for one, count in found.items() if _share_a_home(one)):
        return dict.fromkeys(found, 1.0)
    trust = {kind: max(0.0, 1 - siblings * _BESIDE_SIBLINGS[kind] / count) for kind, count in pairs.items()}
    return {one: trust[families[one]] if one in families else 1.0 for one in found}


def _share_a_home(pattern: Pattern) -> bool:
    same_street = pattern[_POSTCODE] in _SAME_PLACE and pattern[_SURNAME] != "different"
    return same_street or pattern[_ADDRESS] in _SAME_PLACE


def _kind_of_family(pattern: Pattern) -> str:
    """Which of _BESIDE_SIBLINGS two may be who share surname and home; empty: none of them."""
    if not _share_a_home(pattern):
        return ""
    born = pattern[_BORN]
    if pattern[_FORENAME] not in {"different", "midname"}:
        return "namesakes" if born == "different" else ""
    if born in {"different", "near"}:
        return "siblings"
    return {"exact": "twins", "missing": "undated"}.get(born, "slips")


def pattern_of(theirs: Seen, ours: Seen) -> Pattern:
    """The levels of every field, as a pattern to count."""
    return tuple(levels_of(theirs, ours).values())


def _chance(left: Sequence[Seen], right: Sequence[Seen], start: Model) -> Shares:
    """How often each level is found between rows drawn at random, matches among them included."""
    draw = random.Random(20150501)
    counts: dict[str, Counter[str]] = {part: Counter() for part in _PARTS}
    for _ in range(RANDOM_PAIRS):
        one, other = draw.choice(left), draw.choice(right)
        if one is not other:
            for part, level in LEVELS.items():
                counts[part][level(one, other)] += 1
    shares = {part: _shares(count, start.fields[part], floor=0.5) for part, count in counts.items()}
    for part, value in (
        ("forename", "forename"),
        ("surname", "surname"),
        ("born_on", "digits"),
        ("postcode",) * 2,
    ):
        if exact := _coincidence(left, right, value):
            shares[part]["exact"] = exact
    for part in IDENTIFIERS:
        shares[part]["exact"] = 1 / max(len(left), len(right), 1_000)
    return shares


def _coincidence(left: Sequence[Seen], right: Sequence[Seen], value: str) -> float:
    """The chance that two rows drawn at random have the same ``value``, counted and not drawn."""
    ones, others = (Counter(each for row in rows if (each := getattr(row, value))) for rows in (left, right))
    pairs = ones.total() * others.total()
    return sum(count * others[each] for each, count in ones.items()) / pairs if pairs else 0.0


def _maximised(
    start: Model, found: Counter[Pattern], likely: Mapping[Pattern, float], chance: Shares, share: float
) -> Model:
    fields, rare = dict(start.fields), {}
    for place, part in enumerate(_PARTS):
        counts: Counter[str] = Counter()
        for pattern, count in found.items():
            # Of two born on one day in one home, a different forename may be a twin's: nothing is learnt.
            if part != "forename" or not _at_one_home(pattern):
                counts[pattern[place]] += likely[pattern] * count  # type: ignore[assignment]
        same = _shares(counts, start.fields[part], usual=_USUALLY_EXACT)
        other = {
            level: max((drawn - share * same[level]) / (1 - share), drawn * 0.05)
            for level, drawn in chance[part].items()
        }
        fields[part] = {level: _bits(same[level], other[level]) for level in same} | {"missing": 0.0}
        rare[part] = log2(same.get("swapped", 1.0) / same["exact"])
    # A swap is one event seen in both names: agreement on both, and how seldom it happens, once.
    fields["forename"]["swapped"] = fields["forename"]["exact"] + rare["forename"]
    fields["surname"]["swapped"] = fields["surname"]["exact_common"] = fields["surname"]["exact"]
    fields["sibling"] = {"suspected": 0.0, "missing": 0.0}
    return replace(start, version="fitted", prior=log2(share / (1 - share)), fields=fields, names={})


def _shares(
    counts: Mapping[str, float], levels: Mapping[str, float], *, usual: float = 0.0, floor: float = 0.0
) -> dict[str, float]:
    """The share of each level among rows that say something; none is nought.

    With ``usual`` it is drawn a little to that share of ``exact``, so that few pairs teach little.
    """
    told = [level for level in levels if level not in {"missing", "exact_common"}]
    rest = (1 - usual) / max(len(told) - 1, 1)
    extra = {level: _SMOOTHING * (usual if level == "exact" else rest) if usual else floor for level in told}
    total = sum(counts.get(level, 0) + extra[level] for level in told)
    return {level: (counts.get(level, 0) + extra[level]) / total for level in told}


def _bits(same: float, other: float) -> float:
    return max(_LEAST, min(_MOST, log2(same / other)))


def _weight(model: Model, pattern: Pattern) -> float:
    return model.prior + sum(
        model.fields[part].get(level, 0.0) for part, level in zip(_PARTS, pattern, strict=False)
    )


def _names(rows: Sequence[Seen]) -> dict[str, dict[str, float]]:
    """What a name's own frequency adds to agreement on it, against that of names on the whole."""
    return {
        part: name_bits(Counter(name for row in rows if (name := getattr(row, part))))
        for part in ("forename", "surname")
    }


def name_bits(counts: Counter[str]) -> dict[str, float]:
    """What agreement on each name adds, by how rare it is among ``counts``."""
    total = counts.total()
    if not total:
        return {}
    usual = sum((count / total) ** 2 for count in counts.values())
    return {name: max(-4.0, min(4.0, log2(usual * total / count))) for name, count in counts.items()}


def _with_families(model: Model, start: Model, found: Counter[Pattern], compared: int) -> Model:
    """Surname, postcode and address together say no more than how seldom two of a family meet in the files.

    Each is weighed as if it said something new; where brothers and sisters share all three it is the address
    that says again what the others said.
    """
    together: Counter[str] = Counter()
    for one, count in found.items():
        same_place = _SAME_PLACE.issuperset({one[_POSTCODE], one[_ADDRESS]})
        if same_place and one[_SURNAME] in SURNAMES_AGREE:
            together[_kind_of_family(one)] += count
    families = together["siblings"]
    if families <= _FEW_FAMILIES * together.total():
        return model
    surname, postcode = (model.fields[part]["exact"] for part in ("surname", "postcode"))
    most = log2(compared / families) - surname - postcode
    most = max(most, start.fields["address"]["exact"])
    address = {level: min(each, most) for level, each in model.fields["address"].items()}
    return replace(model, fields=model.fields | {"address": address})


def _with_siblings(model: Model, found: Counter[Pattern], likely: Mapping[Pattern, float]) -> Model:
    """How much a different forename at one home, born on one day, speaks against the two being one.

    Forenames change now and then; when more pairs differ so than that explains, the rest are twins.
    """
    suspected = {one: count for one, count in found.items() if one[-1] == "suspected"}
    pairs = sum(suspected.values())
    if not pairs:
        return model
    at_home = sum(likely[one] * n for one, n in found.items() if _at_one_home(one) and one not in suspected)
    explained = at_home * _rate_of_change(found, likely)
    if explained * 2 >= pairs:
        return model
    odds = (explained + 0.5) / (pairs - explained + 0.5)
    mean = sum(_weight(model, one) * count for one, count in suspected.items()) / pairs
    weight = max(-25.0, min(0.0, log2(odds) - mean))
    return replace(model, fields=model.fields | {"sibling": {"suspected": weight, "missing": 0.0}})


def _rate_of_change(found: Counter[Pattern], likely: Mapping[Pattern, float]) -> float:
    """How many of one child's forenames differ for one that agrees, where no twin can be meant."""
    agree = differ = 0.0
    for pattern, count in found.items():
        if not _at_one_home(pattern):
            if pattern[_FORENAME] in FORENAMES_AGREE:
                agree += likely[pattern] * count
            else:
                differ += likely[pattern] * count
    return differ / max(agree, 1.0)


def _at_one_home(pattern: Pattern) -> bool:
    same_place = _SAME_PLACE & {pattern[_POSTCODE], pattern[_ADDRESS]}
    return pattern[_BORN] == "exact" and bool(same_place)

"""Weights learnt by Splink from records that nobody has labelled.

How often a level is found by chance is counted on pairs drawn at random; how often between two of one
child, by expectation and maximisation on the pairs that share a block. What few pairs teach moves a weight
little: the shipped weight is what is believed before anything is seen.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import log2
from typing import Any

from guildhall.records.children.identity import Identity

from ..fitting import name_bits
from ..model import Model
from ..seen import Seen, see
from .comparing import MACROS, settings_for, to_be_learnt
from .engine import duck, linker, put_rows
from .tables import KINDS, row_of

RANDOM_PAIRS, EM_PAIRS, SEED = 300_000, 500_000, 20150501
CHUNK = 20_000
MOST_NAMES = 5_000
# So many pairs of one child teach as much as the shipped weights say.
_BELIEVED, _MOST_MOVED = 200.0, 3.0
_PRIOR_IN_A_BLOCK = 0.3
_FRAME = ("gender", "postcode")
# How far it is when every row is in its table, of 100.
_FILLED = 40

RULES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("l.digits = r.digits AND l.usual = r.usual", ("midname", "surname", *_FRAME), ()),
    ("l.surname_sound = r.surname_sound AND l.usual = r.usual", ("born_on",), _FRAME),
    ("l.digits = r.digits AND l.surname_sound = r.surname_sound", ("forename",), _FRAME),
)
"""What two rows share, the parts of which that rule teaches, and those that only help to tell them apart.

The lines of an address say again what its postcode says, so that they would count twice; and too few
records hold identifiers that were written wrongly. Both keep the weights that come with Guildhall.
"""

# Rare by nature, so that hardly any pair shows them: they move as much as the levels next to them do.
_RARE: dict[str, dict[str, tuple[str, ...]]] = {
    "forename": dict.fromkeys(
        ("known", "swapped", "nickname", "part", "midname", "initial"), ("exact", "similar")
    ),
    "surname": dict.fromkeys(("known", "swapped", "part"), ("exact", "similar")),
    "midname": {"initial": ("exact", "similar")},
    "postcode": {"old": ("exact",)},
}


# Splink's own number of rounds, and how many there are where that was too many.
_ROUNDS = (25, 10, 4)


@dataclass(frozen=True)
class Learnt:
    """The model, how many rows it was learnt from, records and others, and how: see ``TrainedModel``."""

    model: Model
    rows: int
    records: int
    diagnostics: dict[str, Any]


@dataclass(frozen=True)
class _Shares:
    """Of one part: level → how often between two of one child (m) and two of different ones (u)."""

    m: dict[str, float]
    u: dict[str, float]
    matched: float


def learn(
    people: Iterable[tuple[str, Identity]],
    *,
    records: int,
    start: Model,
    tell: Callable[[int], None] = lambda _at: None,
) -> Learnt:
    """What ``people`` teach, beginning at ``start``; ``records`` is how many a mention may be of.

    ``tell`` is called now and then with how far it is, of 100. Raises EngineMissing.
    """
    names: dict[str, Counter[str]] = {"forename": Counter(), "surname": Counter()}
    with duck(MACROS) as connection:
        rows = _fill(connection, people, names, lambda count: tell(min(_FILLED, _FILLED * count // records)))
        told: list[dict[str, Any]] = []
        shares: dict[str, _Shares] = {}
        for place, (rule, parts, helping) in enumerate(RULES):
            tell(_FILLED + (100 - _FILLED) * place // len(RULES))
            learnt, diagnostics = _one_rule(connection, rule, (*parts, *helping))
            shares |= {part: learnt[part] for part in parts if part in learnt}
            told.append({"rule": rule, "parts": list(parts)} | diagnostics)
    fields = {part: _moved(part, start.fields[part], shares.get(part)) for part in start.fields}
    model = _put_together(start, fields, names, shares, records)
    by_field = {
        part: _told(levels, start.fields[part], shares[part])
        for part, levels in fields.items()
        if part in shares
    }
    return Learnt(model, rows, records, {"rules": told, "fields": by_field})


def _fill(
    connection: Any,
    people: Iterable[tuple[str, Identity]],
    names: dict[str, Counter[str]],
    tell: Callable[[int], None],
) -> int:
    rows: list[dict[str, Any]] = []
    count = 0
    for own_id, who in people:
        seen = see(who)
        _count_names(names, seen)
        rows.append(row_of(own_id, seen, frozenset()))
        count += 1
        if len(rows) == CHUNK:
            put_rows(connection, "people", rows, KINDS)
            rows = []
            tell(count)
    put_rows(connection, "people", rows, KINDS)
    return count


def _count_names(names: dict[str, Counter[str]], seen: Seen) -> None:
    for part, counts in names.items():
        if name := getattr(seen, part):
            counts[name] += 1


def _one_rule(
    connection: Any, rule: str, parts: tuple[str, ...]
) -> tuple[dict[str, _Shares], dict[str, Any]]:
    """What the pairs that ``rule`` finds teach of ``parts``, and what is told of it."""
    (pairs,), *_ = connection.execute(
        f"SELECT count(*) FROM people l JOIN people r ON {rule} AND l.unique_id < r.unique_id"  # noqa: S608
    ).fetchall()
    if not pairs:
        return {}, {"pairs": 0, "matched": 0, "rounds": 0}
    settings = settings_for("dedupe_only", to_be_learnt(parts), prior=_PRIOR_IN_A_BLOCK, blocks=(rule,))
    splinked, session = _trained(connection, settings, rule)
    share = session.core_model_settings.probability_two_random_records_match
    rounds = len(session._core_model_settings_history)
    saved = splinked.misc.save_model_to_json(None)["comparisons"]
    learnt = {each["output_column_name"]: _shares_in(each, share * pairs) for each in saved}
    return learnt, {"pairs": pairs, "matched": round(share * pairs), "rounds": rounds}


def _trained(connection: Any, settings: dict[str, Any], rule: str) -> tuple[Any, Any]:
    """A linker that learnt from the pairs of ``rule``, and its session.

    A level that no pair of one child has comes nearer to nothing in every round, until Splink refuses the
    number; then it learns again in fewer rounds.
    """
    for rounds in _ROUNDS:
        splinked = linker(connection, ["people"], settings | {"max_iterations": rounds})
        splinked.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
        try:
            return splinked, splinked.training.estimate_parameters_using_expectation_maximisation(
                rule, max_pairs=EM_PAIRS, estimate_without_term_frequencies=True
            )
        except ValueError:
            if rounds == _ROUNDS[-1]:
                raise
    raise AssertionError("there is no number of rounds")


def _shares_in(comparison: Mapping[str, Any], matched: float) -> _Shares:
    m, u = {}, {}
    for level in comparison["comparison_levels"]:
        if isinstance(level.get("m_probability"), float) and isinstance(level.get("u_probability"), float):
            m[level["label_for_charts"]] = level["m_probability"]
            u[level["label_for_charts"]] = level["u_probability"]
    return _Shares(m, u, matched)


def _moved(part: str, shipped: Mapping[str, float], shares: _Shares | None) -> dict[str, float]:
    """The weights of ``part``: each drawn from the shipped one to the learnt one, by how much taught it."""
    if shares is None:
        return dict(shipped)
    believed = shares.matched / (shares.matched + _BELIEVED)
    rare = _RARE.get(part, {})
    moves = {
        level: believed * max(-_MOST_MOVED, min(_MOST_MOVED, log2(m / shares.u[level]) - shipped[level]))
        for level, m in shares.m.items()
        if level not in rare and m > 0 and shares.u[level] > 0
    }
    for level, near in rare.items():
        known = [moves[each] for each in near if each in moves]
        moves[level] = sum(known) / len(known) if known else 0.0
    if part == "forename":
        # Twins share a home and a day: what they teach of another forename is not believed.
        moves["different"] = min(moves.get("different", 0.0), 0.0)
    return {level: round(bits + moves.get(level, 0.0), 4) for level, bits in shipped.items()}


def _put_together(
    start: Model,
    fields: dict[str, dict[str, float]],
    names: dict[str, Counter[str]],
    shares: Mapping[str, _Shares],
    records: int,
) -> Model:
    matched = min((each.matched for each in shares.values()), default=0.0)
    believed = matched / (matched + _BELIEVED)
    fields["surname"]["exact_common"] = fields["surname"]["exact"]
    return replace(
        start,
        version="trained",
        prior=round(start.prior + believed * (-log2(max(records, 2)) - start.prior), 4),
        fields=fields,
        common_surnames=frozenset(),
        names={part: _most_frequent(counts) for part, counts in names.items()},
    )


def _most_frequent(counts: Counter[str]) -> dict[str, float]:
    """What the frequency of a name adds; of the rarest, which are too many to keep, nothing is said."""
    bits = name_bits(counts)
    return {name: round(bits[name], 3) for name, _ in counts.most_common(MOST_NAMES)}


def _told(
    levels: Mapping[str, float], shipped: Mapping[str, float], shares: _Shares
) -> dict[str, dict[str, Any]]:
    """For each level its shares where they were counted, and its weight before and after."""
    return {
        level: {
            "m": round(shares.m[level], 6) if level in shares.m else None,
            "u": round(shares.u[level], 8) if level in shares.u else None,
            "shipped": shipped[level],
            "trained": bits,
        }
        for level, bits in levels.items()
        if level != "missing"
    }

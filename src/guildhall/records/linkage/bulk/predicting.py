"""Pairs of two files, or of one, found and weighed by Splink with the weights of a model, on any engine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from guildhall.records.children.identity import Identity

from ..model import Model, probability_of
from ..outcomes import LEAST_WEIGHT
from ..scoring import FIELDS, FieldScore, Score, levels_for_sibling, vetoes_in
from ..seen import see
from .comparing import LEVELS_IN_SQL, MACROS, level_names, settings_for, weighed_by
from .engine import duck_bench, fill
from .spark import spark_bench
from .tables import KINDS, row_of

# How much the frequency of both names can take from the least sum that is worth a look, and add to it.
_NAMES = 8.0
# A twin with another forename is worth a look however little the two agree; hardly one comes to less.
_SIBLING = 4.0


@dataclass(frozen=True, slots=True)
class Found:
    """Two rows that may be one child, by the ids they were given, and everything the comparison found."""

    left: str
    right: str
    score: Score


People = Iterable[tuple[str, Identity]]


ENGINES = {"duckdb": duck_bench, "spark": spark_bench}


def find_pairs(left: People, right: People | None, *, model: Model, engine: str = "duckdb") -> list[Found]:
    """Every pair worth a look, heaviest first; with ``right`` None the doubles within ``left``.

    ``engine``: one of ENGINES. Raises EngineMissing.
    """
    with ENGINES[engine](MACROS) as bench:
        tables = ["a_left"] if right is None else ["a_left", "b_right"]
        for table, people in zip(tables, (left, right), strict=False):
            fill(bench, table, _rows(people or (), model), KINDS)
        kind = "dedupe_only" if right is None else "link_only"
        settings = settings_for(kind, weighed_by(model), prior=probability_of(model.prior))
        least = LEAST_WEIGHT - _SIBLING - (_NAMES if model.names else 0.0)
        rows = bench.predict(tables, settings, least=least, columns=_COLUMNS)
        pairs = (_found(row, model) for row in rows)
        worth = [pair for pair in pairs if pair.score.weight >= LEAST_WEIGHT or pair.score.sibling]
    return sorted(worth, key=_heaviest_first)


def _heaviest_first(pair: Found) -> tuple[float, str, int, str]:
    """Of equals the shorter id first: numbers come in their order, as the live path has them."""
    return -pair.score.weight, pair.left, len(pair.right), pair.right


def _rows(people: People, model: Model) -> Iterator[dict[str, Any]]:
    return (row_of(own_id, see(who), model.common_surnames) for own_id, who in people)


_PARTS = tuple(LEVELS_IN_SQL)
_NAMES_OF_LEVELS = tuple(level_names(part) for part in _PARTS)
_COLUMNS = ", ".join(
    (
        *("unique_id_l", "unique_id_r", "words_l", "words_r", "forename_r", "surname_r"),
        *(f"gamma_{part}" for part in _PARTS),
    )
)


def _found(row: tuple[Any, ...], model: Model) -> Found:
    """A row of Splink's as a score of ours: with the names' frequency and the sibling."""
    left, right, theirs, ours, forename, surname, *levels = row
    found = {part: words[level] for part, words, level in zip(_PARTS, _NAMES_OF_LEVELS, levels, strict=True)}
    plain = found | {"surname": found["surname"].removesuffix("_common")}
    told = levels_for_sibling(plain, tuple(theirs), tuple(ours))
    return Found(left, right, _score(found, told, {"forename": forename, "surname": surname}, model))


def _score(found: dict[str, str], levels: dict[str, str], ours: dict[str, str], model: Model) -> Score:
    fields = tuple(
        FieldScore(part, levels[part], _bits(part, found.get(part, levels[part]), ours, model), "", "")
        for part in FIELDS
    )
    return Score(fields=fields, prior=model.prior, vetoes=vetoes_in(levels), model=model.version)


def _bits(part: str, level: str, ours: dict[str, str], model: Model) -> float:
    rare = model.names.get(part, {}).get(ours[part], 0.0) if level == "exact" and part in ours else 0.0
    return model.fields[part][level] + rare

"""Pairs of two files, or of one, found and weighed by Splink on DuckDB with the weights of a model."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from guildhall.records.children.identity import Identity

from ..model import Model, probability_of
from ..outcomes import LEAST_WEIGHT
from ..scoring import FIELDS, FieldScore, Score, levels_for_sibling, vetoes_in
from ..seen import see
from .comparing import LEVELS_IN_SQL, MACROS, level_names, settings_for, weighed_by
from .engine import duck, linker, put_rows
from .tables import KINDS, row_of

CHUNK = 20_000
# How much the frequency of both names can take from the least sum that is worth a look, and add to it.
_NAMES = 8.0


@dataclass(frozen=True, slots=True)
class Found:
    """Two rows that may be one child, by the ids they were given, and everything the comparison found."""

    left: str
    right: str
    score: Score


People = Iterable[tuple[str, Identity]]


def find_pairs(left: People, right: People | None, *, model: Model) -> list[Found]:
    """Every pair worth a look, heaviest first; with ``right`` None the doubles within ``left``.

    Raises EngineMissing.
    """
    with duck(MACROS) as connection:
        tables = ["a_left"] if right is None else ["a_left", "b_right"]
        for table, people in zip(tables, (left, right), strict=False):
            _fill(connection, table, people or (), model)
        kind = "dedupe_only" if right is None else "link_only"
        settings = settings_for(kind, weighed_by(model), prior=probability_of(model.prior))
        least = LEAST_WEIGHT - (_NAMES if model.names else 0.0)
        predicted = linker(connection, tables, settings).inference.predict(threshold_match_weight=least)
        pairs = list(_told(connection, predicted.physical_name, model))
    worth = [pair for pair in pairs if pair.score.weight >= LEAST_WEIGHT or pair.score.sibling]
    return sorted(worth, key=lambda pair: (-pair.score.weight, pair.left, pair.right))


def _fill(connection: Any, table: str, people: People, model: Model) -> None:
    rows: list[dict[str, Any]] = []
    for own_id, who in people:
        rows.append(row_of(own_id, see(who), model.common_surnames))
        if len(rows) == CHUNK:
            put_rows(connection, table, rows, KINDS)
            rows = []
    put_rows(connection, table, rows, KINDS)


def _told(connection: Any, table: str, model: Model) -> Iterator[Found]:
    """Every row of Splink's ``table`` as a score of ours: with the names' frequency and the sibling."""
    parts = tuple(LEVELS_IN_SQL)
    gammas = ", ".join(f"gamma_{part}" for part in parts)
    rows = connection.execute(
        f"SELECT unique_id_l, unique_id_r, words_l, words_r, forename_r, surname_r, {gammas} "  # noqa: S608
        f"FROM {table}"
    )
    names = [level_names(part) for part in parts]
    while batch := rows.fetchmany(CHUNK):
        for left, right, theirs, ours, forename, surname, *levels in batch:
            found = {part: words[level] for part, words, level in zip(parts, names, levels, strict=True)}
            plain = found | {"surname": found["surname"].removesuffix("_common")}
            told = levels_for_sibling(plain, tuple(theirs), tuple(ours))
            yield Found(left, right, _score(found, told, {"forename": forename, "surname": surname}, model))


def _score(found: dict[str, str], levels: dict[str, str], ours: dict[str, str], model: Model) -> Score:
    fields = tuple(
        FieldScore(part, levels[part], _bits(part, found.get(part, levels[part]), ours, model), "", "")
        for part in FIELDS
    )
    return Score(fields=fields, prior=model.prior, vetoes=vetoes_in(levels), model=model.version)


def _bits(part: str, level: str, ours: dict[str, str], model: Model) -> float:
    rare = model.names.get(part, {}).get(ours[part], 0.0) if level == "exact" and part in ours else 0.0
    return model.fields[part][level] + rare

"""What a batch says of each pair: an outcome as the queue would say it, and an explanation in words."""

import csv
import importlib.util
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from guildhall.records.children.identity import Identity

from ..model import Model
from ..outcomes import outcome_of, outcome_of_one
from ..scoring import Score
from .engine import EngineMissing
from .predicting import Found, find_pairs

HEADINGS = ("left_id", "right_id", "probability", "outcome", "keeps_machine_from_linking", "explanation")


@dataclass(frozen=True)
class Staged:
    """A pair for a person to look at."""

    left: str
    right: str
    outcome: str
    score: Score

    @property
    def explanation(self) -> str:
        """Every field that says something, with its bits: ``surname exact +9.0; …``."""
        told = [each for each in self.score.fields if each.level != "missing"]
        return "; ".join(f"{each.field} {each.level} {each.weight:+.1f}" for each in told)


def stage(
    left: Iterable[tuple[str, Identity]],
    right: Iterable[tuple[str, Identity]] | None,
    *,
    model: Model,
    engine: str,
) -> list[Staged]:
    """Every pair worth a look with its outcome, heaviest first; ``right`` None: doubles within ``left``.

    Raises EngineMissing.
    """
    if engine == "spark":
        refuse_spark()
    found = find_pairs(left, right, model=model)
    if right is None:
        return [Staged(pair.left, pair.right, outcome_of_one(pair.score), pair.score) for pair in found]
    return [_staged(pair, rivals) for pair, rivals in _with_rivals(found)]


def refuse_spark() -> None:
    """Raise EngineMissing, and say which part of Spark is missing."""
    if importlib.util.find_spec("pyspark") is None:
        missing = "its Python package pyspark is not installed"
    elif shutil.which("java") is None:
        missing = "Java, which it runs on, is not installed"
    else:
        missing = "this release has no settings for it"
    raise EngineMissing(
        f"The engine spark cannot be used: {missing}. Leave --engine out to use DuckDB on this machine."
    )


def write_csv(file: TextIO, pairs: Iterable[Staged]) -> None:
    """One line a pair. A value that a spreadsheet would take for a formula begins with an apostrophe."""
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for pair in pairs:
        probability = f"{pair.score.probability:.6f}"
        vetoes = " ".join(pair.score.vetoes)
        writer.writerow(
            (_plain(pair.left), _plain(pair.right), probability, pair.outcome, vetoes, pair.explanation)
        )


def _with_rivals(found: Sequence[Found]) -> Iterable[tuple[Found, list[Score]]]:
    """Each pair with the scores of all pairs of its left row, best first."""
    by_left: dict[str, list[Score]] = defaultdict(list)
    for pair in found:
        by_left[pair.left].append(pair.score)
    return ((pair, by_left[pair.left]) for pair in found)


def _staged(pair: Found, scores: Sequence[Score]) -> Staged:
    """The best pair of a row has the outcome of the row, as in the queue; a rival shares ``many``."""
    of_row, alone = outcome_of(scores), outcome_of_one(pair.score)
    shared = pair.score is scores[0] or (of_row == "many" and alone in {"match", "potential"})
    return Staged(pair.left, pair.right, of_row if shared else alone, pair.score)


def _plain(own_id: str) -> str:
    return f"'{own_id}" if own_id[:1] in {"=", "+", "-", "@", "\t", "\r"} else own_id

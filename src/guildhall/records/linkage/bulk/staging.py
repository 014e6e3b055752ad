"""What a batch says of each pair: an outcome as the queue would say it, and an explanation in words."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from guildhall.foundation.kit.spreadsheets import plain
from guildhall.records.children.identity import Identity

from ..model import Model
from ..outcomes import Thresholds, outcome_of, outcome_of_one
from ..scoring import Score
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
    at: Thresholds,
) -> list[Staged]:
    """Every pair worth a look with its outcome, heaviest first; ``right`` None: doubles within ``left``.

    Raises EngineMissing.
    """
    found = find_pairs(left, right, model=model, engine=engine)
    if right is None:
        return [Staged(pair.left, pair.right, outcome_of_one(pair.score, at), pair.score) for pair in found]
    return [_staged(pair, rivals, at) for pair, rivals in _with_rivals(found)]


def write_csv(file: TextIO, pairs: Iterable[Staged]) -> None:
    """One line a pair. A value that a spreadsheet would take for a formula begins with an apostrophe."""
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for pair in pairs:
        probability = f"{pair.score.probability:.6f}"
        vetoes = " ".join(pair.score.vetoes)
        writer.writerow(
            (plain(pair.left), plain(pair.right), probability, pair.outcome, vetoes, pair.explanation)
        )


def _with_rivals(found: Sequence[Found]) -> Iterable[tuple[Found, list[Score]]]:
    """Each pair with the scores of all pairs of its left row, best first."""
    by_left: dict[str, list[Score]] = defaultdict(list)
    for pair in found:
        by_left[pair.left].append(pair.score)
    return ((pair, by_left[pair.left]) for pair in found)


def _staged(pair: Found, scores: Sequence[Score], at: Thresholds) -> Staged:
    """The best pair of a row has the outcome of the row, as in the queue; a rival shares ``many``."""
    of_row, alone = outcome_of(scores, at), outcome_of_one(pair.score, at)
    shared = pair.score is scores[0] or (of_row == "many" and alone in {"match", "potential"})
    return Staged(pair.left, pair.right, of_row if shared else alone, pair.score)

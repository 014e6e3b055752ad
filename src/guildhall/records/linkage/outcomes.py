"""From scores to one of six outcomes, and whether a machine may link by itself. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Protocol

from guildhall.records.children.identity import IDENTIFIERS

from .names import is_stand_in
from .scoring import Score

MATCH_AT, POTENTIAL_AT, LOW_AT = 0.99, 0.85, 0.05
# The same as LOW_AT, in bits.
LEAST_WEIGHT = log2(LOW_AT / (1 - LOW_AT))
# So many bits between the best and the next that the next is no rival.
CLEAR_LEAD = 10.0

# Why a mention was not linked by machine, in the order in which a page says them.
REASONS = (*IDENTIFIERS, "sibling", "changed", "conflict", "unsure", "switched_off", "use_restricted")

_SAME_NAME = frozenset({"exact", "known"})
_OTHER_NAMES = frozenset({"different", "midname"})
_SLIPS_OF_DATES = frozenset({"swapped", "one_digit"})


@dataclass(frozen=True)
class Thresholds:
    """From which probability on a pair is a match, a potential match, or worth a look."""

    match: float = MATCH_AT
    potential: float = POTENTIAL_AT
    low: float = LOW_AT


SHIPPED = Thresholds()


def outcome_of_one(score: Score, at: Thresholds = SHIPPED) -> str:
    """match, potential, low or none, for one record by itself."""
    if score.probability >= at.match and not score.vetoes:
        return "match"
    if score.probability >= at.potential:
        return "potential"
    return "low" if score.probability >= at.low or score.sibling else "none"


def outcome_of(scores: Sequence[Score], at: Thresholds = SHIPPED) -> str:
    """match, potential, low, many or none, for ``scores`` best first. (error is the caller's to say.)"""
    rivals = [score for score in scores if is_rival(score, scores[0].weight, at)]
    if len(rivals) > 1:
        return "many"
    return outcome_of_one(scores[0], at) if scores else "none"


class Weighed(Protocol):
    """A pair with its sum in bits and the probability that follows from it."""

    @property
    def weight(self) -> float: ...

    @property
    def probability(self) -> float: ...


def is_rival(pair: Weighed, best: float, at: Thresholds = SHIPPED) -> bool:
    """May it be the one that is meant as well as the heaviest, which has ``best`` bits and is one too?"""
    return pair.probability >= at.potential and best - pair.weight < CLEAR_LEAD


def may_be_another(levels: Mapping[str, str], *, vetoes: Sequence[str], unnamed: bool) -> bool:
    """Is it for no machine to link, live or in an evaluation?

    A veto stands, there is no forename yet, or it may be another of the family: a brother or sister with
    another birthday, or, unless an identifier is the same, a twin, a father and his son, a cousin.
    """
    another_name = levels["forename"] in _OTHER_NAMES
    brother = another_name and levels["born_on"] in {"two_parts", "near", "different"}
    same_number = "exact" in {levels.get(field) for field in IDENTIFIERS}
    return brother or unnamed or bool(vetoes) or (not same_number and _may_be_of_family(levels))


def _may_be_of_family(levels: Mapping[str, str]) -> bool:
    """Is one of the names another, or is it the name of a father or a cousin: of somebody who was born on
    another day that is no slip of this one, or on one that may be, and lives elsewhere?"""
    forename, born_on = levels["forename"], levels["born_on"]
    turned = forename == "swapped" and levels.get("midname") == "different"
    other_names = forename in _OTHER_NAMES or levels["surname"] == "different" or turned
    if other_names or born_on not in {"exact", *_SLIPS_OF_DATES}:
        return True
    near = {levels.get("postcode"), levels.get("address")} & {"exact", "old", "near"}
    return born_on in _SLIPS_OF_DATES and not near


def is_certain(score: Score) -> bool:
    """May a machine believe it when a form comes in? The same name and date of birth, with the same postcode
    or identifier, and nothing of ``may_be_another``; so this is never more than an evaluation counts as
    linked without a person.

    An initial, or what stands where a forename is to come (“Baby”), is as well a twin's.
    """
    forename = score.field("forename")
    unnamed = is_stand_in(forename.theirs) or is_stand_in(forename.ours)
    levels = {field.field: field.level for field in score.fields}
    return is_certain_at(levels) and not may_be_another(levels, vetoes=score.vetoes, unnamed=unnamed)


def is_certain_at(levels: Mapping[str, str]) -> bool:
    """The same, of the level of each field."""
    same_person = (
        levels["forename"] in _SAME_NAME and levels["surname"] in _SAME_NAME and levels["born_on"] == "exact"
    )
    return same_person and "exact" in {levels.get(field) for field in ("postcode", *IDENTIFIERS)}


def reasons_to_ask(outcome: str, scores: Sequence[Score], *, conflicts: bool, automatic: bool) -> list[str]:
    """Why a person must decide; empty when the machine may link the best record. Outcome match only."""
    best = scores[0]
    found = {
        **{field: field in best.vetoes for field in IDENTIFIERS},
        "sibling": any(score.sibling for score in scores),
        "conflict": conflicts,
        "unsure": outcome == "match" and not is_certain(best),
        "switched_off": outcome == "match" and not automatic,
    }
    return [reason for reason in REASONS if found.get(reason)]

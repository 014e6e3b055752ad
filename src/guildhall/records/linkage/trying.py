"""What other thresholds would have done to decisions that were taken: what people decided is the truth.

Nothing is compared anew: what counts is the score that was kept when the child was reported. Which other
record came near is not kept, so that "many" stays "many" while its best record reaches a potential match.
Where it is not known any more whether names and date of birth agreed, the machine counts as certain: the
figure for wrong links is the most it can be.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guildhall.records.children.identity import IDENTIFIERS

from .model import probability_of
from .models import Decision, Mention
from .outcomes import REASONS, Thresholds, is_certain_at

MOST_TRIED = 1_000
MOST_TOLD = 50
ORDER = ("linked", "match", "potential", "low", "many", "none", "error")
"""What becomes of a child: linked by machine, or the outcome with which it waits for a person."""

_VETOES = frozenset({*IDENTIFIERS, "sibling"})
# Of the reasons not to link by machine these hang on the thresholds, or on a switch that is asked now.
_ASKED_AGAIN = frozenset({"unsure", "switched_off"})
_Verb, _State = Decision.Verb, Mention.State


@dataclass(frozen=True)
class Against:
    """A decision of people that the thresholds contradict. ``how``: linked (wrongly) or missed."""

    mention: int
    how: str
    verb: str
    probability: float


@dataclass(frozen=True)
class Tried:
    """How ``decisions`` would have come out now and with the other thresholds, by ORDER.

    ``moved``: (now, then) → how many. ``against`` and ``against_now``: what contradicts people.
    """

    decisions: int = 0
    now: Counter[str] = field(default_factory=Counter)
    then: Counter[str] = field(default_factory=Counter)
    moved: Counter[tuple[str, str]] = field(default_factory=Counter)
    against_now: list[Against] = field(default_factory=list)
    against: list[Against] = field(default_factory=list)

    def wrong(self, how: str) -> int:
        """How many decisions are contradicted that way."""
        return sum(each.how == how for each in self.against)

    def wrong_now(self, how: str) -> int:
        return sum(each.how == how for each in self.against_now)


def try_thresholds(now: Thresholds, then: Thresholds, *, automatic: bool) -> Tried:
    """Hold two sets of thresholds against the newest MOST_TRIED decisions."""
    tried: dict[str, Any] = {"decisions": 0, "against": [], "against_now": []}
    tried |= {name: Counter() for name in ("now", "then", "moved")}
    for decision in _newest():
        said = [fate_of(decision, at, automatic=automatic) for at in (now, then)]
        tried["decisions"] += 1
        tried["now"][said[0]] += 1
        tried["then"][said[1]] += 1
        tried["moved"][tuple(said)] += said[0] != said[1]
        for name, fate in (("against_now", said[0]), ("against", said[1])):
            if against := contradiction(decision, fate):
                tried[name].append(against)
    return Tried(**tried)


def _newest() -> list[Decision]:
    """The newest decision about each child that a person or the machine has settled, newest first."""
    settled = Decision.objects.filter(verb__in=[_Verb.LINKED, _Verb.MATCHED, _Verb.ADDED, _Verb.REJECTED])
    kept = settled.select_related("mention").defer("mention__identity", "before", "after")
    newest: dict[int, Decision] = {}
    for decision in kept.order_by("-pk")[: MOST_TRIED * 2]:
        if decision.mention_id not in newest and _tells(decision):
            newest[decision.mention_id] = decision
        if len(newest) == MOST_TRIED:
            break
    return list(newest.values())


def _tells(decision: Decision) -> bool:
    """Did somebody say who the child is? Of what was taken back only that the machine's link was wrong."""
    return decision.undone_at is None or decision.verb == _Verb.LINKED


def fate_of(decision: Decision, at: Thresholds, *, automatic: bool) -> str:
    """One of ORDER: what would have become of the child."""
    mention = decision.mention
    outcome = _outcome(mention, at)
    if outcome != "match" or not automatic:
        return outcome
    standing = set(mention.reasons) & set(REASONS) - _ASKED_AGAIN
    return "linked" if not standing and _may_be_certain(decision) else "match"


def _outcome(mention: Mention, at: Thresholds) -> str:
    if mention.outcome == "error" or mention.best_score is None:
        return "error" if mention.outcome == "error" else "none"
    probability = probability_of(mention.best_score)
    if mention.outcome == "many" and probability >= at.potential:
        return "many"
    vetoed = mention.outcome != "match" and bool(_VETOES & set(mention.reasons))
    if probability >= at.match and not vetoed:
        return "match"
    if probability >= at.potential:
        return "potential"
    return "low" if probability >= at.low or "sibling" in mention.reasons else "none"


def _may_be_certain(decision: Decision) -> bool:
    """Did names, date of birth and place agree? As far as it is known: see above."""
    if "unsure" in decision.mention.reasons:
        return False
    levels = _levels(decision.explanation)
    return is_certain_at(levels) if levels and _chose_the_best(decision) else True


def contradiction(decision: Decision, fate: str) -> Against | None:
    """What people decided against ``fate``: a link that they did not want, or a match that is not offered."""
    wrong_link = fate == "linked" and not _was_right(decision)
    missed = fate == "none" and decision.verb in {_Verb.MATCHED, _Verb.LINKED} and not decision.undone_at
    if not (wrong_link or missed):
        return None
    probability = probability_of(decision.mention.best_score or -60.0)
    return Against(decision.mention_id, "linked" if wrong_link else "missed", decision.verb, probability)


def _was_right(decision: Decision) -> bool:
    """Is the record that scored best the one that people, or the machine unopposed, took?"""
    if decision.undone_at or decision.verb in {_Verb.ADDED, _Verb.REJECTED}:
        return False
    return _chose_the_best(decision)


def _chose_the_best(decision: Decision) -> bool:
    kept, best = decision.explanation.get("weight"), decision.mention.best_score
    return kept is None or best is None or kept >= best - 0.01


def _levels(explanation: Mapping[str, Any]) -> dict[str, str]:
    return {part: level for part, level, _ in explanation.get("fields", [])}

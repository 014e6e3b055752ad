"""What two models would have said of the decisions that officers took: their choices are the truth."""

from collections import Counter
from dataclasses import dataclass, field

from guildhall.records.children import snapshots
from guildhall.records.children.identity import Identity, identity_of
from guildhall.records.children.models import Child

from .model import Model
from .models import Decision
from .outcomes import SHIPPED, Thresholds, outcome_of_one
from .scoring import score_seen
from .seen import see

MOST_DECISIONS = 2_000
_FOUND = frozenset({"match", "potential"})


@dataclass(frozen=True)
class Changed:
    """A decision that the two models see differently: the outcome that each would have said."""

    decision: int
    mention: int
    one: str
    other: str


@dataclass(frozen=True)
class Comparison:
    """Of the newest ``decisions`` that tied a child to a record and stand: how many have each outcome.

    ``undone`` are matches that were taken back, by outcome: there a match would have been wrong.
    """

    decisions: int = 0
    one: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)
    undone_one: Counter[str] = field(default_factory=Counter)
    undone_other: Counter[str] = field(default_factory=Counter)
    changed: list[Changed] = field(default_factory=list)

    @property
    def found_by_one(self) -> int:
        return sum(self.one[outcome] for outcome in _FOUND)

    @property
    def found_by_other(self) -> int:
        return sum(self.other[outcome] for outcome in _FOUND)


def compare_with_decisions(one: Model, other: Model, *, at: Thresholds = SHIPPED) -> Comparison:
    """Hold both models against the decisions of people, newest first, at most MOST_DECISIONS."""
    matched = Decision.objects.filter(verb=Decision.Verb.MATCHED, by__isnull=False, child__isnull=False)
    decisions = list(matched.select_related("mention", "child").order_by("-pk")[:MOST_DECISIONS])
    stand = [decision for decision in decisions if decision.undone_at is None]
    found = Comparison(decisions=len(stand))
    for decision in decisions:
        theirs = see(Identity.from_json(decision.mention.identity))
        ours = see(identity_of(record_before(decision)))
        said = [outcome_of_one(score_seen(theirs, ours, model), at) for model in (one, other)]
        stands = decision.undone_at is None
        (found.one if stands else found.undone_one)[said[0]] += 1
        (found.other if stands else found.undone_other)[said[1]] += 1
        if said[0] != said[1]:
            found.changed.append(Changed(decision.pk, decision.mention_id, *said))
    return found


def record_before(decision: Decision) -> Child:
    """The record of a decision that has one, as it was when the decision was taken."""
    child = decision.child
    assert child is not None
    if before := decision.before.get("child"):
        child = Child(pk=child.pk)
        snapshots.put_back(child, before)
    return child

"""Matching: the wrong child never by machine, and no group of names left behind (goals of GH-013, GH-018)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guildhall.records.linkage.files.pairing import sharing
from guildhall.records.linkage.outcomes import outcome_of, reasons_to_ask
from guildhall.records.linkage.scoring import score_seen
from guildhall.records.linkage.seen import see
from scripts.measure import febrl, matching
from scripts.measure.figures import Figure
from scripts.measure.labelled import GROUPS, Labelled, Mention, labelled

CASES, QUICK_CASES = 10_000, 2_400


@dataclass(frozen=True)
class Decided:
    """What matching made of one mention: its outcome, the best record, and whether a machine links it."""

    mention: Mention
    outcome: str
    best: int | None
    by_machine: bool

    @property
    def missed(self) -> bool:
        """The true record was not put first as a match or a potential one."""
        proposed = self.outcome in {"match", "potential", "many"}
        return self.mention.true is not None and not (proposed and self.best == self.mention.true)


def measure(_database: str, quick: bool) -> Iterator[Figure]:
    """The figures of the labelled sets; the same on every run."""
    cases = labelled(QUICK_CASES if quick else CASES)
    decided = list(decide(cases))
    wrong = sum(each.by_machine and each.best != each.mention.true for each in decided)
    note = f"{len(decided):,} mentions, {len(cases.register):,} records"
    yield Figure("linkage: wrong links by machine", "-", wrong, 0, at_least=False, note=note)
    rates = missed_by_group(decided)
    worst = 100 * (max(rates.values()) - min(rates.values()))
    told = ", ".join(f"{group} {rate:.1%}" for group, rate in rates.items())
    yield Figure("linkage: missed, points to best group", "-", worst, 2, at_least=False, note=told)
    matches = [each for each in decided if each.outcome == "match"]
    astray = 1_000 * sum(each.best != each.mention.true for each in matches) / len(matches)
    note = f"of {len(matches):,} matches, those a person sees included; register full of twins"
    yield Figure("linkage: wrong in 1,000 matches", "-", astray, None, at_least=False, note=note)
    yield from febrl.measure()
    yield from matching.measure(matching.QUICK if quick else matching.USUAL)


def decide(cases: Labelled) -> Iterator[Decided]:
    """Every mention against the records that share a block with it, as the portal decides."""
    written, records = [see(each.who) for each in cases.mentions], [see(who) for who in cases.register]
    near: dict[int, list[int]] = defaultdict(list)
    for one, other in sharing(written, records):
        near[one].append(other)
    for place, mention in enumerate(cases.mentions):
        scored = [(score_seen(written[place], records[other]), other) for other in near[place]]
        scored.sort(key=lambda pair: -pair[0].weight)
        scores = [score for score, _ in scored]
        outcome = outcome_of(scores)
        sure = outcome == "match" and not reasons_to_ask(outcome, scores, conflicts=False, automatic=True)
        yield Decided(mention, outcome, scored[0][1] if scored else None, sure)


def missed_by_group(decided: Sequence[Decided]) -> dict[str, float]:
    """The share of each group's mentions whose record was missed, from 0 to 1."""
    missed = Counter(each.mention.group for each in decided if each.missed)
    told = Counter(each.mention.group for each in decided if each.mention.true is not None)
    return {group: missed[group] / told[group] for group in GROUPS}

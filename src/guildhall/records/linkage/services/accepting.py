"""A person looks at what a batch found and says of each pair whether it is one child."""

from collections.abc import Iterable
from datetime import datetime

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child

from ..bulk.models import BatchPair, BatchRun
from ..identity import Identity
from ..models import Decision, Mention
from ..queries import compare
from .deciding import match_mention, reject_mention, return_mention
from .reporting import report_mention
from .undoing import undo_decision

MOST_AT_ONCE = 50
SOURCE = "batch"
_Verdict, _State = BatchPair.Verdict, Mention.State


class PairDecided(Refusal):
    """Somebody has decided about the pair."""


class TiedElsewhere(Refusal):
    """The row of the file is tied to another record already."""


@again_when_crossed
def accept_pair(pair: BatchPair, *, by: User, now: datetime) -> BatchPair:
    """Say that both are one child. A row of a file is tied to the record, of which nothing changes.

    Of two rows, or of two records, only the verdict is kept. Raises PairDecided, TiedElsewhere, and the
    refusals of ``match_mention``.
    """
    pair = _waiting(pair)
    if pair.run.kind == BatchRun.Kind.RECORDS and pair.left_row and pair.child:
        pair.decision = _tie(pair, pair.child, by=by, now=now)
    return _decide(pair, _Verdict.ACCEPTED, by=by, now=now)


@again_when_crossed
def reject_pair(pair: BatchPair, *, by: User, now: datetime) -> BatchPair:
    """Say that the two are not one child. Raises PairDecided."""
    return _decide(_waiting(pair), _Verdict.REJECTED, by=by, now=now)


@again_when_crossed
def undo_pair(pair: BatchPair, *, by: User, now: datetime) -> BatchPair:
    """Take back what was said of ``pair``, and the tie to the record with it. Raises CannotUndo."""
    pair = hold(pair)
    if pair.verdict == _Verdict.WAITING:
        return pair
    if (decision := pair.decision) and decision.undone_at is None:
        mention = undo_decision(decision, by=by, now=now)
        if mention.state == _State.WAITING:
            # The row waits in its batch, not in the queue besides.
            reject_mention(mention, by=by, now=now)
    pair.verdict, pair.decided_at, pair.decided_by, pair.decision = _Verdict.WAITING, None, None, None
    pair.save(update_fields=["verdict", "decided_at", "decided_by", "decision"])
    audit.record("linkage.pair_undone", by=by, about=pair, child=pair.child_id, now=now)
    return pair


def decide_pairs(
    pairs: Iterable[BatchPair], verdict: str, *, by: User, now: datetime
) -> tuple[int, list[str]]:
    """Accept or reject at most MOST_AT_ONCE pairs, each by itself: how many, and why others were not."""
    act = {_Verdict.ACCEPTED: accept_pair, _Verdict.REJECTED: reject_pair}[_Verdict(verdict)]
    done, refused = 0, []
    for pair in list(pairs)[:MOST_AT_ONCE]:
        try:
            act(pair, by=by, now=now)
        except Refusal as refusal:
            refused.append(f"{pair.left}: {refusal.message}")
        else:
            done += 1
    return done, refused


def _waiting(pair: BatchPair) -> BatchPair:
    held = hold(pair)
    if held.verdict != _Verdict.WAITING:
        raise PairDecided(texts.say("administration.Batch_Decided", name=held.decided_by or "–"))
    return held


def _tie(pair: BatchPair, child: Child, *, by: User, now: datetime) -> Decision:
    """Tie the row to ``child``, whatever the machine would have said of it."""
    assert pair.left_row is not None
    who = Identity.from_json(pair.left_row.identity)
    mention = report_mention(who, said_by=None, source_kind=SOURCE, source_id=str(pair.left_row_id), now=now)
    if mention.child_id and mention.child_id != child.pk:
        last = _last(mention)
        if last.verb != Decision.Verb.LINKED:
            raise TiedElsewhere(texts.say("administration.Batch_TiedElsewhere"))
        mention = undo_decision(last, by=by, now=now)
    if mention.state == _State.REJECTED:
        return_mention(mention, by=by, now=now)
        mention.refresh_from_db()
    if mention.child_id == child.pk:
        return _last(mention)
    ours = {
        each.field: "ours" if "ours" in each.choices else each.choices[0]
        for each in compare(who, child).differences
    }
    return match_mention(mention, child=child, choices=ours, by=by, now=now, confirmed=True)


def _last(mention: Mention) -> Decision:
    return mention.decisions.filter(undone_at=None).order_by("-pk")[0]


def _decide(pair: BatchPair, verdict: BatchPair.Verdict, *, by: User, now: datetime) -> BatchPair:
    pair.verdict, pair.decided_at, pair.decided_by = verdict, now, by
    pair.save(update_fields=["verdict", "decided_at", "decided_by", "decision"])
    audit.record(f"linkage.pair_{verdict}", by=by, about=pair, child=pair.child_id, now=now)
    return pair

"""A person says of each pair of a batch whether it is one child, and of a row that it is a new one."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from itertools import islice

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child

from ..bulk.models import BATCH, BatchPair, BatchRow, BatchRun
from ..identity import Identity
from ..models import Decision, Mention
from ..queries import candidates_for, compare
from .deciding import add_child_for, match_mention, reject_mention, return_mention
from .reporting import report_mention
from .undoing import undo_decision

MOST_AT_ONCE = 50
_Verdict, _State = BatchPair.Verdict, Mention.State
_LIKE = frozenset({"match", "potential"})


class PairDecided(Refusal):
    """Somebody has decided about the pair."""


class RowKnown(Refusal):
    """A record is like the row: it is to be matched, not added."""


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
def add_row(row: BatchRow, *, by: User, now: datetime) -> Decision:
    """Open a new record for a row of a file that no record is like. Added already: the decision that did.

    Raises RowKnown where a record is like it by now, and the refusals of ``children.add_child``.
    """
    who = Identity.from_json(row.identity)
    mention = _mention_of(row, now=now)
    if mention.state == _State.ADDED:
        return _last(mention)
    near = candidates_for(who, limit=1)
    if mention.child_id or any(each.outcome in _LIKE for each in near):
        raise RowKnown(texts.say("administration.Batch_RowKnown"))
    return add_child_for(_waiting_again(mention, by=by, now=now), by=by, now=now)


@again_when_crossed
def undo_row(row: BatchRow, *, by: User, now: datetime) -> None:
    """Take the record of ``add_row`` away again; the row waits in its batch. Raises CannotUndo."""
    mention = Mention.objects.filter(source_kind=BATCH, source_id=str(row.pk), state=_State.ADDED).first()
    if mention is not None:
        undo_decision(_last(mention), by=by, now=now)
        mention.refresh_from_db()
        reject_mention(mention, by=by, now=now)


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
    return _each((pair.left, partial(act, pair, by=by, now=now)) for pair in pairs)


def add_rows(rows: Iterable[BatchRow], *, by: User, now: datetime) -> tuple[int, list[str]]:
    """Open a record for each of at most MOST_AT_ONCE rows: how many, and why others were not."""
    return _each((row.own_id, partial(add_row, row, by=by, now=now)) for row in rows)


def _each(acts: Iterable[tuple[str, Callable[[], object]]]) -> tuple[int, list[str]]:
    """Do each by itself, told by its name: how many were done, and why others were not."""
    done, refused = 0, []
    for name, act in islice(acts, MOST_AT_ONCE):
        try:
            act()
        except Refusal as refusal:
            refused.append(f"{name}: {refusal.message}")
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
    mention = _mention_of(pair.left_row, now=now)
    if mention.child_id and mention.child_id != child.pk:
        last = _last(mention)
        if last.verb != Decision.Verb.LINKED:
            raise TiedElsewhere(texts.say("administration.Batch_TiedElsewhere"))
        mention = undo_decision(last, by=by, now=now)
    mention = _waiting_again(mention, by=by, now=now)
    if mention.child_id == child.pk:
        return _last(mention)
    ours = {
        each.field: "ours" if "ours" in each.choices else each.choices[0]
        for each in compare(who, child).differences
    }
    return match_mention(mention, child=child, choices=ours, by=by, now=now, confirmed=True)


def _mention_of(row: BatchRow, *, now: datetime) -> Mention:
    who = Identity.from_json(row.identity)
    return report_mention(who, said_by=None, source_kind=BATCH, source_id=str(row.pk), now=now)


def _waiting_again(mention: Mention, *, by: User, now: datetime) -> Mention:
    """``mention``, put back into the queue where it was rejected, as a row is that waits in its batch."""
    if mention.state == _State.REJECTED:
        return_mention(mention, by=by, now=now)
        mention.refresh_from_db()
    return mention


def _last(mention: Mention) -> Decision:
    return mention.decisions.filter(undone_at=None).order_by("-pk")[0]


def _decide(pair: BatchPair, verdict: BatchPair.Verdict, *, by: User, now: datetime) -> BatchPair:
    pair.verdict, pair.decided_at, pair.decided_by = verdict, now, by
    pair.save(update_fields=["verdict", "decided_at", "decided_by", "decision"])
    audit.record(f"linkage.pair_{verdict}", by=by, about=pair, child=pair.child_id, now=now)
    return pair

"""Taking a decision back."""

from datetime import datetime

from django.utils.dateparse import parse_datetime

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.records.children import services as children
from guildhall.records.children import snapshots
from guildhall.records.children.models import Child

from ..merges import is_merged, origin_of
from ..models import Decision, Mention, Merge

Verb = Decision.Verb


class CannotUndo(Refusal):
    """A later decision or change stands in the way; the message says which."""


@again_when_crossed
def undo_decision(decision: Decision, *, by: User, now: datetime) -> Mention:
    """Take ``decision`` back at any later time: mention and record are again as they were, bit for bit.

    What others changed on the record since stays. Raises CannotUndo when a later decision about the
    mention stands, another form is tied to a record that would go, or what the decision changed was
    changed again.
    """
    mention = hold(decision.mention)
    decision = hold(decision)
    _may_undo(decision)
    _undo_record(decision, by=by, now=now)
    for column, value in decision.before["mention"].items():
        setattr(mention, column, parse_datetime(value) if column == "settled_at" and value else value)
    _follow_merges(mention, at=decision.at)
    _must_be_present(mention)
    mention.version += 1
    mention.save()
    decision.undone_at, decision.undone_by = now, by
    decision.save(update_fields=["undone_at", "undone_by"])
    audit.record(
        "linkage.undone",
        by=by,
        about=mention,
        child=decision.child_id,
        now=now,
        detail={"verb": decision.verb},
    )
    return mention


def _may_undo(decision: Decision) -> None:
    if decision.undone_at:
        raise CannotUndo(texts.say("matching.Error_UndoneAlready", name=decision.undone_by))
    if Decision.objects.filter(mention=decision.mention_id, pk__gt=decision.pk, undone_at=None).exists():
        raise CannotUndo(texts.say("matching.Error_LaterDecision"))


def _undo_record(decision: Decision, *, by: User, now: datetime) -> None:
    """Put the record back, or take it away when the decision added it."""
    if decision.child is None:
        return
    if decision.verb == Verb.ADDED:
        if Mention.objects.filter(child=decision.child_id).exclude(pk=decision.mention_id).exists():
            raise CannotUndo(texts.say("matching.Error_RecordInUse"))
        if is_merged(decision.child.pk):
            raise CannotUndo(texts.say("matching.Error_Merge_MergedSince"))
        children.remove_child(decision.child, by=by, now=now)
    elif decision.verb == Verb.MATCHED:
        _undo_changes(decision, by=by, now=now)


def _undo_changes(decision: Decision, *, by: User, now: datetime) -> None:
    child = hold(decision.child) if decision.child else None
    before, after = decision.before["child"], decision.after["child"]
    was, became = snapshots.difference(before, after)
    if child is None or not became:
        return
    current = snapshots.snapshot(child)
    told = became.keys() - children.STAMPS
    if all(current[column] == was[column] for column in told):
        return
    if any(current[column] not in (became[column], was[column]) for column in told):
        raise CannotUndo(texts.say("matching.Error_ChangedSince", name=child.name))
    if any(current[column] != after[column] for column in children.STAMPS):
        was = {column: value for column, value in was.items() if column not in children.STAMPS}
    children.restore_child(child, columns=was, by=by, now=now)


def _follow_merges(mention: Mention, *, at: datetime) -> None:
    """Point ``mention`` at the record that the one it was tied to then is part of now."""
    if mention.child_id is None:
        return
    mention.child_id = origin_of(mention, mention.child_id, at=at)
    while standing := Merge.objects.filter(gone=mention.child_id, undone_at=None).first():
        standing = hold(standing)
        if mention.pk not in standing.mentions:
            standing.mentions = [*standing.mentions, mention.pk]
            standing.save(update_fields=["mentions"])
        mention.child_id = standing.kept_id


def _must_be_present(mention: Mention) -> None:
    if mention.child_id and Child.objects.filter(pk=mention.child_id).exclude(removed_at=None).exists():
        raise CannotUndo(texts.say("matching.Error_RecordGone"))

"""Taking a decision back."""

from collections.abc import Collection
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
from ..taken_back import NOT_ASKED, changed_since, changes_of, without

Verb = Decision.Verb


class CannotUndo(Refusal):
    """A later decision or change stands in the way; the message says which."""


class ChangedSince(CannotUndo):
    """What the decision changed was changed again: somebody has to say what stays."""


@again_when_crossed
def undo_decision(
    decision: Decision, *, by: User, now: datetime, keep: Collection[str] | None = None
) -> Mention:
    """Take ``decision`` back at any later time: mention and record are again as they were, bit for bit.

    What others changed on the record since stays. ``keep`` names those columns of ``changed_since`` that
    stay as they are now; the rest of them go back. Raises ChangedSince where there are such columns and
    ``keep`` is None, and CannotUndo when a later decision about the mention stands, or another form is
    tied to a record that would go.
    """
    mention = hold(decision.mention)
    decision = hold(decision)
    _may_undo(decision)
    _undo_record(decision, keep, by=by, now=now)
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


def _undo_record(decision: Decision, keep: Collection[str] | None, *, by: User, now: datetime) -> None:
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
        _undo_changes(decision, keep, by=by, now=now)


def _undo_changes(decision: Decision, keep: Collection[str] | None, *, by: User, now: datetime) -> None:
    child = hold(decision.child) if decision.child else None
    was, became = changes_of(decision)
    if child is None or not became:
        return
    current, told = snapshots.snapshot(child), became.keys() - NOT_ASKED
    if all(current[column] == was[column] for column in told):
        return
    since = changed_since(decision, child)
    if since and keep is None:
        raise ChangedSince(texts.say("matching.Error_ChangedSince", name=child.name))
    columns = {column: without(current[column], was[column], became[column]) for column in told}
    columns |= {column: was[column] for column in since.keys() - set(keep or ())}
    if all(current[stamp] == decision.after["child"][stamp] for stamp in children.STAMPS):
        columns |= {stamp: decision.before["child"][stamp] for stamp in children.STAMPS}
    children.restore_child(child, columns=columns, by=by, now=now)


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

"""Two records of one child become one, and two again."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.records.children import queries, snapshots
from guildhall.records.children import services as children
from guildhall.records.children.models import Child

from ..differences import Choices
from ..merges import NOT_CHOSEN, changed_since, changes_of, differences_between, kept_for
from ..models import Mention, Merge
from .checking import checked_choices

Stamps = tuple[str, str]


class CannotMerge(Refusal):
    """The two are one record already, one of them is gone, or its use is restricted."""


class RecordsChanged(Refusal):
    """One of the records was changed since the page was opened."""


class NotConfirmed(Refusals):
    """The officer did not say that they looked at everything."""


class MergeUndone(Refusal):
    """Somebody has taken the merge back already."""


@again_when_crossed
def merge_children(
    kept: Child,
    gone: Child,
    *,
    choices: Choices,
    by: User,
    now: datetime,
    seen: Stamps | None = None,
    confirmed: bool = False,
) -> Merge:
    """Make one record of two: ``gone`` gives way, and everything tied to it is tied to ``kept``.

    ``choices``: field → ours (of kept), theirs or both, as for a match. ``seen``: ``stamps_of`` both when
    the page was opened. Raises CannotMerge, RecordsChanged, ChoiceMissing, NotConfirmed.
    """
    kept, gone = _both(kept, gone)
    _may_merge(kept, gone, seen)
    chosen = checked_choices(differences_between(kept, gone), choices)
    if not confirmed:
        raise NotConfirmed({"confirmed": texts.say("matching.Error_Merge_NotConfirmed")})
    before = {"kept": snapshots.snapshot(kept), "gone": snapshots.snapshot(gone)}
    kept = children.change_child(kept, changes=changes_of(kept, gone, chosen), by=by, now=now)
    children.remove_child(gone, by=by, now=now)
    merge = Merge.objects.create(
        kept=kept,
        gone=gone,
        by=by,
        at=now,
        choices=chosen,
        before=before,
        after={"kept": snapshots.snapshot(kept)},
        mentions=_move(gone.pk, kept.pk),
    )
    detail = {"kept": kept.pk, "gone": gone.pk, "choices": chosen}
    audit.record("linkage.merged", by=by, about=merge, child=kept.pk, now=now, detail=detail)
    return merge


@again_when_crossed
def unmerge_children(merge: Merge, *, by: User, now: datetime, keep: Collection[str] = ()) -> Merge:
    """Make two records again of what ``merge`` made one, at any later time: both exactly as they were.

    ``keep`` names columns of the record kept that somebody changed after the merge and that stay as they
    are now. What was tied to the one that went goes back to it, unless somebody has decided about it since;
    what came since stays with the one that was kept. Raises MergeUndone.
    """
    merge = hold(merge)
    if merge.undone_at:
        raise MergeUndone(texts.say("matching.Error_UndoneAlready", name=merge.undone_by))
    kept, gone = _both(merge.kept, merge.gone)
    _put_back(kept, merge, keep=keep, by=by, now=now)
    held = snapshots.snapshot(gone)
    columns = {"removed_at": None} | {stamp: held[stamp] for stamp in children.STAMPS}
    children.restore_child(gone, columns=columns, by=by, now=now)
    _move(kept_for(kept.pk), gone.pk, only=merge.mentions, settled_until=merge.at)
    merge.undone_at, merge.undone_by = now, by
    merge.save(update_fields=["undone_at", "undone_by"])
    detail = {"kept": kept.pk, "gone": gone.pk, "stay": sorted(keep)}
    audit.record("linkage.unmerged", by=by, about=merge, child=kept.pk, now=now, detail=detail)
    return merge


def stamps_of(kept: Child, gone: Child) -> Stamps:
    """When both were changed last, to tell whether that is still so."""
    return kept.updated_at.isoformat(), gone.updated_at.isoformat()


def _both(kept: Child, gone: Child) -> tuple[Child, Child]:
    """Both, locked, always in the same order so that two merges cannot wait for each other."""
    held = {child.pk: hold(child) for child in sorted((kept, gone), key=lambda child: child.pk)}
    return held[kept.pk], held[gone.pk]


def _may_merge(kept: Child, gone: Child, seen: Stamps | None) -> None:
    if kept.pk == gone.pk:
        raise CannotMerge(texts.say("matching.Error_Merge_Same"))
    if kept.removed_at or gone.removed_at:
        raise CannotMerge(texts.say("matching.Error_RecordGone"))
    if queries.use_is_restricted(kept) or queries.use_is_restricted(gone):
        raise CannotMerge(texts.say("matching.Error_Merge_UseRestricted"))
    if seen is not None and seen != stamps_of(kept, gone):
        raise RecordsChanged(texts.say("matching.Error_Merge_Changed"))


def _put_back(kept: Child, merge: Merge, *, keep: Collection[str], by: User, now: datetime) -> None:
    """The record kept as it was before, but for what stays; whether it is there is another merge's to say."""
    stay = changed_since(merge, kept).keys() & set(keep)
    columns = {
        column: value
        for column, value in merge.before["kept"].items()
        if column not in stay and column not in NOT_CHOSEN
    }
    if not stay:
        columns |= {stamp: merge.before["kept"][stamp] for stamp in children.STAMPS}
    children.restore_child(kept, columns=columns, by=by, now=now)


def _move(
    here: int, there: int, *, only: Collection[int] | None = None, settled_until: datetime | None = None
) -> list[int]:
    """Move the pointers of mentions from one record to another; which moved."""
    rows = Mention.objects.select_for_update(of=("self",)).filter(child=here)
    if only is not None:
        rows = rows.filter(pk__in=only, settled_at__lte=settled_until)
    moved = list(rows.order_by("pk").values_list("pk", flat=True))
    Mention.objects.filter(pk__in=moved).update(child=there, version=F("version") + 1)
    return moved

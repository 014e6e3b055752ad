"""Two records of one child: what differs, what a choice makes of the one kept, and where a record went."""

from typing import Any

from django.db.models import QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.people.organisations.models import Establishment
from guildhall.records.children import services as children
from guildhall.records.children import snapshots
from guildhall.records.children.keys import KEYS
from guildhall.records.children.models import Child

from .differences import OURS, THEIRS, Choices, Difference, changes_for, differences
from .identity import identity_of
from .models import Mention, Merge

# What a record's other columns say anew, when it was changed, and whether it is there at all.
NOT_CHOSEN = children.STAMPS | KEYS | {"added_at", "removed_at"}


def differences_between(kept: Child, gone: Child) -> tuple[Difference, ...]:
    """Every field where ``gone`` says something that ``kept`` does not, in page order."""
    found = differences(identity_of(gone), identity_of(kept))
    if not gone.establishment_id or gone.establishment_id == kept.establishment_id:
        return found
    schools = str(gone.establishment), str(kept.establishment or "")
    return (*found, Difference("school", *schools, conflict=bool(schools[1]), choices=(OURS, THEIRS)))


def changes_of(kept: Child, gone: Child, choices: Choices) -> dict[str, Any]:
    """The changes that ``choices`` (field → ours, theirs or both) make to the record that is kept.

    It also goes by every other name and address of the one that goes, and is restricted if either was.
    """
    changes = changes_for(kept, identity_of(gone), choices)
    if choices.get("address") == THEIRS:
        changes["address"] = gone.address
    if choices.get("school") == THEIRS:
        changes["establishment_id"] = gone.establishment_id
    for column in ("other_names", "other_addresses"):
        held = list(changes.get(column, getattr(kept, column)))
        changes[column] = held + [each for each in getattr(gone, column) if each not in held]
    return changes | {"restricted": kept.restricted or gone.restricted}


def changed_since(merge: Merge, kept: Child) -> dict[str, tuple[Any, Any]]:
    """Column → (before the merge, now), where the record kept was changed again after the merge."""
    now, after, before = snapshots.snapshot(kept), merge.after["kept"], merge.before["kept"]
    return {
        column: (before[column], now[column])
        for column in after
        if column not in NOT_CHOSEN and now[column] != after[column]
    }


def touched(merge: Merge) -> frozenset[str]:
    """The columns of the record kept that the merge itself changed."""
    changed, _ = snapshots.difference(merge.before["kept"], merge.after["kept"])
    return frozenset(changed) - NOT_CHOSEN


def school_called(pk: int | None) -> str:
    """The name of the school that a record names by number, closed or not; empty for none."""
    return str(Establishment.objects.filter(pk=pk).first() or "") if pk else ""


def kept_for(pk: int) -> int:
    """The record that number ``pk`` leads to: itself, or the one that it was merged into."""
    for _ in range(_MOST_STEPS):
        standing = Merge.objects.filter(gone=pk, undone_at=None).values_list("kept_id", flat=True).first()
        if standing is None:
            break
        pk = standing
    return pk


def brought_to(pk: int) -> frozenset[int]:
    """The records that lead to number ``pk``: itself, and those that gave way to it, directly or not."""
    found, newest = {pk}, {pk}
    for _ in range(_MOST_STEPS):
        gone = Merge.objects.filter(kept__in=newest, undone_at=None).values_list("gone_id", flat=True)
        newest = set(gone) - found
        if not newest:
            break
        found |= newest
    return frozenset(found)


def origin_of(mention: Mention, pk: int, *, at: Any) -> int:
    """The record that ``mention`` was tied to by itself when merges had brought it to ``pk`` at that time."""
    for _ in range(_MOST_STEPS):
        then = Merge.objects.filter(kept=pk, at__lte=at).exclude(undone_at__lte=at).order_by("-pk")
        moved = next((merge for merge in then if mention.pk in merge.mentions), None)
        if moved is None:
            break
        pk = moved.gone_id
    return pk


def merges_about(child: Child) -> QuerySet[Merge]:
    """The merges that brought another record into ``child``, newest first."""
    return Merge.objects.filter(kept=child).select_related("gone", "by", "undone_by").order_by("-pk")


def merges_seen_by(holder: Holder) -> QuerySet[Merge]:
    """Every merge; nothing for people who do not match children."""
    if not holder.may(Permission.MATCH_CHILDREN):
        return Merge.objects.none()
    return Merge.objects.select_related("kept", "gone", "by", "undone_by")


def is_merged(pk: int) -> bool:
    """Does a merge stand that the record has a part in?"""
    standing = Merge.objects.filter(undone_at=None)
    return standing.filter(gone=pk).exists() or standing.filter(kept=pk).exists()


_MOST_STEPS = 100

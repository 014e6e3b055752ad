"""Moving the pointer of a mention, and keeping how to move it back."""

from datetime import datetime
from typing import Any

from guildhall.foundation.audit import services as audit
from guildhall.people.accounts.models import User
from guildhall.records.children import snapshots
from guildhall.records.children.models import Child

from ..differences import Choices
from ..models import Decision, Mention

_POINTER = ("state", "child_id", "conflicts_open", "settled_at", "settled_by_id")


def settle(
    mention: Mention,
    verb: Decision.Verb,
    state: Mention.State,
    *,
    child: Child | None,
    by: User | None,
    now: datetime,
    choices: Choices | None = None,
    explanation: dict[str, Any] | None = None,
    before: tuple[dict[str, Any], snapshots.Snapshot | None] | None = None,
) -> Decision:
    """Move the mention's pointer and keep how to move it back."""
    was, child_was = before or (pointer(mention), snapshots.snapshot(child) if child else None)
    settled = state != Mention.State.WAITING
    mention.state, mention.child, mention.conflicts_open = state, child, False
    mention.settled_at, mention.settled_by = (now, by) if settled else (None, None)
    mention.version += 1
    mention.save()
    decision = Decision.objects.create(
        mention=mention,
        verb=verb,
        child=child or Child.objects.filter(pk=was["child_id"]).first(),
        by=by,
        at=now,
        choices=choices or {},
        before={"mention": was, "child": child_was},
        after={"mention": pointer(mention), "child": snapshots.snapshot(child) if child else None},
        explanation=explanation or {},
    )
    audit.record(
        f"linkage.{verb}",
        by=by,
        about=mention,
        child=decision.child_id,
        now=now,
        detail={"choices": {name: kept for name, kept in (choices or {}).items() if name != "reason"}},
    )
    return decision


def pointer(mention: Mention) -> dict[str, Any]:
    """What a decision changes of a mention, as plain values."""
    plain = {column: getattr(mention, column) for column in _POINTER}
    return plain | {
        "state": str(mention.state),
        "settled_at": mention.settled_at.isoformat() if mention.settled_at else None,
    }

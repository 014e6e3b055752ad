"""What becomes of a record when a match with it is taken back, though others have changed it since."""

from typing import Any

from guildhall.records.children import services as children
from guildhall.records.children import snapshots
from guildhall.records.children.keys import KEYS
from guildhall.records.children.models import Child
from guildhall.records.children.snapshots import Snapshot

from .models import Decision

NOT_ASKED = children.STAMPS | KEYS


def changes_of(decision: Decision) -> tuple[Snapshot, Snapshot]:
    """The columns that a match changed, as they were before and as they became.

    What earlier matches had changed by then and that was taken back since counts as never changed, so that
    matches can be taken back in any order.
    """
    before = dict(decision.before["child"])
    earlier = Decision.objects.filter(
        child=decision.child_id, verb=Decision.Verb.MATCHED, pk__lt=decision.pk, undone_at__gte=decision.at
    )
    for other in earlier.order_by("-pk"):
        was, became = snapshots.difference(other.before["child"], other.after["child"])
        before |= {each: without(before[each], was[each], became[each]) for each in became.keys() - NOT_ASKED}
    return snapshots.difference(before, decision.after["child"])


def changed_since(decision: Decision, child: Child) -> dict[str, tuple[Any, Any]]:
    """Column → (before the match, now), where what the match changed was changed again to something else.

    A list is no such column: what the match added to it is taken out, whatever was added since.
    """
    was, became = changes_of(decision)
    now = snapshots.snapshot(child)
    return {
        column: (was[column], now[column])
        for column in now
        if column in became.keys() - NOT_ASKED
        and not isinstance(now[column], list)
        and now[column] not in (became[column], was[column])
    }


def without(value: Any, was: Any, became: Any) -> Any:
    """``value`` as if it had never gone from ``was`` to ``became``; what came of it otherwise stays."""
    if value == became:
        return was
    if not isinstance(value, list):
        return value
    stay = [each for each in value if each in was or each not in became]
    return stay + [each for each in was if each not in became and each not in stay]

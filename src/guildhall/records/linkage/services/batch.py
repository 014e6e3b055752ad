"""A file is compared with another, with the records or with itself; what is found waits for a person."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.people.accounts.models import User
from guildhall.records.children.identity import Identity, identity_of
from guildhall.records.children.models import Child

from ..bulk.models import BatchPair, BatchRun
from ..bulk.staging import Staged
from ..files.reading import BadRow

RECORDS = "records"
MOST_BAD = 1_000
_AT_ONCE = 1_000


def everybody() -> Iterator[tuple[str, Identity]]:
    """Every record by its primary key, a few at a time."""
    for child in Child.objects.filter(removed_at=None).order_by("pk").iterator(chunk_size=2_000):
        yield str(child.pk), identity_of(child)


@transaction.atomic
def stage_batch(
    pairs: Sequence[Staged],
    *,
    left: str,
    right: str,
    rows: int,
    bad: Sequence[BadRow],
    engine: str,
    weights: str,
    by: User | None,
    now: datetime,
) -> BatchRun:
    """Keep what a comparison found. No record is touched.

    ``left`` and ``right`` as in ``BatchRun``; ``rows`` of the left file could be used, ``bad`` could not.
    """
    outcomes = Counter(pair.outcome for pair in pairs)
    run = BatchRun.objects.create(
        left=left[-255:],
        right=right[-255:],
        engine=engine,
        weights=weights,
        counts={"rows": rows, "bad": len(bad), "pairs": len(pairs), **outcomes},
        bad=[{"line": row.line, "reason": row.reason} for row in bad[:MOST_BAD]],
        made_at=now,
        made_by=by,
    )
    BatchPair.objects.bulk_create((_row(run, pair) for pair in pairs), batch_size=_AT_ONCE)
    audit.record("linkage.batch", by=by, about=run, now=now, detail={"pairs": str(len(pairs))})
    return run


def _row(run: BatchRun, pair: Staged) -> BatchPair:
    record: dict[str, Any] = {"child_id": int(pair.right)} if run.right == RECORDS else {}
    return BatchPair(
        run=run,
        left=pair.left[:200],
        right=pair.right[:200],
        probability=pair.score.probability,
        outcome=pair.outcome,
        explanation=pair.score.as_json(),
        **record,
    )

"""What the outbox and the clock have this room do."""

from datetime import datetime
from typing import Any

from guildhall.records.children.identity import Identity

from . import queries, services
from .bulk import queries as bulk
from .bulk.engine import EngineMissing
from .bulk.models import BatchRun
from .bulk.staging import stage
from .thresholds import in_use

_Kind = BatchRun.Kind


def compare_batch(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Compare what a batch asks for, and keep what was found. Again after a crash: from the beginning."""
    run = bulk.run_with(payload["run"])
    if run is None or run.state in {BatchRun.State.READY, BatchRun.State.FAILED}:
        return
    services.start_batch(run)
    model = queries.active_model()
    left = services.everybody() if run.kind == _Kind.REGISTER else _rows(run, "left")
    right = services.everybody() if run.kind == _Kind.RECORDS else None
    if run.kind == _Kind.FILES:
        right = _rows(run, "right")
    try:
        pairs = stage(left, right, model=model, engine=run.engine, at=in_use())
    except EngineMissing:
        services.fail_batch(run)
        return
    services.finish_batch(run, pairs, weights=model.version, now=now)


def train_weights(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Learn the weights that somebody asked for."""
    if run := bulk.training_with(payload["run"]):
        services.train_for(run, now=now)


def forget_batches(now: datetime) -> None:
    """Job: forget the files that people have had long enough to decide about."""
    for run in bulk.runs_before(now - services.KEPT_FOR):
        services.remove_batch(run, by=None, now=now)


def _rows(run: BatchRun, side: str) -> Any:
    rows = run.rows.filter(side=side).order_by("pk").values_list("own_id", "identity")
    return ((own_id, Identity.from_json(plain)) for own_id, plain in rows.iterator(chunk_size=2_000))

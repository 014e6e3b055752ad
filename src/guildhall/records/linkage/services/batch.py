"""A file is compared with another, with the records or with itself; what is found waits for a person."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox import services as outbox
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.records.children.identity import Identity, identity_of
from guildhall.records.children.models import Child

from ..bulk.engine import demand_splink
from ..bulk.models import BatchPair, BatchRow, BatchRun
from ..bulk.staging import Staged
from ..files.columns import unused
from ..files.reading import BadRow, People, UnreadableFile, doubts_in, read_uploaded

RECORDS = "records"
MOST_BAD = 1_000
MOST_BYTES, MOST_ROWS = 5_000_000, 10_000
MOST_PAIRS = 50_000
MOST_UNFINISHED = 5
MOST_COLUMNS_TOLD = 20
KEPT_FOR = timedelta(days=90)
_AT_ONCE = 1_000
_Kind, _State = BatchRun.Kind, BatchRun.State
_FILES = {_Kind.RECORDS: 1, _Kind.WITHIN: 1, _Kind.FILES: 2, _Kind.REGISTER: 0}
_SIDES = ("left", "right")

File = tuple[str, bytes]


class WrongFile(Refusal):
    """A file is missing, or cannot be used at all; ``field`` is left, right or columns."""


class TooManyBatches(Refusal):
    """So many batches wait that another would only wait with them."""


def everybody() -> Iterator[tuple[str, Identity]]:
    """Every record by its primary key, a few at a time."""
    for child in Child.objects.filter(removed_at=None).order_by("pk").iterator(chunk_size=2_000):
        yield str(child.pk), identity_of(child)


def begin_batch(
    kind: str, files: Sequence[File | None], *, given: Mapping[str, str], by: User, now: datetime
) -> BatchRun:
    """Keep the rows of the files that ``kind`` (a ``BatchRun.Kind``) asks for, and have them compared.

    ``files``: name and content of the left and the right; ``given``: part of an identity → column. Raises
    EngineMissing, WrongFile, TooManyBatches.
    """
    demand_splink()
    wanted = _FILES[_Kind(kind)]
    people = [_read(side, file, given) for side, file in zip(_SIDES[:wanted], files, strict=False)]
    _demand_columns(given, people)
    names = [file[0] for file in files[:wanted] if file]
    left = names[0] if names else RECORDS
    right = RECORDS if kind == _Kind.RECORDS else names[1] if names[1:] else ""
    return _keep_rows(_Kind(kind), people, left=left, right=right, by=by, now=now)


@transaction.atomic
def _keep_rows(
    kind: BatchRun.Kind, people: list[People], *, left: str, right: str, by: User, now: datetime
) -> BatchRun:
    unfinished = BatchRun.objects.filter(state__in=[_State.WAITING, _State.RUNNING])
    if unfinished.count() >= MOST_UNFINISHED:
        raise TooManyBatches(texts.say("administration.Batch_TooMany", most=MOST_UNFINISHED))
    run = BatchRun.objects.create(
        kind=kind,
        state=_State.WAITING,
        left=left[-255:],
        right=right[-255:],
        engine="duckdb",
        weights="",
        columns=people[0].columns if people else {},
        counts={"rows": sum(len(each.rows) for each in people), "bad": sum(len(each.bad) for each in people)},
        bad=_told(people, now)[:MOST_BAD],
        made_at=now,
        made_by=by,
    )
    for side, each in zip(_SIDES, people, strict=False):
        rows = (
            BatchRow(run=run, side=side, line=row.line, own_id=row.id[:200], identity=row.who.as_json())
            for row in each.rows
        )
        BatchRow.objects.bulk_create(rows, batch_size=_AT_ONCE)
    outbox.put("linkage-batch", {"run": run.pk}, key=f"linkage-batch:{run.pk}", now=now)
    audit.record("linkage.batch_begun", by=by, about=run, now=now, detail={"kind": kind.value})
    return run


def _read(side: str, file: File | None, given: Mapping[str, str]) -> People:
    if file is None:
        raise WrongFile(texts.say(f"administration.Batch_Missing_{side}"), field=side)
    name, content = file
    if len(content) > MOST_BYTES:
        words = texts.say("administration.Batch_File_large", name=name, most=MOST_BYTES // 1_000_000)
        raise WrongFile(words, field=side)
    try:
        people = read_uploaded(content, name, given, most=MOST_ROWS)
    except UnreadableFile as problem:
        columns = ", ".join(each[:40] for each in problem.headings[:MOST_COLUMNS_TOLD] if each)
        words = texts.say(
            f"administration.Batch_File_{problem.code}", name=name, most=MOST_ROWS, columns=columns
        )
        raise WrongFile(words, field=side) from problem
    if not people.rows:
        raise WrongFile(texts.say("administration.Batch_File_empty", name=name), field=side)
    return people


def _demand_columns(given: Mapping[str, str], people: Sequence[People]) -> None:
    """Raise WrongFile for a column that was named and that no file has."""
    if people and (missing := unused(given, *(each.columns for each in people))):
        columns = ", ".join(missing.values())
        raise WrongFile(texts.say("administration.Batch_Columns_Missing", columns=columns), field="columns")


def _told(people: Sequence[People], now: datetime) -> list[dict[str, Any]]:
    """Rows that could not be used, then those with a doubt, of each file in turn."""
    told: list[dict[str, Any]] = []
    for side, each in zip(_SIDES, people, strict=False):
        told += [{"side": side, "line": bad.line, "id": bad.id[:200], "reason": bad.code} for bad in each.bad]
        doubts = doubts_in(each, today=now.date())
        told += [{"side": side, "line": line, "doubt": code} for line, code, _ in doubts]
    return told


@transaction.atomic
def start_batch(run: BatchRun) -> None:
    """Say that ``run`` is being compared; what an earlier try left is forgotten."""
    run.pairs.all().delete()
    run.state, run.at = _State.RUNNING, 20
    run.save(update_fields=["state", "at"])


@transaction.atomic
def finish_batch(run: BatchRun, pairs: Sequence[Staged], *, weights: str, now: datetime) -> None:
    """Keep what was found for people to look at; the heaviest MOST_PAIRS of it."""
    rows = {(row.side, row.own_id): row for row in run.rows.defer("identity")}
    kept = list(pairs[:MOST_PAIRS])
    BatchPair.objects.bulk_create((_row(run, pair, rows) for pair in kept), batch_size=_AT_ONCE)
    found = {pair.left for pair in kept}
    alone = sum(side == "left" and own_id not in found for side, own_id in rows)
    run.counts |= {"pairs": len(kept), "left_out": len(pairs) - len(kept), "alone": alone}
    run.counts |= Counter(pair.outcome for pair in kept)
    run.weights, run.state, run.at = weights, _State.READY, 100
    run.save(update_fields=["counts", "weights", "state", "at"])
    audit.record("linkage.batch", by=run.made_by, about=run, now=now, detail={"pairs": str(len(kept))})


@transaction.atomic
def fail_batch(run: BatchRun) -> None:
    """Say that ``run`` came to nothing."""
    run.state = _State.FAILED
    run.save(update_fields=["state"])


@transaction.atomic
def remove_batch(run: BatchRun, *, by: User | None, now: datetime) -> None:
    """Forget the rows of the files and the pairs. What was decided about records stays."""
    audit.record("linkage.batch_removed", by=by, about=run, now=now)
    run.pairs.all().delete()
    run.rows.all().delete()
    run.delete()


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
        kind=_kind_of(left, right),
        left=left[-255:],
        right=right[-255:],
        engine=engine,
        weights=weights,
        counts={"rows": rows, "bad": len(bad), "pairs": len(pairs), **outcomes},
        bad=[{"line": row.line, "reason": row.code} for row in bad[:MOST_BAD]],
        at=100,
        made_at=now,
        made_by=by,
    )
    BatchPair.objects.bulk_create((_row(run, pair, {}) for pair in pairs), batch_size=_AT_ONCE)
    audit.record("linkage.batch", by=by, about=run, now=now, detail={"pairs": str(len(pairs))})
    return run


def _kind_of(left: str, right: str) -> BatchRun.Kind:
    if right == RECORDS:
        return _Kind.RECORDS
    return _Kind.FILES if right else _Kind.REGISTER if left == RECORDS else _Kind.WITHIN


def _row(run: BatchRun, pair: Staged, rows: Mapping[tuple[str, str], BatchRow]) -> BatchPair:
    register = run.kind == _Kind.REGISTER
    return BatchPair(
        run=run,
        left=pair.left[:200],
        right=pair.right[:200],
        left_row=rows.get(("left", pair.left[:200])),
        right_row=rows.get(("left" if run.kind == _Kind.WITHIN else "right", pair.right[:200])),
        left_child_id=int(pair.left) if register else None,
        child_id=int(pair.right) if register or run.right == RECORDS else None,
        probability=pair.score.probability,
        outcome=pair.outcome,
        explanation=pair.score.as_json(),
    )

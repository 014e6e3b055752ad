"""Many incoming children against many records by one program, ours or plain Splink; prints what it took.

Each program runs in a process of its own, so that its memory is its own. Both are given the same people.
Seconds are the processor's, all threads together: those of the clock are as long as others keep it busy.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

import django

django.setup()

from guildhall.records.children.identity import Identity
from guildhall.records.linkage.bulk.comparing import MACROS
from guildhall.records.linkage.bulk.engine import duck, linker, put_rows
from guildhall.records.linkage.bulk.staging import stage
from guildhall.records.linkage.bulk.tables import KINDS, row_of
from guildhall.records.linkage.files.reading import Row
from guildhall.records.linkage.model import first_model
from guildhall.records.linkage.outcomes import SHIPPED
from guildhall.records.linkage.seen import see
from scripts.measure import febrl
from scripts.measure.population import Population, incoming

ONE_BY_ONE = 5
People = Iterator[tuple[str, Identity]]


def records(count: int) -> People:
    """The records, each by its place from 1."""
    return ((str(place), who) for place, who in enumerate(Population().people(count), start=1))


def ours(written: list[tuple[int | None, Identity]], count: int) -> dict[str, Any]:
    """Our batch, with the outcome and the best record of the first 2,000."""
    left = ((str(place), who) for place, (_, who) in enumerate(written))
    began = time.process_time()
    staged = stage(left, records(count), model=first_model(), engine="duckdb", at=SHIPPED)
    took = time.process_time() - began
    best: dict[str, tuple[str, int]] = {}
    for pair in staged:
        best.setdefault(pair.left, (pair.outcome, int(pair.right)))
    decided = [best.get(str(place), ("none", None)) for place in range(min(len(written), 2_000))]
    return {"seconds": took, "pairs": len(staged), "decided": decided}


def splink(written: list[tuple[int | None, Identity]], count: int) -> dict[str, Any]:
    """Plain Splink with its own training and comparisons, on our blocks; then one child at a time."""
    left = [Row(0, f"l{place}", who) for place, (_, who) in enumerate(written)]
    with duck(MACROS) as connection:
        began = time.process_time()
        right = (Row(0, own_id, who) for own_id, who in records(count))
        febrl.put_people(connection, left, right)
        filled = time.process_time()
        trained = febrl.trained_splink(connection, count)
        prepared = time.process_time()
        table = trained.inference.predict(threshold_match_probability=0.05).physical_name
        ended = time.process_time()
        pairs = connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
        settings = trained.misc.save_model_to_json()
        one = min(_one_row(connection, settings, number, row) for number, row in enumerate(left[:ONE_BY_ONE]))
    return {
        "seconds": ended - began,
        "training": prepared - filled,
        "untrained": ended - prepared + filled - began,
        "pairs": pairs,
        "one": one,
    }


def _one_row(connection: Any, settings: dict[str, Any], number: int, row: Row) -> float:
    """The milliseconds that Splink takes for one new row, with the records in its tables and trained."""
    began = time.perf_counter()
    put_rows(connection, f"a_one_{number}", [row_of("new", see(row.who), frozenset())], KINDS)
    linker(connection, [f"a_one_{number}", "b_right"], settings).inference.predict(
        threshold_match_probability=0.05
    )
    return (time.perf_counter() - began) * 1e3


def main(program: str, count: int, size: int) -> None:
    written = incoming(size, count)
    found = {"ours": ours, "splink": splink}[program](written, size)
    cpu = resource.getrusage(resource.RUSAGE_SELF)
    found |= {"memory": cpu.ru_maxrss / 1024, "cpu": cpu.ru_utime + cpu.ru_stime}
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

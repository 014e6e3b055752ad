"""``fill MADE SIZE``: fills a database that has MADE records up to SIZE. ``time SIZE COUNT BATCH``: matches
COUNT of BATCH incoming children one by one against its SIZE records and prints what it took.

Three times for each child: the blocking statement by itself, and the whole of the live path.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import django

django.setup()

from django.db import connection, transaction
from django.db.models import Field, Model
from tests.records.linkage.register import child_of

from guildhall.foundation.authority import stamps
from guildhall.records.children.identity import Identity
from guildhall.records.children.keys import also_keys, set_keys
from guildhall.records.children.models import AlsoKey, Child
from guildhall.records.linkage import queries
from guildhall.records.linkage.near import records_near, rows_near, statement_for
from guildhall.records.linkage.outcomes import outcome_of
from guildhall.records.linkage.seen import see
from scripts.measure.population import Population, incoming
from scripts.measure.pouring import pour

NOW = datetime(2026, 6, 1, tzinfo=UTC)
AT_ONCE, ROUNDS = 20_000, 3
WARM = 100


def fill_up_to(size: int, made: int) -> None:
    """Records ``made`` to ``size`` of the population, in order, so that their places are their keys."""
    people = islice(Population().people(size), made, None)
    for first in range(made, size, AT_ONCE):
        children = [child_of(who, NOW) for who in islice(people, min(AT_ONCE, size - first))]
        for place, child in enumerate(children, start=first + 1):
            child.pk = place
            set_keys(child)
        keys = [
            AlsoKey(child=child, kind=kind, value=value)
            for child in children
            for kind, value in also_keys(child)
        ]
        _pour(Child, children)
        _pour(AlsoKey, keys)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pour(model: type[Model], rows: Sequence[Model]) -> None:
    """All ``rows`` into the table at once, as a load of a database does; a new key where a row has none."""
    fields = [field for field in model._meta.local_concrete_fields if model is Child or not field.primary_key]
    values = ([_prepared(field, getattr(row, field.attname)) for field in fields] for row in rows)
    with transaction.atomic():
        pour(model._meta.db_table, [field.column for field in fields], values)


def _prepared(field: Field, value: Any) -> Any:
    """``value`` as the driver takes it. Text, which is most of it, goes as it is."""
    return value if type(value) is str else field.get_db_prep_save(value, connection)


def timed(written: Sequence[Identity]) -> dict[str, Any]:
    """The least milliseconds of ROUNDS for every child: the bare statement, and everything."""
    stamps.begin_request()  # as in a request, which reads the settings once
    bare, live, rows = [], [], []
    for who in written[:WARM]:
        queries.candidates_for(who)
    for who in written:
        statement, values = statement_for(see(who))
        rounds = [
            (_took(lambda s=statement, v=values: _run(s, v)), _took(lambda w=who: queries.candidates_for(w)))
            for _ in range(ROUNDS)
        ]
        bare.append(min(one for one, _ in rounds))
        live.append(min(other for _, other in rounds))
        rows.append(len(rows_near(see(who))))
    stamps.end_request()
    compared = [len(records_near(see(who))) for who in written[:WARM]]
    return {
        "bare": _percentiles(bare),
        "live": _percentiles(live),
        "rows": _percentiles(rows),
        "compared": _percentiles(compared),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def decided(written: Sequence[Identity]) -> list[tuple[str, int | None]]:
    """The outcome and the best record of each child, as the live path finds them."""
    found = []
    for who in written:
        candidates = queries.candidates_for(who)
        outcome = outcome_of([each.score for each in candidates])
        found.append((outcome, candidates[0].child.pk if candidates else None))
    return found


def _run(statement: str, values: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.fetchall()


def _took(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1e3


def _percentiles(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {f"p{at}": ordered[min(len(ordered) * at // 100, len(ordered) - 1)] for at in (50, 95, 99)}


def main(verb: str, numbers: Sequence[int]) -> None:
    if verb == "fill":
        made, size = numbers
        fill_up_to(size, made)
        return
    size, count, batch = numbers
    written = [who for _, who in incoming(size, batch)[:count]]
    print(json.dumps(timed(written) | {"decided": decided(written)}))


if __name__ == "__main__":
    main(sys.argv[1], [int(number) for number in sys.argv[2:]])

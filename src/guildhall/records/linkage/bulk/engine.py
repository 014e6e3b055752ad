"""Splink and DuckDB, where they are installed."""

import gc
import logging
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from guildhall.foundation.kit.refusals import Refusal

try:
    import duckdb
    import pyarrow  # type: ignore[import-untyped]
    import splink
except ImportError:
    splink = None  # type: ignore[assignment]

MOST_MEMORY = "2GB"
THREADS = 2
_FETCHED = _AT_ONCE = 20_000
Rows = list[dict[str, Any]]
Kinds = dict[str, str]
"""Column → text, number, yes or texts."""


class Bench(Protocol):
    """Where two tables, or one, are compared: DuckDB on this machine, or Spark."""

    def put(self, table: str, rows: Rows, kinds: Kinds) -> None:
        """Add ``rows`` to ``table``, made when absent."""

    def predict(
        self, tables: list[str], settings: dict[str, Any], *, least: float, columns: str
    ) -> Iterator[tuple[Any, ...]]:
        """``columns`` of every pair of at least ``least`` bits that Splink finds with ``settings``."""


class EngineMissing(Refusal):
    """The packages, or the program, that whole files need are not installed."""


def demand_splink() -> None:
    """Raise EngineMissing when Splink and DuckDB are not installed."""
    if splink is None:
        raise EngineMissing(
            "This needs Splink and DuckDB, which are not installed. Install them with "
            "`pip install --require-hashes -r requirements/linkage.txt` and try again."
        )


@contextmanager
def duck(macros: str) -> Iterator[Any]:
    """A DuckDB connection in a folder of its own, which is removed after use. Raises EngineMissing."""
    demand_splink()
    with tempfile.TemporaryDirectory(prefix="linkage-") as folder, quietly():
        connection = duckdb.connect(
            str(Path(folder) / "pairs.duckdb"),
            config={"memory_limit": MOST_MEMORY, "threads": THREADS, "temp_directory": folder},
        )
        try:
            connection.execute(macros)
            yield connection
        finally:
            connection.close()


class Duck:
    """A bench of DuckDB."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def put(self, table: str, rows: Rows, kinds: Kinds) -> None:
        put_rows(self.connection, table, rows, kinds)

    def predict(
        self, tables: list[str], settings: dict[str, Any], *, least: float, columns: str
    ) -> Iterator[tuple[Any, ...]]:
        predicted = linker(self.connection, tables, settings).inference.predict(threshold_match_weight=least)
        rows = self.connection.execute(f"SELECT {columns} FROM {predicted.physical_name}")  # noqa: S608
        while batch := rows.fetchmany(_FETCHED):
            yield from batch


@contextmanager
def duck_bench(macros: str) -> Iterator[Bench]:
    """A bench of DuckDB in a folder of its own. Raises EngineMissing."""
    with duck(macros) as connection:
        yield Duck(connection)


def fill(bench: Bench, table: str, rows: Iterable[dict[str, Any]], kinds: Kinds) -> None:
    """Put all of ``rows`` into ``table``, some thousands at a time; the table is there without any, too.

    Rows hold no cycles. Looking for some in all of them again and again takes as long as making them.
    """
    coming = iter(rows)
    with _no_search_for_cycles():
        while some := list(islice(coming, _AT_ONCE)):
            bench.put(table, some, kinds)
    bench.put(table, [], kinds)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def table_of(rows: Rows, kinds: Kinds) -> Any:
    """``rows`` in columns."""
    types = {"text": pyarrow.string(), "number": pyarrow.int32(), "yes": pyarrow.bool_()}
    types["texts"] = pyarrow.list_(pyarrow.string())
    schema = pyarrow.schema([(column, types[kind]) for column, kind in kinds.items()])
    return pyarrow.Table.from_pylist(rows, schema=schema)


def put_rows(connection: Any, table: str, rows: Rows, kinds: Kinds) -> None:
    """Add ``rows`` to ``table``, made when absent."""
    connection.register("coming", table_of(rows, kinds))
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table} AS SELECT * FROM coming LIMIT 0")  # noqa: S608
    connection.execute(f"INSERT INTO {table} SELECT * FROM coming")  # noqa: S608
    connection.unregister("coming")


def linker(connection: Any, tables: list[str], settings: dict[str, Any]) -> Any:
    """A Splink linker over ``tables`` of the connection."""
    api = splink.DuckDBAPI(connection=connection)
    frames = [api.register(table) for table in tables]
    return splink.Linker(frames if len(frames) > 1 else frames[0], settings, log_level=logging.ERROR)


@contextmanager
def quietly() -> Iterator[None]:
    """Splink tells how far it is on its loggers, and warns of what is meant to be so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield

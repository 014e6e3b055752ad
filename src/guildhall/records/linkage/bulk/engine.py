"""Splink and DuckDB, where they are installed."""

import logging
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from guildhall.foundation.kit.refusals import Refusal

try:
    import duckdb
    import pyarrow  # type: ignore[import-untyped]
    import splink
except ImportError:
    splink = None  # type: ignore[assignment]

MOST_MEMORY = "2GB"
THREADS = 2


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
    with tempfile.TemporaryDirectory(prefix="linkage-") as folder, _quietly():
        connection = duckdb.connect(
            str(Path(folder) / "pairs.duckdb"),
            config={"memory_limit": MOST_MEMORY, "threads": THREADS, "temp_directory": folder},
        )
        try:
            connection.execute(macros)
            yield connection
        finally:
            connection.close()


def put_rows(connection: Any, table: str, rows: list[dict[str, Any]], kinds: dict[str, str]) -> None:
    """Add ``rows`` to ``table``, made when absent. ``kinds``: column → text, number, yes or texts."""
    types = {"text": pyarrow.string(), "number": pyarrow.int32(), "yes": pyarrow.bool_()}
    types["texts"] = pyarrow.list_(pyarrow.string())
    schema = pyarrow.schema([(column, types[kind]) for column, kind in kinds.items()])
    connection.register("coming", pyarrow.Table.from_pylist(rows, schema=schema))
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table} AS SELECT * FROM coming LIMIT 0")  # noqa: S608
    connection.execute(f"INSERT INTO {table} SELECT * FROM coming")  # noqa: S608
    connection.unregister("coming")


def linker(connection: Any, tables: list[str], settings: dict[str, Any]) -> Any:
    """A Splink linker over ``tables`` of the connection."""
    api = splink.DuckDBAPI(connection=connection)
    frames = [api.register(table) for table in tables]
    return splink.Linker(frames if len(frames) > 1 else frames[0], settings, log_level=logging.ERROR)


@contextmanager
def _quietly() -> Iterator[None]:
    """Splink tells how far it is on its loggers, and warns of what is meant to be so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield

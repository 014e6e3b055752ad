"""Spark, where it is installed: the same settings of Splink as on DuckDB, on more machines than one.

DuckDB's functions that Spark does not have are made under their own names, so that the levels of
``comparing`` and its blocks are one text for both.
"""

import importlib.util
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .comparing import FUNCTIONS
from .engine import Bench, EngineMissing, Kinds, Rows, demand_splink, quietly, table_of

try:
    import pyarrow.parquet  # type: ignore[import-untyped]
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]
    from splink import Linker, SparkAPI
    from splink.internals.spark.jar_location import similarity_jar_location
except ImportError:
    SparkSession = None

MASTER = "SPARK_MASTER"
"""The variable that names the cluster; without it Spark runs on this machine. Its folder for temporary
files must then be one that all machines see."""

_TEXT, _TEXTS = "STRING", "ARRAY<STRING>"
# Spark takes no filter with functions inside, and its array_except forgets that a word stands there twice.
_WITHOUT = (
    "CASE WHEN size(b) = 0 THEN a ELSE split(trim(regexp_replace(regexp_replace("
    "concat(' ', array_join(a, '  '), ' '), concat(' (', array_join(b, '|'), ') '), ' '), "
    "' +', ' ')), ' ') END"
)
_OWN: tuple[tuple[str, str, str, str], ...] = (
    ("jaro_winkler_similarity", f"a {_TEXT}, b {_TEXT}", "DOUBLE", "jaro_winkler(a, b)"),
    ("starts_with", f"a {_TEXT}, b {_TEXT}", "BOOLEAN", "startswith(a, b)"),
    ("list_contains", f"a {_TEXTS}, b {_TEXT}", "BOOLEAN", "array_contains(a, b)"),
    ("list_has_any", f"a {_TEXTS}, b {_TEXTS}", "BOOLEAN", "arrays_overlap(a, b)"),
    ("list_has_all", f"a {_TEXTS}, b {_TEXTS}", "BOOLEAN", "size(array_except(b, a)) = 0"),
    ("list_intersect", f"a {_TEXTS}, b {_TEXTS}", _TEXTS, "array_intersect(a, b)"),
    ("array_to_string", f"a {_TEXTS}, b {_TEXT}", _TEXT, "array_join(a, b)"),
    ("list_without", f"a {_TEXTS}, b {_TEXTS}", _TEXTS, _WITHOUT),
)
"""DuckDB's functions: name, arguments, what it gives, and how Spark says it."""

_TYPES = {
    "indel": ((_TEXT, _TEXT), "INT"),
    "without": ((_TEXTS, _TEXTS), _TEXT),
    "alike": (("INT", _TEXT, _TEXT), "DOUBLE"),
    "lines_alike": ((_TEXTS, _TEXTS), "DOUBLE"),
    "slip": ((_TEXT, _TEXT), "BOOLEAN"),
    "names_alike": ((_TEXTS, _TEXTS, _TEXTS, _TEXTS, _TEXT, _TEXT), "DOUBLE"),
}
"""What ``comparing.FUNCTIONS`` take and give; DuckDB finds it out by itself."""


def demand_spark() -> None:
    """Raise EngineMissing, and say which part of Spark is missing."""
    demand_splink()
    if importlib.util.find_spec("pyspark") is None:
        missing = "its Python package pyspark is not installed (requirements/spark.txt)"
    elif shutil.which("java") is None:
        missing = "Java, which it runs on, is not installed"
    else:
        return
    raise EngineMissing(
        f"The engine spark cannot be used: {missing}. Leave --engine out to use DuckDB on this machine."
    )


class Spark:
    """A bench of Spark, whose tables are files of one folder."""

    def __init__(self, session: Any, folder: Path) -> None:
        self.session, self.folder, self.parts = session, folder, 0

    def put(self, table: str, rows: Rows, kinds: Kinds) -> None:
        place = self.folder / table
        place.mkdir(exist_ok=True)
        self.parts += 1
        pyarrow.parquet.write_table(table_of(rows, kinds), place / f"{self.parts:06}.parquet")

    def predict(
        self, tables: list[str], settings: dict[str, Any], *, least: float, columns: str
    ) -> Iterator[tuple[Any, ...]]:
        api = SparkAPI(spark_session=self.session, break_lineage_method="persist")
        for name, given, gives, body in functions():
            if not self.session.catalog.functionExists(name):
                told = f"CREATE TEMPORARY FUNCTION {name}({given}) RETURNS {gives} RETURN {body}"
                self.session.sql(told)
        frames = [api.register(self.session.read.parquet(str(self.folder / table))) for table in tables]
        linker = Linker(frames if len(frames) > 1 else frames[0], settings, log_level=logging.ERROR)
        predicted = linker.inference.predict(threshold_match_weight=least)
        found = predicted.as_spark_dataframe().select(*columns.split(", "))
        for row in found.toLocalIterator():
            yield tuple(row)


def functions() -> Iterator[tuple[str, str, str, str]]:
    """Every function that the levels need, as Spark is told of it."""
    yield from _OWN
    for name, (given, body) in FUNCTIONS.items():
        types, gives = _TYPES[name]
        told = ", ".join(f"{each} {kind}" for each, kind in zip(given.split(", "), types, strict=True))
        yield name, told, gives, body


@contextmanager
def spark_bench(_macros: str) -> Iterator[Bench]:
    """A bench of Spark in a folder of its own. Raises EngineMissing."""
    demand_spark()
    with tempfile.TemporaryDirectory(prefix="linkage-") as folder, quietly():
        session = _session(folder)
        try:
            yield Spark(session, Path(folder))
        finally:
            session.stop()


def _session(folder: str) -> Any:
    """A session of this program alone; on this machine it listens to nobody else."""
    master = os.environ.get(MASTER, "")
    builder = SparkSession.builder.appName("linkage").config("spark.jars", similarity_jar_location())
    told = {"spark.ui.enabled": "false", "spark.sql.warehouse.dir": folder, "spark.log.level": "ERROR"}
    if not master:
        told |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
        told |= {"spark.sql.shuffle.partitions": "4"}
    for name, value in told.items():
        builder = builder.config(name, value)
    return builder.master(master or "local[*]").getOrCreate()

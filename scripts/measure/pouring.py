"""Filling a table as a load of a database does."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection


def pour(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Put ``rows`` into ``columns`` of ``table``; the caller holds a transaction."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", map(_as_written, rows))


def _as_written(row: Sequence[Any]) -> list[Any]:
    """Moments as Django writes them into SQLite."""
    return [each.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(each, datetime) else each for each in row]

"""Taking a row for writing."""

from typing import TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def hold(row: Row) -> Row:
    """Read ``row`` again, locked until the transaction ends, so that what was checked stays true."""
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


def hold_name(name: str) -> None:
    """Let one transaction at a time past this line for ``name``, until it ends.

    SQLite lets one writer in at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])

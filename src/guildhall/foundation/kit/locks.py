"""Taking a row for writing."""

from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def hold(row: Row) -> Row:
    """Read ``row`` again, locked until the transaction ends, so that what was checked stays true."""
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)

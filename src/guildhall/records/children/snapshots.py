"""A record as plain values, exact enough to put back bit for bit."""

from datetime import date, datetime
from typing import Any

from .models import Child

Snapshot = dict[str, Any]


def snapshot(child: Child) -> Snapshot:
    """Every column of ``child`` but its id, as JSON."""
    return {
        field.attname: _plain(field.value_from_object(child))
        for field in Child._meta.concrete_fields
        if not field.primary_key
    }


def put_back(child: Child, columns: Snapshot) -> None:
    """Set ``columns`` (part of a snapshot) on ``child``; saves nothing."""
    for field in Child._meta.concrete_fields:
        if field.attname in columns:
            setattr(child, field.attname, field.to_python(columns[field.attname]))


def difference(before: Snapshot, after: Snapshot) -> tuple[Snapshot, Snapshot]:
    """The columns that are not the same in both, as they were and as they are."""
    changed = [column for column in after if before[column] != after[column]]
    return {column: before[column] for column in changed}, {column: after[column] for column in changed}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value

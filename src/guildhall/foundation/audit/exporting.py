"""Entries as a file: a table for a spreadsheet, or one piece of JSON a line. Made while it is sent."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from io import StringIO
from typing import Any

from guildhall.foundation.kit.spreadsheets import plain

from .models import Entry, Seal

FORMATS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}
COLUMNS = (
    "id",
    "at",
    "verb",
    "by_id",
    "by_name",
    "by_roles",
    "about_kind",
    "about_id",
    "child_id",
    "request_id",
    "detail",
    "position",
    "digest",
)
Sealed = tuple[Entry, Seal | None]


def lines(entries: Iterable[Sealed], kind: str) -> Iterator[str]:
    """The file of ``kind`` (one of FORMATS), piece by piece, with the place of each entry in the chain."""
    return _table(entries) if kind == "csv" else _json(entries)


def _json(entries: Iterable[Sealed]) -> Iterator[str]:
    for entry, seal in entries:
        yield json.dumps(_plain(entry, seal), ensure_ascii=False) + "\n"


def _table(entries: Iterable[Sealed]) -> Iterator[str]:
    yield "\ufeff" + _line(COLUMNS)
    for entry, seal in entries:
        row = _plain(entry, seal)
        row["detail"] = json.dumps(row["detail"], ensure_ascii=False, sort_keys=True)
        yield _line(_cell(row[name]) for name in COLUMNS)


def _line(cells: Iterable[str]) -> str:
    text = StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _cell(value: Any) -> str:
    words = "" if value is None else str(value).replace("\x00", "")
    return plain(words) if isinstance(value, str) else words


def _plain(entry: Entry, seal: Seal | None) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(entry, name) for name in COLUMNS[:-2]}
    row["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return row | {"position": seal.position if seal else None, "digest": seal.digest if seal else ""}

"""The migrated database, worked out once for every run of the tests that has the same migrations."""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

SOURCES = Path(__file__).parents[1] / "src" / "guildhall"
# What migrations run or read, besides Django.
MADE_FROM = (
    *("migrations/*.py", "first*", "frozen.py", "append_only.py", "models.py", "models/*.py"),
    "accounts/texts/text-blocks.yaml",  # the first consent statement
)


def kept_copy(folder: Path) -> Path:
    """Where the copy of the database is kept that these migrations make."""
    seen = hashlib.sha256()
    for path in sorted({path for name in MADE_FROM for path in SOURCES.rglob(name) if path.is_file()}):
        seen.update(f"{path.relative_to(SOURCES)}\n".encode() + path.read_bytes())
    return folder / f"migrated-{seen.hexdigest()[:20]}.sqlite3"


def keep(path: Path) -> None:
    """Copy the connected database into ``path``, which is there whole or not at all."""
    new = path.with_suffix(f".{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.ensure_connection()
    with closing(sqlite3.connect(new)) as copy:
        connection.connection.backup(copy)
    new.replace(path)


def bring_back(path: Path) -> None:
    """Make the connected database what ``path`` holds."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        copy.backup(connection.connection)

"""Whether a database and a data folder are as this very program left them, without starting Django.

``prepare`` leaves the program's mark in both. A restored backup, another database, another program or
another folder has another mark or none, and is prepared again.
"""

import hashlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from scripts.setup import PYTHON, ROOT, VENV

_ASKED = "SELECT revision FROM authority_stamp WHERE name = 'prepared'"
_ASK_POSTGRES = f"""
import os, psycopg
with psycopg.connect(os.environ["ASKED"], connect_timeout=5) as connection:
    print((connection.execute("{_ASKED}").fetchone() or [0])[0])
"""


def mark(*, demo: bool) -> int:
    """A number for the program as it is now: its files, its packages, and with or without a demonstration."""
    digest = hashlib.sha256(f"demo {demo}".encode())
    for path in _program():
        state = path.stat()
        digest.update(f"{path}\0{state.st_mtime_ns}\0{state.st_size}\n".encode())
    return int.from_bytes(digest.digest()[:7], "big")


def is_prepared(data: Path, database: str, wanted: int) -> bool:
    """Whether ``prepare`` has ended with this mark for this folder and this database."""
    try:
        in_folder = int((data / "prepared").read_text())
    except (OSError, ValueError):
        return False
    return in_folder == wanted == _mark_in(data, database)


def _program() -> Iterator[Path]:
    yield from sorted(VENV.glob("*.stamp"))
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix != ".pyc" and path.is_file():
            yield path


def _mark_in(data: Path, database: str) -> int:
    """What the database says, 0 when it says nothing or cannot be asked: ``prepare`` then says why."""
    if database:
        return _in_postgres(database)
    return _in_sqlite(data / "guildhall.sqlite3")


def _in_sqlite(database: Path) -> int:
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as one:
            found = one.execute(_ASKED).fetchone()
    except sqlite3.Error:
        return 0
    return int(found[0]) if found else 0


def _in_postgres(database: str) -> int:
    command, own = [str(PYTHON), "-c", _ASK_POSTGRES], os.environ | {"ASKED": database}
    done = subprocess.run(command, env=own, capture_output=True, text=True, check=False)
    return int(done.stdout) if not done.returncode else 0

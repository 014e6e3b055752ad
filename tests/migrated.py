"""The migrated database, worked out once for every run of the tests that has the same migrations.

Django draws every model anew for most of our migrations, which takes a minute of a core: with SQLite a copy
of the file is kept, with PostgreSQL what ``pg_dump`` says of it. ``python -m tests.migrated sqlite postgres``
makes both, side by side.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import psycopg
from scripts.portal import Portal
from scripts.postgres import Postgres
from scripts.setup import ROOT, find_program

SOURCES = ROOT / "src" / "guildhall"
KEPT = ROOT / ".pytest_cache" / "d" / "guildhall"  # where pytest's own ``cache.mkdir("guildhall")`` is
# What migrations run or read, besides Django.
MADE_FROM = (
    *("migrations/*.py", "first*", "frozen.py", "append_only.py", "models.py", "models/*.py"),
    "accounts/texts/text-blocks.yaml",  # the first consent statement
)


def sqlite_file() -> Path:
    """The kept SQLite file, which is made when it is missing. It is to be copied, not opened."""
    return _kept("sqlite3", _make_sqlite_file)


def postgres_dump() -> Path:
    """The kept statements that make a migrated PostgreSQL database of an empty one."""
    return _kept("sql", _make_postgres_dump)


def copy_into(portal: Portal) -> None:
    """Give ``portal``, which has SQLite and no database yet, one that is migrated."""
    shutil.copy(sqlite_file(), portal.data / "guildhall.sqlite3")


def fill(database: str) -> None:
    """Make the empty PostgreSQL database at the address ``database`` a migrated one."""
    quietly = ("--quiet", "--no-psqlrc", "--single-transaction", "-o", os.devnull, "-v", "ON_ERROR_STOP=1")
    with postgres_dump().open("rb") as file:
        subprocess.run([find_program("psql") or "psql", *quietly, "-d", database], stdin=file, check=True)


def postgres_template(server: Callable[[str], str]) -> str:
    """The name of a migrated database to make others from. ``server`` says the address of a name."""
    name = f"guildhall_{_digest()}"
    with _one_at_a_time("template"), psycopg.connect(server("postgres"), autocommit=True) as line:
        if not line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            line.execute(f"DROP DATABASE IF EXISTS {name}_new")  # type: ignore[call-overload]
            line.execute(f"CREATE DATABASE {name}_new")  # type: ignore[call-overload]
            fill(server(f"{name}_new"))
            line.execute(f"ALTER DATABASE {name}_new RENAME TO {name}")  # type: ignore[call-overload]
    return name


def bring_back(path: Path, database: sqlite3.Connection) -> None:
    """Make ``database`` what ``path`` holds."""
    with closing(sqlite3.connect(path)) as copy:
        copy.backup(database)


def _make_sqlite_file(path: Path, folder: Path) -> None:
    made = folder / "guildhall.sqlite3"
    Portal(folder, database=f"sqlite:///{made}").command("migrate", "--verbosity=0")
    with closing(sqlite3.connect(made)) as whole, closing(sqlite3.connect(path)) as copy:
        whole.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # a database in memory takes no other


def _make_postgres_dump(path: Path, folder: Path) -> None:
    server = Postgres().start().create()
    try:
        Portal(folder, database=server.url).command("migrate", "--verbosity=0")
        dump = (find_program("pg_dump") or "pg_dump", "--no-owner", "-d", server.url)
        with path.open("wb") as file:
            subprocess.run(dump, stdout=file, check=True)
    finally:
        server.remove()


def _kept(kind: str, make: Callable[[Path, Path], None]) -> Path:
    """The kept file of this kind, which is there whole or not at all. Who comes while it is made waits."""
    path = KEPT / f"migrated-{_digest()}.{kind}"
    with _one_at_a_time(kind):
        if not path.exists():
            with tempfile.TemporaryDirectory(dir=KEPT) as folder:
                make(Path(folder) / "new", Path(folder) / "data")
                (Path(folder) / "new").replace(path)
    return path


@contextmanager
def _one_at_a_time(what: str) -> Iterator[None]:
    """Holds up every other process of the tests that is here for the same."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def _digest() -> str:
    seen = hashlib.sha256()
    for path in sorted({path for name in MADE_FROM for path in SOURCES.rglob(name) if path.is_file()}):
        seen.update(f"{path.relative_to(SOURCES)}\n".encode() + path.read_bytes())
    return seen.hexdigest()[:20]


if __name__ == "__main__":
    makers = {"sqlite": sqlite_file, "postgres": postgres_dump}
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda kind: makers[kind](), sys.argv[1:]))

import sqlite3
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Copies the database into a new file while the portal runs. SQLite only; PostgreSQL has pg_dump."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the file to make")

    def handle(self, *_args: Any, path: Path, **_options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("The database is PostgreSQL. Use pg_dump: see the operators' guide.")
        if path.exists():
            raise CommandError(f"{path} is there already. Name a new file.")
        unfinished = path.with_name(f"{path.name}.unfinished")
        unfinished.unlink(missing_ok=True)
        try:
            _copy_into(unfinished)
        except (OSError, sqlite3.Error) as problem:
            unfinished.unlink(missing_ok=True)
            raise CommandError(f"The copy could not be made: {problem}") from problem
        unfinished.rename(path)
        self.stdout.write(f"{path}: {path.stat().st_size / 1e6:.1f} MB, checked and whole.")


def _copy_into(path: Path) -> None:
    """The database as it is at one moment, in a file that its owner alone reads, checked by SQLite itself."""
    path.touch(mode=0o600)
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        found = copy.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)

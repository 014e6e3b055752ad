"""Tables that the database itself keeps from being changed, by triggers, on PostgreSQL and SQLite."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Frozen:
    """Which ``acts`` (update, delete, truncate) on the rows of ``tables`` are refused, and in what words.

    TRUNCATE exists on PostgreSQL only and is left out elsewhere.
    """

    tables: tuple[str, ...]
    acts: tuple[str, ...]
    refusal: str

    def operation(self) -> migrations.RunPython:
        """The step of a migration that puts the triggers up, and takes them down when it is undone."""
        return migrations.RunPython(self._migrate, self._undo)

    def put_up(self, connection: BaseDatabaseWrapper) -> None:
        """Refuse the acts from now on."""
        with connection.cursor() as cursor:
            for statement in self._statements(connection.vendor):
                cursor.execute(statement)

    def take_down(self, connection: BaseDatabaseWrapper) -> None:
        """Allow the acts again: for tests that empty the database, and for taking a migration back."""
        with connection.cursor() as cursor:
            for table in self.tables:
                where = f" ON {table}" if connection.vendor == "postgresql" else ""
                for act in self.acts:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{where}")

    def _migrate(self, _apps: Any, editor: Any) -> None:
        self.put_up(editor.connection)

    def _undo(self, _apps: Any, editor: Any) -> None:
        self.take_down(editor.connection)

    def _statements(self, vendor: str) -> Iterator[str]:
        function = f"{self.tables[0]}_refuse"
        if vendor == "postgresql":
            yield (
                f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN RAISE EXCEPTION '{self.refusal}' USING ERRCODE = 'restrict_violation'; END $$"
            )
        does = f"BEGIN SELECT RAISE(ABORT, '{self.refusal}'); END"
        for table in self.tables:
            for act in self.acts:
                head = f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table}"
                if vendor == "postgresql":
                    each = "STATEMENT" if act == "truncate" else "ROW"
                    yield f"{head} FOR EACH {each} EXECUTE FUNCTION {function}()"
                elif act != "truncate":
                    yield f"{head} FOR EACH ROW {does}"

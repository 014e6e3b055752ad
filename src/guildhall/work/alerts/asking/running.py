"""Running a query that was checked, where nothing can be written, for a few seconds, and bringing rows back.

SQLite is asked over a connection of its own, which reads only and whose authorizer lets through nothing but
the views. PostgreSQL is asked in a transaction that reads only and is always undone, as the role ROLE where
the operator made it (docs/guides/operators.md), which may read nothing but the views.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any
from urllib.parse import quote

from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts

from . import views
from .checking import FUNCTIONS, checked

SECONDS, MOST_ROWS, MOST_COLUMNS, MOST_TEXT = 5, 2_000, 30, 500
ROLE = "guildhall_alerts"
_CANCELLED = "57014"
# What SQLite calls for them.
_OPERATORS = frozenset(
    {"like", "row_number", "dense_rank", "count", "ifnull", "current_date", "current_timestamp"}
)
_STEPS = 1_000  # of SQLite's machine between two looks at the clock
Value = str | int | float | bool | None


class CannotAnswer(Refusal):
    """The database did not answer: ``problem`` is the end of the name of a text, ``said`` its own words."""

    def __init__(self, problem: str, said: str = "") -> None:
        self.problem, self.said = problem, one_line(said)[:300]
        super().__init__(texts.say(f"administration.Alerts_Problem_{problem}", said=self.said), field="query")


@dataclass(frozen=True)
class Answer:
    """What a query gave: names of columns, up to MOST_ROWS rows, and whether there were ``more``."""

    columns: tuple[str, ...]
    rows: list[list[Value]]
    more: bool = False

    def column(self, name: str) -> int | None:
        """Where the column ``name`` is, if it is there."""
        return next((at for at, each in enumerate(self.columns) if each.lower() == name), None)


def ask(query: str, *, now: datetime) -> Answer:
    """The answer to ``query``. Raises NotAsked for one that may not be asked, and CannotAnswer."""
    sql = f"SELECT * FROM ({checked(query, vendor=connection.vendor)}) AS asked LIMIT {MOST_ROWS + 1}"  # noqa: S608
    made = views.statements(connection.vendor, today=localdate(now))
    columns, rows = _ASKERS[connection.vendor](sql, made)
    if len(columns) > MOST_COLUMNS:
        raise CannotAnswer("Columns", str(MOST_COLUMNS))
    kept = [[_value(each) for each in row] for row in rows[:MOST_ROWS]]
    return Answer(tuple(one_line(name)[:60] for name in columns), kept, more=len(rows) > MOST_ROWS)


Found = tuple[list[str], Sequence[Sequence[Any]]]


def _ask_sqlite(sql: str, made: list[str]) -> Found:
    try:
        with closing(sqlite3.connect(_address(), uri=True, timeout=SECONDS, isolation_level=None)) as own:
            _restrict(own, made)
            cursor = own.execute(sql)
            return [each[0] for each in cursor.description], cursor.fetchall()
    except sqlite3.Error as error:
        problem = "Slow" if "interrupted" in str(error) else "Database"
        raise CannotAnswer(problem, str(error)) from None


def _address() -> str:
    """A connection that cannot write; the tests' database in memory is one that all connections share."""
    name = str(connection.settings_dict["NAME"])
    return name if name.startswith("file:") else f"file:{quote(name)}?mode=ro"


def _restrict(own: sqlite3.Connection, made: list[str]) -> None:
    """Make the views, then allow nothing but reading them, until the time is over."""
    for statement in made:
        own.execute(statement)
    own.execute("PRAGMA read_uncommitted=ON")
    own.execute("PRAGMA query_only=ON")
    own.set_authorizer(_authorize)
    own.set_progress_handler(_over(time.monotonic() + SECONDS), _STEPS)


def _over(deadline: float) -> Callable[[], int]:
    return lambda: int(time.monotonic() > deadline)


def _authorize(
    act: int, first: str | None, second: str | None, _database: str | None, view: str | None
) -> int:
    if act == sqlite3.SQLITE_READ:
        allowed = _is_view(first) or _is_view(view) or not second
    elif act == sqlite3.SQLITE_FUNCTION:
        allowed = (second or "").lower() in FUNCTIONS | _OPERATORS
    else:
        allowed = act == sqlite3.SQLITE_SELECT
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _is_view(name: str | None) -> bool:
    """SQLite gives a name as the query writes it, and takes it in any case."""
    return (name or "").lower() in views.VIEWS


def _ask_postgresql(sql: str, made: list[str]) -> Found:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            _restrict_session(cursor, made)
            cursor.execute(sql)
            found = [each[0] for each in cursor.description], cursor.fetchall()
            transaction.set_rollback(True)  # the views go, and every setting is as it was
    except DatabaseError as error:
        cancelled = getattr(error.__cause__, "sqlstate", "") == _CANCELLED
        raise CannotAnswer("Slow" if cancelled else "Database", str(error).partition("\n")[0]) from None
    return found


def _restrict_session(cursor: Any, made: list[str]) -> None:
    for statement in made:
        cursor.execute(statement)
    has_role = _has_role(cursor)
    if has_role:
        cursor.execute(f"GRANT SELECT ON {', '.join(views.VIEWS)} TO {ROLE}")
    cursor.execute(f"SET LOCAL statement_timeout = {SECONDS * 1000}")
    cursor.execute("SET LOCAL search_path = pg_temp")
    cursor.execute("SET LOCAL transaction_read_only = on")
    if has_role:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")


def lacking_account() -> str:
    """The statements that the operator still has to run on PostgreSQL, so that queries are asked as somebody
    who can read nothing but the views (SP-272); "" where that is done, and on SQLite, which needs none.
    """
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        if _has_role(cursor):
            return ""
        cursor.execute(
            "SELECT quote_ident(current_user), EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", [ROLE]
        )
        user, made = cursor.fetchone()
    grant = f"GRANT {ROLE} TO {user};"
    return grant if made else f"CREATE ROLE {ROLE} NOLOGIN; {grant}"


def _has_role(cursor: Any) -> bool:
    cursor.execute(
        "SELECT 1 FROM pg_roles WHERE rolname = %s AND pg_has_role(current_user, oid, 'MEMBER')", [ROLE]
    )
    return cursor.fetchone() is not None


_ASKERS: dict[str, Callable[[str, list[str]], Found]] = {
    "sqlite": _ask_sqlite,
    "postgresql": _ask_postgresql,
}


def _value(raw: Any) -> Value:
    """``raw`` as it can be kept and written to somebody."""
    if isinstance(raw, float | Decimal) and not isfinite(raw):
        return None  # JSON knows no infinity
    if raw is None or isinstance(raw, bool | int | float):
        return raw
    if isinstance(raw, Decimal):
        return int(raw) if raw == int(raw) else float(raw)
    if isinstance(raw, date):
        return raw.isoformat()
    return one_line(str(raw))[:MOST_TEXT] if not isinstance(raw, bytes | memoryview) else None

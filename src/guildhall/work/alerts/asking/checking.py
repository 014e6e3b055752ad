"""Whether a query is one Select statement without parameters that asks only what it may (SP-260, SP-272).

What passed is written anew from what was understood, and only that is run: nothing that was read otherwise
here than the database would read it gets through.
"""

from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from .views import VIEWS

LONGEST, MOST_JOINED = 8_000, 20
_PARAMETERS = (exp.Placeholder, exp.Parameter, exp.SessionParameter)
_ACTS = (exp.DML, exp.DDL, exp.Command, exp.Into, exp.Lock, exp.Pragma, exp.Set, exp.Attach, exp.Detach)
# What a query may call: nothing that waits, reads files, changes settings, runs text, or makes rows or text.
FUNCTIONS = frozenset(
    {"abs", "age", "and", "avg", "case", "cast", "coalesce", "count", "currentdate", "currenttimestamp"}
    | {"date", "datetime", "denserank", "exists", "extract", "greatest", "if", "iif", "in", "julianday"}
    | {"least", "length", "lower", "max", "min", "now", "nullif", "or", "rank", "round", "rownumber"}
    | {"strftime", "substr", "substring", "sum", "timestamp", "timestamptrunc", "timetostr", "trim"}
    | {"tsordstodate", "tsordstodatestr", "tsordstotimestamp", "upper"}
)


class NotAsked(Refusal):
    """The query is not one that an alert may ask."""


def checked(query: str, *, vendor: str) -> str:
    """``query`` as it may be run on the database ``vendor``. Raises NotAsked, in words for who wrote it."""
    dialect = "sqlite" if vendor == "sqlite" else "postgres"
    try:
        statement = _parsed(query, dialect)
        _demand_select(statement)
        _demand_views(statement)
        _demand_functions(statement)
        return statement.unnest().sql(dialect, comments=False)
    except (SqlglotError, RecursionError) as error:
        raise _no("Unread", **_where(error)) from None


def _parsed(query: str, dialect: str) -> exp.Expr:
    if not query.strip():
        raise _no("Empty")
    if len(query) > LONGEST:
        raise _no("Long", most=f"{LONGEST:,}")
    read = sqlglot.parse(query, read=dialect)
    found = [one for one in read if one and not isinstance(one, exp.Semicolon)]
    if len(found) != 1:
        raise _no("Several" if found else "Empty")
    return found[0]


def _where(error: Exception) -> dict[str, Any]:
    first: dict[str, Any] = next(iter(getattr(error, "errors", [])), {})
    return {"line": first.get("line") or 1, "near": first.get("highlight") or "…"}


def _demand_select(statement: exp.Expr) -> None:
    if not isinstance(statement, exp.Select | exp.SetOperation | exp.Subquery):
        raise _no("Select")
    for node in statement.walk():
        if isinstance(node, _PARAMETERS) or (isinstance(node, exp.Identifier) and "$" in node.name):
            raise _no("Parameters")
        if isinstance(node, _ACTS) or (isinstance(node, exp.With) and node.args.get("recursive")):
            raise _no("Select")


def _demand_views(statement: exp.Expr) -> None:
    own = {one.alias.lower() for one in statement.find_all(exp.CTE)}
    if taken := own & VIEWS.keys():
        raise _no("Taken", name=min(taken))
    for table in statement.find_all(exp.Table):
        plain = isinstance(table.this, exp.Identifier) and not table.db and not table.catalog
        if not plain or table.name.lower() not in own | VIEWS.keys():
            raise _no("View", name=table.sql()[:60], views=", ".join(VIEWS))


def _demand_functions(statement: exp.Expr) -> None:
    if len(list(statement.find_all(exp.DPipe))) > MOST_JOINED:  # each can double what the next one joins
        raise _no("Joined", most=MOST_JOINED)
    for call in statement.find_all(exp.Func):
        name = (call.name if isinstance(call, exp.Anonymous) else type(call).__name__).lower()
        if name not in FUNCTIONS:
            raise _no(
                "Function", name=(call.name if isinstance(call, exp.Anonymous) else call.sql_name())[:60]
            )


def _no(why: str, **values: Any) -> NotAsked:
    return NotAsked(texts.say(f"administration.Alerts_Query_{why}", **values), field="query")

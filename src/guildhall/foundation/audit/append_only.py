"""The triggers that refuse to change or delete what the audit holds, for each database."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_entry", "audit_seal")
_ACTS = ("update", "delete", "truncate")
_REFUSAL = "The audit is append-only"

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
"""


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE on the audit from now on."""
    _run(connection, _statements(connection.vendor))


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Allow changes again: for the tests that empty the database, and for taking a migration back."""
    _run(connection, (_no_trigger(connection.vendor, table, act) for table in TABLES for act in _ACTS))


def _no_trigger(vendor: str, table: str, act: str) -> str:
    where = f" ON {table}" if vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {table}_no_{act}{where}"


def _run(connection: BaseDatabaseWrapper, statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield _POSTGRESQL_FUNCTION
    for table in TABLES:
        for act in ("update", "delete"):
            yield _trigger(vendor, table, act)
        if vendor == "postgresql":
            yield (
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
            )


def _trigger(vendor: str, table: str, act: str) -> str:
    head = f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} FOR EACH ROW"
    if vendor == "postgresql":
        return f"{head} EXECUTE FUNCTION audit_refuse()"
    return f"{head} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"

"""The triggers that refuse to change or delete what the audit holds, for each database."""

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("audit_entry", "audit_seal")
_REFUSAL = "The audit is append-only"

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
"""


def put_up(editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE on the audit from now on."""
    for statement in _statements(editor.connection.vendor):
        editor.execute(statement)


def take_down(editor: BaseDatabaseSchemaEditor) -> None:
    """Allow changes again: for the tests that empty the database, and for taking a migration back."""
    for table in TABLES:
        where = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for act in ("update", "delete", "truncate"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{where}")


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

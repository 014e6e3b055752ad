"""The trigger by which the database itself refuses to change what was sent.

Deleting stays possible: retention and erasure delete whole submissions, and no row may do so while a case
or a correction points at it.
"""

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("submissions_submission", "submissions_reportableanswer")
_REFUSAL = "A submission never changes"
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION submissions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
"""


def put_up(editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse UPDATE on what was sent from now on."""
    for statement in _statements(editor.connection.vendor):
        editor.execute(statement)


def take_down(editor: BaseDatabaseSchemaEditor) -> None:
    """Allow it again: for taking the migration back."""
    for table in TABLES:
        where = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update{where}")


def _statements(vendor: str) -> Iterator[str]:
    does = "EXECUTE FUNCTION submissions_refuse()"
    if vendor == "postgresql":
        yield _POSTGRESQL_FUNCTION
    else:
        does = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for table in TABLES:
        yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {does}"

"""The triggers by which the database itself refuses to change or delete a published version."""

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_TABLE = "forms_formversion"
_REFUSAL = "A published form version never changes"
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION forms_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
"""


def put_up(editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse UPDATE and DELETE on published versions from now on."""
    for statement in _statements(editor.connection.vendor):
        editor.execute(statement)


def take_down(editor: BaseDatabaseSchemaEditor) -> None:
    """Allow them again: for the tests that empty the database, and for taking the migration back."""
    where = f" ON {_TABLE}" if editor.connection.vendor == "postgresql" else ""
    for act in ("update", "delete"):
        editor.execute(f"DROP TRIGGER IF EXISTS {_TABLE}_no_{act}{where}")


def _statements(vendor: str) -> Iterator[str]:
    does = "EXECUTE FUNCTION forms_refuse()"
    if vendor == "postgresql":
        yield _POSTGRESQL_FUNCTION
    else:
        does = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for act in ("update", "delete"):
        yield f"CREATE TRIGGER {_TABLE}_no_{act} BEFORE {act.upper()} ON {_TABLE} FOR EACH ROW {does}"

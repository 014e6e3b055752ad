"""What the audit holds is never changed or deleted: the database itself refuses.

Entries of a day may go once an entry ``audit.pruned`` about that day, by UTC, says so: ``services.prune``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from guildhall.foundation.kit.frozen import Frozen

_KEPT = """OLD.verb = 'audit.pruned' OR NOT EXISTS (
    SELECT 1 FROM audit_entry said
    WHERE said.about_kind = 'audit.day' AND said.about_id = {day} AND said.verb = 'audit.pruned'
)"""
_POSTGRESQL_KEPT = _KEPT.format(day="to_char(OLD.at AT TIME ZONE 'UTC', 'YYYY-MM-DD')")
_SQLITE_KEPT = _KEPT.format(day="substr(OLD.at, 1, 10)")


@dataclass(frozen=True)
class AppendOnly(Frozen):
    """Like ``Frozen``, but entries of a day that was pruned may be deleted."""

    def _statements(self, vendor: str) -> Iterator[str]:
        for statement in super()._statements(vendor):
            if "audit_entry_no_delete" in statement:
                yield from self._deleting(vendor)
            else:
                yield statement

    def _deleting(self, vendor: str) -> Iterator[str]:
        head = "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry FOR EACH ROW"
        if vendor == "postgresql":
            raising = f"RAISE EXCEPTION '{self.refusal}' USING ERRCODE = 'restrict_violation'"
            does = f"BEGIN IF {_POSTGRESQL_KEPT} THEN {raising}; END IF; RETURN OLD; END"
            function = "audit_entry_refuse_delete()"
            yield f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS $$ {does} $$"
            yield f"{head} EXECUTE FUNCTION {function}"
        else:
            yield f"{head} WHEN {_SQLITE_KEPT} BEGIN SELECT RAISE(ABORT, '{self.refusal}'); END"


AUDIT = AppendOnly(
    ("audit_entry", "audit_seal"), ("update", "delete", "truncate"), "The audit is append-only"
)

"""What the audit holds is never changed or deleted: the database itself refuses."""

from guildhall.foundation.kit.frozen import Frozen

AUDIT = Frozen(("audit_entry", "audit_seal"), ("update", "delete", "truncate"), "The audit is append-only")

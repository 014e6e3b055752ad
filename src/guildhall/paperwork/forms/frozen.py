"""A published version never changes and is never deleted: the database itself refuses."""

from guildhall.foundation.kit.frozen import Frozen

VERSIONS = Frozen(("forms_formversion",), ("update", "delete"), "A published form version never changes")

REVISIONS = Frozen(("forms_questionrevision",), ("update", "delete"), "A question revision never changes")

"""A published statement never changes, nor does what somebody answered: the database itself refuses.

Answers may be deleted, because the law may ask for it: the audit keeps that they were given.
"""

from guildhall.foundation.kit.frozen import Frozen

STATEMENTS = Frozen(
    ("accounts_consentstatement",), ("update", "delete"), "A published consent statement never changes"
)
ANSWERS = Frozen(("accounts_consentgiven",), ("update",), "An answer to a consent statement never changes")

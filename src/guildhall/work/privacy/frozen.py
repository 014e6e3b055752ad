"""What was deleted, what the schedule became, and why records were opened, stays as it was written."""

from guildhall.foundation.kit.frozen import Frozen

LOGS = Frozen(
    ("privacy_deletion", "privacy_retentionchange"), ("update", "delete"), "The log of deletions only grows"
)
REASONS = Frozen(("privacy_openingreason",), ("update", "delete"), "Why a record was opened is only added")

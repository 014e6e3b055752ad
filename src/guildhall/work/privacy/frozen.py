"""The log of what was deleted, and what was changed in the schedule, stay as they were written."""

from guildhall.foundation.kit.frozen import Frozen

LOGS = Frozen(
    ("privacy_deletion", "privacy_retentionchange"), ("update", "delete"), "The log of deletions only grows"
)

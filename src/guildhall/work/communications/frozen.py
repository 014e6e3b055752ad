"""What a line of the log said before it was corrected never changes: the database itself refuses."""

from guildhall.foundation.kit.frozen import Frozen

CORRECTIONS = Frozen(
    ("communications_correction",), ("update",), "What a communication said before never changes"
)

"""What was learnt, and when it was put to use, never changes: the database itself refuses."""

from guildhall.foundation.kit.frozen import Frozen

WEIGHTS = Frozen(
    ("linkage_trainedmodel", "linkage_activation"), ("update",), "Weights that were learnt never change"
)

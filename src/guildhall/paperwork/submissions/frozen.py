"""What was sent never changes: the database itself refuses.

Deleting stays possible: retention and erasure delete whole submissions, and no row may do so while a case
or a correction points at it.
"""

from guildhall.foundation.kit.frozen import Frozen

SENT = Frozen(
    ("submissions_submission", "submissions_reportableanswer"), ("update",), "A submission never changes"
)

"""What the database refuses to change. Deleting stays possible, for retention."""

from guildhall.foundation.kit.frozen import Frozen

CHANGES = Frozen(("membership_schoolchange",), ("update",), "changes of users are kept")
ANSWERS = Frozen(("membership_networkanswer",), ("update",), "what a school answered is kept")

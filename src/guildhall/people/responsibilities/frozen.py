"""What the database refuses to change. Deleting stays possible, for retention."""

from guildhall.foundation.kit.frozen import Frozen

CHANGES = Frozen(("responsibilities_change",), ("update",), "changes of responsibilities are kept")

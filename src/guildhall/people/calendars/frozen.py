"""What the database refuses to change. Deleting stays possible, for retention."""

from guildhall.foundation.kit.frozen import Frozen

CHANGES = Frozen(("calendars_closurechange",), ("update",), "the history of closures is kept")

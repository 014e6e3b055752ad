"""What was kept of a person at any time never changes: the database itself refuses.

Deleting stays possible, because a person is deleted when nobody needs the record any more.
"""

from guildhall.foundation.kit.frozen import Frozen

HISTORY = Frozen(("persons_change",), ("update",), "The history of a person never changes")

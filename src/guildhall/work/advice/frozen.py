"""What a request was at any time never changes: the database itself refuses.

Deleting stays possible, because the whole record of a child is deleted when its time is over.
"""

from guildhall.foundation.kit.frozen import Frozen

HISTORY = Frozen(("advice_change",), ("update",), "The history of information requested never changes")

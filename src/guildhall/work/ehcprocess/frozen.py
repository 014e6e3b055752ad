"""What the dates of a process were at any time never changes: the database itself refuses.

Deleting stays possible, because the whole record of a child is deleted when its time is over.
"""

from guildhall.foundation.kit.frozen import Frozen

HISTORY = Frozen(("ehcprocess_change",), ("update",), "The history of an EHC process never changes")

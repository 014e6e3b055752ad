"""The history of the texts never changes: the database itself refuses."""

from guildhall.foundation.kit.frozen import Frozen

CHANGES = Frozen(("texts_change",), ("update", "delete"), "The history of a text never changes")

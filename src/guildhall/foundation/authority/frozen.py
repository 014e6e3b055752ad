"""The history of the settings never changes: the database itself refuses."""

from guildhall.foundation.kit.frozen import Frozen

HISTORY = Frozen(("authority_settingchange",), ("update",), "The history of settings never changes")

"""That a message was withdrawn, and what it had said, stays as it was written. Retention may delete it."""

from guildhall.foundation.kit.frozen import Frozen

RECALLS = Frozen(("mail_messages_recall",), ("update",), "That a message was withdrawn never changes")

"""Who may see and keep a communication log, and what counts as told. Pure."""

from guildhall.foundation.outbox.queries import Evidence, Way
from guildhall.mail.messages.models import Message

# A bounce never counts as told, and neither does what still waits.
TOLD = frozenset({Way.SENT, Way.DELIVERED})


def state_of_message(message: Message, email: Evidence | None) -> Evidence:
    """How far a message of the portal came: opened there, else as far as the email about it.

    One without an email is in the person's account and nobody told them of it: it counts as sent.
    """
    if message.read_at:
        return Evidence(Way.DELIVERED, message.read_at)
    return email or Evidence(Way.SENT, message.sent_at)


def why_not(code: str) -> str:
    """The kind of reason that a mail system gave, by its code (RFC 3463): the name of a text."""
    enhanced = code.split(".")
    if len(enhanced) == 3:
        return _REASONS.get(".".join(enhanced[1:]), _CLASSES.get(enhanced[1], "Other"))
    return "Address" if code in {"550", "551", "553"} else "Full" if code == "552" else "Other"


_REASONS = {
    "1.1": "Address",
    "1.2": "Domain",
    "1.3": "Address",
    "2.1": "Closed",
    "2.2": "Full",
    "4.7": "Late",
}
_CLASSES = {"1": "Address", "2": "Closed", "4": "Late", "7": "Policy"}

"""An account that an email opened anew: whoever has the mailbox alone waits before they see records."""

from datetime import datetime, timedelta

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import setting

from ..models import User
from . import proofs


def hold_back(user: User, *, now: datetime, old_email: str = "") -> None:
    """A link by email recovered the account; its owner is told, at ``old_email`` too when that changed.

    Another recovery within the time makes it longer, and what counts is still what was there before the
    first. An account in which nobody was signed in yet has nothing to keep back.
    """
    hours = setting("recovery.hold_hours")
    if user.last_login is None or not hours:
        return
    if user.held_until is None or user.held_until <= now:
        user.recovered_at = now
    user.held_until = now + timedelta(hours=hours)
    user.save(update_fields=["recovered_at", "held_until"])
    for address in {user.email or "", old_email} - {""}:
        key = f"recovered-{user.pk}-{now.timestamp()}-{address == old_email}"
        proofs.tell(user, "Account_Recovered", key=key, now=now, to=address, hours=str(hours))
    audit.record("account.recovered", by=user, about=user, now=now)


def let_go(user: User) -> None:
    """Somebody who may say so has made sure who ``user`` is."""
    user.held_until = None
    user.save(update_fields=["held_until"])

"""Periodic work on messages."""

from datetime import datetime, timedelta

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.authority import services as settings

from . import services


def remove_old(now: datetime) -> int:
    """Job: remove old messages when that is switched on and its time has come; how many went.

    The next run is set afterwards, so that a removal that was broken off is taken up again.
    """
    following = authority.setting("removal.next")
    if not authority.setting("removal.on") or not following:
        return 0
    due = datetime.fromisoformat(following)
    if due > now:
        return 0
    before = now - timedelta(days=int(authority.setting("removal.days")))
    removed = services.remove_old_messages(before=before, now=now)
    settings.move_next_removal(after=due, now=now)
    return removed

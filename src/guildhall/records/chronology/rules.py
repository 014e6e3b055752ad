"""Who may read an event."""

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission

# The events of these teams are read by the team itself only: that there was a concern is itself confidential.
CLOSED_TEAMS = frozenset({"safeguarding"})


def may_read(holder: Holder, team: str) -> bool:
    """Whether an event from a form that went to ``team`` is shown to ``holder`` (SP-217)."""
    return holder.may(Permission.READ_CHILDREN) and (team not in CLOSED_TEAMS or team in holder.teams)

"""Who may read an event. One rule, in one table (docs/decisions/0010)."""

from collections.abc import Mapping
from types import MappingProxyType

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission

# Team whose form made the event → the other teams that read it too. Safeguarding and early help read what
# SEND knows; that there was a concern, or that a family was offered help, is not for SEND. The events of a
# team that is not named here are read by every officer who reads children.
ALSO_READ_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "send": frozenset({"safeguarding", "early-help"}),
        "early-help": frozenset({"safeguarding"}),
        "safeguarding": frozenset(),
    }
)


def may_read(holder: Holder, team: str) -> bool:
    """Whether an event from a form that went to ``team`` is shown to ``holder`` (SP-217)."""
    if not holder.may(Permission.READ_CHILDREN):
        return False
    return team not in ALSO_READ_BY or bool(holder.teams & (ALSO_READ_BY[team] | {team}))


def may_lend(team: str, *, to: str) -> bool:
    """Whether answers of a form that went to ``team`` may stand in one of the team ``to``.

    Only if nobody would read them there who does not read them here.
    """
    if team not in ALSO_READ_BY or team == to:
        return True
    return to in ALSO_READ_BY and (ALSO_READ_BY[to] | {to}) <= ALSO_READ_BY[team] | {team}

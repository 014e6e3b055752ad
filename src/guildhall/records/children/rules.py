"""Who may see what of a record."""

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission

from .models import Child


def may_see_children(holder: Holder) -> bool:
    return holder.may(Permission.READ_CHILDREN) or holder.may(Permission.MATCH_CHILDREN)


def may_see_address(child: Child, holder: Holder) -> bool:
    """A restricted record shows where the child lives, or lived, to safeguarding only."""
    return not child.restricted or holder.may(Permission.READ_RESTRICTED)

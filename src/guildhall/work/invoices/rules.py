"""Who sends batches, who handles them, and what bounds there are. Pure."""

from datetime import timedelta

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission

SYSTEM = "batch-invoices"
PATTERN = "INV-{yymm}-{hex8}"
MOST_UNSENT = 20
UNSENT_KEPT = timedelta(days=30)
KEPT = timedelta(days=365 * 7)


def handles(holder: Holder) -> bool:
    """Whether ``holder`` handles the batches of every school for the council."""
    return holder.may(Permission.HANDLE_INVOICES)

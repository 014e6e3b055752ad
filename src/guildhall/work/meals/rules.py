"""Who keeps the lists, and who authorises what. Pure."""

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.models import User

from .models import Amendment

SYSTEM = "free-school-meals"
TEAM = "benefits"


def keeps_lists(holder: Holder) -> bool:
    """Whether ``holder`` is of the council's team that keeps the lists."""
    return TEAM in holder.services


def authorises(holder: Holder, amendment: Amendment, *, others: bool) -> bool:
    """Whether ``holder`` decides about an amendment that waits for a supervisor.

    ``others``: the school has another supervisor who can; then nobody decides about what they asked.
    """
    if amendment.school_id not in holder.supervised:
        return False
    return amendment.asked_by_id != holder.user_id or not others


def may_withdraw(amendment: Amendment, user: User) -> bool:
    """Whoever asked takes it back, until it is decided."""
    return amendment.is_open and amendment.asked_by_id == user.pk

"""What may be done with a school's case. Pure."""

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.models import User

from .models import SchoolCase


def may_change(case: SchoolCase, user: User) -> bool:
    """Whether ``user`` may go on filling it in: only who raised it, until it is submitted."""
    return case.raised_by_id == user.pk and case.submitted_at is None and case.abandoned_at is None


def may_abandon(case: SchoolCase, user: User, holder: Holder) -> bool:
    """Whether ``user`` may give it up: who raised it or an administrator of the school (SC-117)."""
    open_ = case.submitted_at is None and case.abandoned_at is None
    return open_ and (case.raised_by_id == user.pk or case.school_id in holder.administered)

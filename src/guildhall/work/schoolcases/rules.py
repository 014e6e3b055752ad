"""What may be done with a school's case. Pure."""

from guildhall.foundation.access.holder import Holder
from guildhall.paperwork.submissions.models import Draft
from guildhall.people.accounts.models import User

from .models import SchoolCase


def is_open(case: SchoolCase) -> bool:
    """Whether it was neither sent nor given up. A sent one can be returned, and be filled in again."""
    return case.submitted_at is None and case.abandoned_at is None


def may_change(case: SchoolCase, user: User, holder: Holder, *, shared: bool) -> bool:
    """Whether ``user`` may fill in what there is to fill in: who has the case, and while it is shared every
    colleague."""
    return case.school_id in holder.schools and (case.raised_by_id == user.pk or shared)


def may_abandon(case: SchoolCase, user: User, holder: Holder) -> bool:
    """Whether ``user`` may give it up: who raised it or an administrator of the school (SC-117)."""
    return is_open(case) and (case.raised_by_id == user.pk or case.school_id in holder.administered)


def may_share(draft: Draft, user: User, holder: Holder) -> bool:
    """Whether ``user`` may share a draft of a school, stop that, or hand it over: its owner, or an
    administrator of the school, who does it for somebody that left."""
    return draft.school_id in holder.schools and (
        draft.owner_id == user.pk or draft.school_id in holder.administered
    )

"""The forms whose answers a person's new form may use again (SP-179)."""

from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild

from .models import Case

_MOST = 50


def approved_before(
    user: User, definition: Definition, *, family_child: FamilyChild | None
) -> list[Submission]:
    """What ``user`` sent about the same child and was approved, the form approved last first.

    A young person's own form is about themselves. Where a form does not say which child it is about
    before it is filled in, there is nothing to take answers from.
    """
    cases = Case.objects.filter(
        status=Case.Status.APPROVED, submission__sender=user, submission__family_child=family_child
    )
    if family_child is None and definition.audience != "young-person":
        return []
    if family_child is None:
        cases = cases.filter(submission__version__definition__audience="young-person")
    rows = cases.select_related("submission__sender").order_by("-decided_at", "-pk")
    return [case.submission for case in rows[:_MOST]]

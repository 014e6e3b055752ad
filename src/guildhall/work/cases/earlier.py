"""The forms whose answers a person's new form may use again (SP-179)."""

from collections.abc import Collection

from django.db.models import Q

from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild

from .models import Case

_MOST = 50


def approved_before(
    user: User, definition: Definition, *, family_child: FamilyChild | None, shared: Collection[int]
) -> list[Submission]:
    """What ``user`` sent about the same child, or may read of it (``shared``: ids of forms), and was
    approved, the form approved last first.

    A young person's own form is about themselves. Where a form does not say which child it is about
    before it is filled in, there is nothing to take answers from.
    """
    if family_child is None and definition.audience != "young-person":
        return []
    own = Q(submission__sender=user, submission__family_child=family_child)
    if family_child is None:
        own &= Q(submission__version__definition__audience="young-person")
    cases = Case.objects.filter(own | Q(submission__in=shared), status=Case.Status.APPROVED)
    rows = cases.select_related("submission__sender", "submission__version").order_by("-decided_at", "-pk")
    return [case.submission for case in rows[:_MOST]]

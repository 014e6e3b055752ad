"""Asking schools to look at their contacts again, and forgetting who was taken out."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.people.accounts.models import User
from guildhall.people.accounts.services import proofs
from guildhall.people.membership.addresses import at_school

from .. import queries, rules
from ..models import Contact, Sheet


def remind_schools(*, now: datetime) -> int:
    """Email those who keep the contacts of a school that nobody confirmed for a term, or that has none.

    A school is asked again after a while. Returns how many schools were asked.
    """
    return sum(_remind(school.pk, now) for school in queries.to_remind(now=now))


@transaction.atomic
def _remind(school_id: int, now: datetime) -> bool:
    keepers = [one for one in queries.keepers_of(school_id) if one.user.state == User.State.ACTIVE]
    if not keepers:
        return False
    for one in keepers:
        proofs.tell(
            one.user,
            "Emergency_Old",
            key=f"emergency-old:{school_id}:{one.user_id}:{now:%Y-%m-%d}",
            now=now,
            link=at_school(school_id, "schools:emergency"),
        )
    sheet, _ = Sheet.objects.update_or_create(school_id=school_id, defaults={"reminded_at": now})
    audit.record("emergency.reminded", by=None, about=sheet, now=now, detail={"people": len(keepers)})
    return True


@transaction.atomic
def forget_removed(*, now: datetime) -> int:
    """Delete who was taken out too long ago to be put back."""
    count, _ = Contact.objects.filter(removed_at__lt=now - rules.KEPT_AFTER).delete()
    if count:
        about = ("emergency", "contacts")
        audit.record("emergency.forgotten", by=None, about=about, now=now, detail={"contacts": count})
    return count

"""Telling owners, once, that an action of theirs is overdue."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from ..models import Action
from . import telling

AT_ONCE = 500


@transaction.atomic
def tell_late(*, now: datetime) -> int:
    """Tell the owners of what fell overdue, once for each due date; how many. Who left is not told."""
    here = SchoolPlace.objects.filter(
        school=OuterRef("school"),
        user=OuterRef("owner"),
        membership__ended_at=None,
        membership__locked_at=None,
    )
    untold = Q(late_told_on=None) | ~Q(late_told_on=F("due_on"))
    rows = Action.objects.filter(
        untold,
        Exists(here),
        status__in=Action.TO_DO,
        due_on__lt=timezone.localdate(now),
        owner__state=User.State.ACTIVE,
    )
    found = list(rows.select_for_update(of=("self",)).select_related("owner").order_by("pk")[:AT_ONCE])
    for one in found:
        telling.tell_late(one, now=now)
        Action.objects.filter(pk=one.pk).update(late_told_on=one.due_on)
    if found:
        detail = {"actions": len(found)}
        audit.record("actions.late_told", by=None, about=("actions", "late"), now=now, detail=detail)
    return len(found)

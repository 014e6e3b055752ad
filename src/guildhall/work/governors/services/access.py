"""Which headteachers read the papers."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.models import SchoolPlace

from .. import queries, rules
from ..models import HeadAccess


class NotTheClerk(Refusal):
    """Only the clerk lets a headteacher read the papers."""


@transaction.atomic
def let_heads_in(clerk: SchoolPlace, wanted: Collection[int], *, now: datetime) -> int:
    """Let exactly the headteachers with these places read the papers of the clerk's school; how many changed.

    Raises NotTheClerk.
    """
    if not rules.lets_heads_in(clerk):
        raise NotTheClerk(say("schools.Governors_Error_Clerk"))
    hold_name(f"governors:{clerk.school_id}")
    changed = [
        head for head, let_in in queries.heads_of(clerk.school_id) if (head.pk in wanted) is not let_in
    ]
    for head in changed:
        given = head.pk in wanted
        if given:
            HeadAccess.objects.create(place=head, given_by=clerk.user, given_at=now)
        else:
            HeadAccess.objects.filter(place=head).delete()
        audit.record("governors.access_changed", by=clerk.user, about=head, now=now, detail={"given": given})
    return len(changed)

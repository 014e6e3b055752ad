"""Reading invitations, starting from who asks."""

from datetime import datetime

from django.db.models import Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.people.accounts import codes

from .models import Invitation

STATES = ("waiting", "expired", "accepted", "withdrawn")


def invitations_seen_by(holder: Holder) -> QuerySet[Invitation]:
    """Every invitation, newest first, for people who may invite."""
    if not holder.may(Permission.INVITE_PROFESSIONALS):
        return Invitation.objects.none()
    return Invitation.objects.select_related("invited_by", "user").order_by("-invited_at", "-pk")


def narrowed(rows: QuerySet[Invitation], *, words: str, state: str, now: datetime) -> QuerySet[Invitation]:
    """Those of ``rows`` that fit what was typed and are in ``state`` ("" for any)."""
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(email__icontains=word)
            | Q(forename__icontains=word)
            | Q(surname__icontains=word)
            | Q(organisation__icontains=word)
        )
    unanswered = Q(accepted_at=None, withdrawn_at=None)
    fits = {
        "waiting": unanswered & Q(link_until__gt=now),
        "expired": unanswered & Q(link_until__lte=now),
        "accepted": ~Q(accepted_at=None),
        "withdrawn": ~Q(withdrawn_at=None),
    }
    return rows.filter(fits[state]) if state in fits else rows


def invitation_of_link(key: str, *, now: datetime) -> Invitation | None:
    """The open invitation whose link ``key`` is."""
    rows = Invitation.objects.filter(
        link_digest=codes.key_digest(key), accepted_at=None, withdrawn_at=None, link_until__gt=now
    )
    return rows.first()

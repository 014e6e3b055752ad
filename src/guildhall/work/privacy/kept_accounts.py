"""Which accounts the schedule may take, and since when nobody used them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from guildhall.foundation.access.permissions import ROLES
from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import Membership
from guildhall.records.linkage.models import Mention

WORK_DOORS = {"schools", "council"}


def accounts() -> QuerySet[Any]:
    """Accounts without work at a school or the council, with ``used_at``, when they were last used.

    Whatever somebody sent, is writing or was written goes first, by its own period. An account that was
    emptied, because a row that stays needs its number, is none any more.
    """
    used = Greatest(
        Coalesce("last_login", "registered_at"), Coalesce("counted_from", "registered_at"), "registered_at"
    )
    elsewhere = [key for key, role in ROLES.items() if role.door not in WORK_DOORS]
    at_work = Membership.objects.filter(user=OuterRef("pk"), ended_at=None).exclude(role__in=elsewhere)
    sent, drafts, told = (
        Submission.objects.filter(sender=OuterRef("pk")),
        Draft.objects.filter(owner=OuterRef("pk")),
        Mention.objects.filter(said_by=OuterRef("pk")),
    )
    written = Message.objects.filter(Q(to=OuterRef("pk")) | Q(from_user=OuterRef("pk")))
    busy = (Exists(rows) for rows in (at_work, sent, drafts, told, written))
    found = User.objects.exclude(EMPTIED).annotate(used_at=used)
    for each in busy:
        found = found.filter(~each)
    return found


EMPTIED = Q(state=User.State.WITHDRAWN, forename="", email=None)

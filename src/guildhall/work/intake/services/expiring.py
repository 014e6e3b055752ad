"""Drafts end after a time that their owners know: two warnings, and they are deleted."""

from datetime import datetime

from django.db import transaction

from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.paperwork.submissions import queries as submission_queries
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.paperwork.submissions.rules import WARN_DAYS


def warn_and_expire_drafts(*, now: datetime) -> dict[str, int]:
    """Tell owners of drafts with 7 days or 1 day left, and delete those whose time is over (CP-046, CP-048).

    Safe to run at any time and twice at once. Nothing is deleted without both warnings. Returns how many
    were warned and deleted.
    """
    warned = sum(_warn(draft, now) for draft in submission_queries.drafts_to_warn(now))
    expired = submission_queries.drafts_to_delete(now)
    deleted = sum(
        submissions.delete_draft(draft, by=None, now=now, only_if_expired=True) for draft in expired
    )
    return {"warned": warned, "deleted": deleted}


@transaction.atomic
def _warn(draft: Draft, now: datetime) -> bool:
    first, last = WARN_DAYS
    days = last if draft.warned else first
    if not submissions.mark_warned(draft, days=days, now=now):
        return False
    messages.send_text(
        "DraftExpiring" if days > 1 else "DraftExpiringTomorrow",
        to=draft.owner,
        about=About(kind="draft", id=draft.pk),
        key=f"draft-expiring:{draft.pk}:{draft.revision}:{days}:{now.date().isoformat()}",
        now=now,
        sensitive=False,
        days=days,
    )
    return True

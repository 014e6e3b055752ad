"""Saying that a notice waits, was reported or was decided. Emails tell nothing of what it says."""

from datetime import datetime

from django.urls import reverse

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.outbox.email import put_email
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.people.membership.addresses import at_school
from guildhall.people.membership.models import SchoolPlace

from ..models import Notice, Report

State = Notice.State
DECIDED = {
    State.SHOWN: "NoticeApproved",
    State.REFUSED: "NoticeRefused",
    State.REMOVED: "NoticeRemoved",
}


def tell_council(notice: Notice, *, now: datetime) -> None:
    """A notice waits for an officer; nothing for one that is shown at once."""
    if notice.state == State.WAITING:
        _tell("Waiting", notice, key=f"notice-waiting:{notice.pk}:{now.isoformat()}", now=now)


def tell_of_report(report: Report, *, now: datetime) -> None:
    """Something may be wrong with a notice."""
    _tell("Reported", report.notice, key=f"notice-reported:{report.pk}", now=now)


def _tell(name: str, notice: Notice, *, key: str, now: datetime) -> None:
    to = str(setting("schools.email"))
    if not to or not setting("mail.notify"):
        return
    put_email(
        to,
        subject=f"messaging.EmailSubject_Notice_{name}",
        body=f"text-blocks.Email_Notice_{name}",
        language="en",
        key=key,
        now=now,
        link=reverse("council:notice", args=[notice.pk]),
    )


def tell_owner(notice: Notice, *, now: datetime) -> None:
    """An officer decided. Nobody is told who works at the school no more."""
    here = SchoolPlace.objects.filter(
        user=notice.placed_by_id, school=notice.school_id, membership__ended_at=None
    )
    if not here.exists():
        return
    messages.send_text(
        DECIDED[State(notice.state)],
        to=notice.placed_by,
        about=About(kind="notice", id=notice.pk),
        key=f"notice-decided:{notice.pk}:{now.isoformat()}",
        now=now,
        sensitive=False,
        title=notice.title,
        reason=notice.reason,
        link=at_school(notice.school_id, "schools:notice", notice.pk),
    )

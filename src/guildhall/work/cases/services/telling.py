"""Telling the people of a case, by a message to its sender or an email to the team."""

from datetime import datetime

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.outbox.email import put_email
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Team

from ..models import Case
from ..queries import KIND


def tell_team(case: Case, text: str, *, key: str, now: datetime) -> None:
    """Email the owner of ``case``, else the mailbox of its team, that something waits. It names nobody."""
    to, language = _mailbox(case)
    if to and authority.setting("mail.notify"):
        put_email(
            to,
            subject=f"messaging.EmailSubject_{text}",
            body=f"text-blocks.Email_{text}",
            language=language,
            key=key,
            now=now,
            link="/council/review/",
        )


def tell_sender(
    case: Case,
    *,
    by: User,
    subject: str,
    body: str,
    key: str,
    may_answer: bool,
    now: datetime,
    notice: messages.Notice = messages.WAITING,
) -> Message:
    """Send the submitter of ``case`` what an officer wrote. The sender is named as the team."""
    to = case.submission.sender
    return messages.send(
        to,
        subject=subject,
        body=body,
        about=case.reference,
        about_kind=KIND,
        about_id=str(case.pk),
        key=key,
        now=now,
        may_answer=may_answer,
        from_user=by,
        from_role=_team_name(case.team, to.language),
        notice=notice,
    )


def _mailbox(case: Case) -> tuple[str, str]:
    if case.owner and case.owner.email and case.owner.is_active:
        return case.owner.email, case.owner.language
    return Team.objects.filter(key=case.team).values_list("email", flat=True).first() or "", "en"


def _team_name(key: str, language: str) -> str:
    team = Team.objects.filter(key=key).first()
    return (team.name.get(language) or team.name["en"]) if team else ""

"""Telling the people of a case, by a message to its sender or an email to the team."""

from dataclasses import dataclass
from datetime import datetime

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Team
from guildhall.work.keying import services as keying

from ..models import Case
from ..queries import KIND, team_name

LONGEST_SUBJECT = 200
LONGEST_BODY = 20_000


class MessageIncomplete(Refusals):
    """The message of a decision lacks something; ``problems`` names the fields."""


@dataclass(frozen=True)
class Letter:
    """What an officer writes to the submitter; ``may_answer`` False closes the way to reply.

    ``notice`` is the email that says so.
    """

    subject: str
    body: str
    may_answer: bool = True
    notice: messages.Notice = messages.WAITING

    def demand_words(self) -> None:
        """Raise MessageIncomplete when subject or body are missing or too long."""
        problems = {}
        for field, text, most in (
            ("subject", self.subject.strip(), LONGEST_SUBJECT),
            ("body", self.body.strip(), LONGEST_BODY),
        ):
            if not text or len(text) > most:
                end = "Long" if text else ""
                problems[field] = texts.say(f"send.Error_Message{field.title()}{end}", most=f"{most:,}")
        if problems:
            raise MessageIncomplete(problems)


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


def tell_notice_address(case: Case, *, now: datetime) -> None:
    """Email the address that wants a notice of every new form, where there is one. It names nobody."""
    to = authority.setting("cases.notice_address")
    if to and authority.setting("mail.notify"):
        put_email(
            to,
            subject="messaging.EmailSubject_FormNotice",
            body="text-blocks.Email_FormNotice",
            language="en",
            key=f"case-notice:{case.pk}",
            now=now,
            link="/council/review/",
        )


def about_case(case: Case) -> About:
    """What a message in the conversation about ``case`` is about."""
    return About(case.reference, KIND, case.pk)


def tell_sender(case: Case, letter: Letter, *, by: User, key: str, now: datetime) -> Message:
    """Send the submitter of ``case`` what an officer wrote. The reader sees the team, not the officer."""
    to = case.submission.sender
    keying.tell_of_news(case.reference, key=key, now=now)
    return messages.send(
        to,
        subject=letter.subject.strip(),
        body=letter.body.strip(),
        about=about_case(case),
        key=key,
        now=now,
        may_answer=letter.may_answer,
        from_user=by,
        from_role=team_name(case.team, to.language),
        notice=letter.notice,
    )


def _mailbox(case: Case) -> tuple[str, str]:
    if case.owner and case.owner.email and case.owner.is_active:
        return case.owner.email, case.owner.language
    return Team.objects.filter(key=case.team).values_list("email", flat=True).first() or "", "en"

"""Sending portal messages, and noting that one was read.

Every message to a person puts an email in the outbox that says only that a message waits.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.fields.reverse_related import ForeignObjectRel

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import queries as authority
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.consent import queries as consent

from . import queries
from .about import NOTHING, About
from .models import Message, Recall

MOST_REASON = 2_000


@dataclass(frozen=True)
class Notice:
    """The email that says a message waits: texts of its subject and body, and the page it leads to."""

    subject: str = "messaging.EmailSubject_MessageWaiting"
    body: str = "text-blocks.Email_MessageWaiting"
    link: str = "/messages/"


WAITING = Notice()


@transaction.atomic
def send(
    to: User,
    *,
    subject: str,
    body: str,
    key: str,
    now: datetime,
    about: About = NOTHING,
    sensitive: bool = True,
    may_answer: bool = False,
    from_user: User | None = None,
    from_role: str = "",
    notice: Notice | None = WAITING,
) -> Message:
    """Put a message in the account of ``to`` and an email about it in the outbox.

    ``key`` says what the message is: the same key again returns the message that was sent then, and
    sends nothing. ``subject`` and ``body`` (Markdown) are final. ``notice`` is the email about it
    (None when the caller tells the person otherwise); its texts get no values but the link, so they can
    tell nothing of the message.
    """
    message, made = Message.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": subject[:200],
            "body": body,
            "sensitive": sensitive,
            "may_answer": may_answer,
            "from_user": from_user,
            "from_role": from_role,
            "sent_at": now,
        }
        | about.columns,
    )
    if made:
        audit.record("messages.sent", by=from_user, about=message, now=now, detail={"about": about.reference})
        if notice:
            _put_notice(to, notice=notice, key=f"message-waiting:{message.pk}", now=now)
    return message


def send_text(
    name: str,
    /,
    *,
    to: User,
    key: str,
    now: datetime,
    about: About = NOTHING,
    sensitive: bool = True,
    may_answer: bool = False,
    **values: Any,
) -> Message:
    """Send the authority's own message called ``name``, in the language of ``to``.

    Its words are the texts ``messaging.Subject_<name>`` and ``text-blocks.Message_<name>``, with
    ``values`` for their placeholders.
    """
    return send(
        to,
        subject=texts.say(f"messaging.Subject_{name}", to.language, **values),
        body=texts.say(f"text-blocks.Message_{name}", to.language, **values),
        about=about,
        key=key,
        now=now,
        sensitive=sensitive,
        may_answer=may_answer,
    )


@transaction.atomic
def answer_team(
    team: str,
    *,
    by: User,
    subject: str,
    body: str,
    about: About,
    key: str,
    now: datetime,
) -> Message:
    """Keep what ``by`` wrote back to the team whose key is ``team``; telling the team is up to the caller."""
    message, made = Message.objects.get_or_create(
        key=key,
        defaults={
            "to_team": team,
            "from_user": by,
            "from_role": by.job_role,
            "subject": subject[:200],
            "body": body,
            "sent_at": now,
        }
        | about.columns,
    )
    if made:
        audit.record("messages.answered", by=by, about=message, now=now, detail={"about": about.reference})
    return message


@transaction.atomic
def mark_read(messages: list[Message], *, by: User, now: datetime) -> None:
    """Note that ``by`` opened ``messages``; only the first opening by the person it was sent to counts.

    Called while a page is shown: this is audit of reading, the one thing a GET may write.
    """
    unread = [message for message in messages if message.read_at is None and message.to_id == by.pk]
    for message in unread:
        if Message.objects.filter(pk=message.pk, read_at=None).update(read_at=now):
            audit.record("messages.read", by=by, about=message, now=now, detail={"about": message.about})
        message.read_at = now


@transaction.atomic
def recall(message: Message, *, reason: str, child: int | None, by: User, now: datetime) -> Recall:
    """Withdraw ``message``: from now on it says only that, to its reader and everybody else.

    ``child`` is the authority's record that it was about, if that is known. A second call returns the first
    recall. Raises a Refusal without a reason or with too long a one, and for what was written to a team.
    """
    message = hold(message)
    if known := Recall.objects.filter(message=message).first():
        return known
    if message.to is None:
        raise Refusal(texts.say("messaging.Error_Recall_ToTeam"), field="reason")
    if not reason:
        raise Refusal(texts.say("messaging.Error_Recall_Reason"), field="reason")
    if len(reason) > MOST_REASON:
        raise Refusal(texts.say("messaging.Error_Recall_Long", most=f"{MOST_REASON:,}"), field="reason")
    made = Recall.objects.create(
        message=message,
        subject=message.subject,
        body=message.body,
        reason=reason,
        read_at=message.read_at,
        at=now,
        by=by,
    )
    language = message.to.language
    message.subject = texts.say("messaging.Subject_Recalled", language)
    message.body = texts.say("text-blocks.Message_Recalled", language)
    message.may_answer = False
    message.save(update_fields=["subject", "body", "may_answer"])
    detail = {"about": message.about, "opened_before": made.read_at is not None}
    audit.record("messages.recalled", by=by, about=message, child=child, now=now, detail=detail)
    return made


def remove_old_messages(*, before: datetime, now: datetime, batch: int = 500) -> int:
    """Take what was sent ``before`` then out of people's messages; how many. Safe to run twice at once.

    A message goes for good, unless something else, such as the history of a form, holds it: then it stays
    there, and only its reader no longer has it.
    """
    removed = 0
    while some := list(queries.old_messages(before).values_list("pk", flat=True)[:batch]):
        removed += _remove(some, now)
    return removed


@transaction.atomic
def _remove(ids: list[Any], now: datetime) -> int:
    rows = Message.objects.select_for_update(of=("self",)).filter(pk__in=ids, removed_at=None)
    found = list(rows.values_list("pk", flat=True))
    held = _held(found)
    Message.objects.filter(pk__in=held).update(removed_at=now)
    Message.objects.filter(pk__in=set(found) - held).delete()
    detail = {"removed": len(found), "kept_elsewhere": len(held)}
    audit.record("messages.removed_old", by=None, about=("messages", "old"), now=now, detail=detail)
    return len(found)


def _held(ids: list[Any]) -> set[Any]:
    """Those that a row of another table points at, whichever table that is."""
    held: set[Any] = set()
    for relation in Message._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            field: Any = relation.field
            rows = field.model._default_manager.filter(**{f"{field.name}__in": ids})
            held |= set(rows.values_list(field.attname, flat=True))
    return held


def _put_notice(to: User, *, notice: Notice, key: str, now: datetime) -> None:
    if not to.email or not authority.setting("mail.notify") or not consent.wants_email(to):
        return
    language, link = to.language, notice.link
    put_email(
        to.email, subject=notice.subject, body=notice.body, language=language, key=key, now=now, link=link
    )

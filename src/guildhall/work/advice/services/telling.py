"""Telling people of a request: whom it was asked of, and the officer who asked. Emails name no child.

Neither does what stays with somebody whose access may end: a message says where to read, and by when.
"""

from datetime import date, datetime

from django.urls import reverse
from django.utils import translation

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.kit.speech import day
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Team
from guildhall.work.communications import services as communications
from guildhall.work.communications.models import Communication
from guildhall.work.sharing.queries import types_of
from guildhall.work.sharing.rules import PROFESSIONAL, TEAM

from ..models import Requested

KIND = "advice.requested"
Means = Communication.Means


def place_of(requested: Requested, user: User) -> str:
    """The page of the request at the portal of ``user``."""
    portal = "professionals" if types_of([user.pk])[user.pk] == PROFESSIONAL else "families"
    return reverse(f"{portal}:asked-one", args=[requested.key])


def send_message(
    name: str,
    requested: Requested,
    user: User,
    *,
    key: str,
    by: User | None,
    now: datetime,
    notice: bool = True,
) -> Communication:
    """The portal message called ``name``, entered in the communication log of the child.

    ``notice`` False where another email says that something waits.
    """
    values = {"due": _day(requested.due_on, user), "link": place_of(requested, user)}
    message = messages.send(
        user,
        subject=say(f"messaging.Subject_{name}", user.language, **values),
        body=say(f"text-blocks.Message_{name}", user.language, **values),
        about=About(kind=KIND, id=requested.pk),
        key=key,
        now=now,
        from_user=by,
        notice=messages.WAITING if notice else None,
    )
    return communications.note(
        requested.involvement.child,
        to=user,
        means=Means.MESSAGE,
        summary=message.subject,
        message=message,
        by=by,
        now=now,
    )


def tell_asked(name: str, requested: Requested, user: User | None, *, by: User, now: datetime) -> None:
    """The message called ``name`` for the account of whom it was asked of, once a version; None: nobody."""
    if user:
        key = f"advice-{name}:{requested.pk}:{requested.version}:{user.pk}"
        send_message(name, requested, user, key=key, by=by, now=now)


def send_email(requested: Requested, user: User, *, key: str, by: User, now: datetime) -> Communication:
    """An email that says that information is asked for, and leads to where; entered in the log."""
    put_email(
        user.email or "",
        subject="messaging.EmailSubject_AdviceAsked",
        body="text-blocks.Email_AdviceAsked",
        language=user.language,
        key=key,
        now=now,
        link=place_of(requested, user),
        due=_day(requested.due_on, user),
    )
    return communications.note(
        requested.involvement.child,
        to=user,
        means=Means.EMAIL,
        summary=say("messaging.EmailSubject_AdviceAsked", user.language),
        email_key=key,
        by=by,
        now=now,
    )


def tell_officer(name: str, requested: Requested, *, key: str, now: datetime) -> None:
    """The message called ``name`` for the officer who asked; where they left, an email to the team.

    It gives the number of the record, not the name: the officer may no longer be one who sees the child.
    """
    child, officer = requested.involvement.child, requested.made_by
    link = reverse("council:advice-entry", args=[child.pk, requested.pk])
    if officer.is_active:
        messages.send_text(
            name,
            to=officer,
            key=key,
            now=now,
            about=About(kind=KIND, id=requested.pk),
            link=link,
            child=child.reference,
            name=requested.name,
            due=_day(requested.due_on, officer),
        )
        return
    to = Team.objects.filter(key=TEAM).values_list("email", flat=True).first()
    if to and authority.setting("mail.notify"):
        subject, body = f"messaging.EmailSubject_{name}", f"text-blocks.Email_{name}"
        put_email(to, subject=subject, body=body, language="en", key=key, now=now, link=link)


def _day(when: date, user: User) -> str:
    with translation.override(user.language):
        return day(when)

"""Inviting professionals, one or many; sending again, withdrawing; and what they make of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts import codes, rules
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import ConsentStatement, User
from guildhall.people.accounts.queries import user_by_email
from guildhall.people.accounts.services import guards
from guildhall.people.membership import services as membership

from .models import Invitation

DETAILS = ("email", "forename", "surname", "job_role", "organisation", "language")


class HasAccount(Refusal):
    """Somebody has an account with this address already."""


class InvitedAlready(Refusal):
    """There is an open invitation to this address."""


class BadAddress(Refusal):
    """This is no email address."""


class NotOpen(Refusal):
    """The invitation was taken up or withdrawn meanwhile, or its link has run out."""


@transaction.atomic
def invite(details: Mapping[str, str], *, by: User | None, now: datetime) -> Invitation:
    """Invite a professional by email. Raises BadAddress, HasAccount, InvitedAlready, guards.Shut."""
    email = details["email"].strip().lower()
    refuse_address(email)
    key = codes.new_key()
    invitation = Invitation(
        **{name: details.get(name, "") for name in DETAILS if name not in {"email", "language"}},
        email=email,
        language=details.get("language") or "en",
        link_digest=codes.key_digest(key),
        link_until=now + link_for(),
        invited_at=now,
        invited_by=by,
    )
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError:
        raise InvitedAlready(say("administration.Error_Invite_Already"), field="email") from None
    _mail(invitation, key, now)
    audit.record("invitation.sent", by=by, about=invitation, now=now)
    return invitation


def refuse_address(email: str) -> None:
    """Raise BadAddress, HasAccount or InvitedAlready when nobody can be invited at ``email``."""
    try:
        validate_email(email)
    except ValidationError:
        raise BadAddress(say("administration.Error_Invite_Email"), field="email") from None
    if user_by_email(email) is not None:
        raise HasAccount(say("administration.Error_Invite_HasAccount"), field="email")
    if Invitation.objects.filter(email=email, withdrawn_at=None, accepted_at=None).exists():
        raise InvitedAlready(say("administration.Error_Invite_Already"), field="email")


def link_for() -> timedelta:
    """How long the link of an invitation counts."""
    return timedelta(hours=setting("links.activation_hours"))


@transaction.atomic
def send_again(invitation: Invitation, *, by: User, now: datetime) -> Invitation:
    """Send a new link; the one before counts no longer. Raises NotOpen, guards.Shut."""
    invitation = _open(invitation)
    key = codes.new_key()
    invitation.link_digest, invitation.link_until = codes.key_digest(key), now + link_for()
    invitation.sent += 1
    invitation.save(update_fields=["link_digest", "link_until", "sent"])
    _mail(invitation, key, now)
    audit.record("invitation.sent_again", by=by, about=invitation, now=now)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User, now: datetime) -> None:
    """The link counts no longer, and the address can be invited again. Raises NotOpen."""
    invitation = _open(invitation)
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    audit.record("invitation.withdrawn", by=by, about=invitation, now=now)


@transaction.atomic
def accept(
    invitation: Invitation,
    *,
    password: str,
    details: Mapping[str, Any],
    statement: ConsentStatement,
    now: datetime,
) -> User:
    """The account of a professional who followed the link, set a password and agreed to everything.

    ``details`` are fields of User, what the invitation says of them goes before. Raises NotOpen, HasAccount.
    """
    invitation = _open(invitation)
    if now >= invitation.link_until:
        raise NotOpen(say("administration.Error_Invite_NotOpen"))
    user = User(
        **details,
        email=invitation.email,
        job_role=invitation.job_role,
        organisation=invitation.organisation,
        state=User.State.ACTIVE,
        registered_at=now,
        confirmed_at=now,
        terms_agreed_at=now,
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise HasAccount(say("administration.Error_Invite_HasAccount"), field="email") from None
    accounts.answer(user, statement, answer="agreed", by=user, now=now)
    membership.give_role(user, role="professional", by=invitation.invited_by, now=now)
    invitation.user, invitation.accepted_at = user, now
    invitation.save(update_fields=["user", "accepted_at"])
    audit.record("invitation.accepted", by=user, about=invitation, now=now)
    return user


def _open(invitation: Invitation) -> Invitation:
    invitation = hold(invitation)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise NotOpen(say("administration.Error_Invite_NotOpen"))
    return invitation


def _mail(invitation: Invitation, key: str, now: datetime) -> None:
    guards.spend("mail", codes.name_digest(invitation.email), limit=rules.mail_limit(), now=now)
    put_email(
        invitation.email,
        subject="account.EmailSubject_ProfessionalInvited",
        body="text-blocks.Email_ProfessionalInvited",
        language=invitation.language,
        key=f"invitation-{invitation.pk}-{invitation.sent}",
        now=now,
        link=reverse("professionals:invitation", args=[key]),
        hours=str(setting("links.activation_hours")),
    )

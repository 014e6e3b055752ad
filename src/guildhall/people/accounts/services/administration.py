"""What an administrator does to somebody else's account. Each act has a reason, is audited, and is told."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from ..models import Proof, User
from ..queries import devices_of, shut_out, user_by_email
from . import guards, proofs, recovering
from .details import _send_new_address, invite_to_set_password, reset_password_by_link
from .dormant import enable_again
from .second_step import reset_second_step

# Why: a word for the audit, which holds no free text.
REASONS = ("asked", "left", "away", "misuse", "lost", "mistake", "other")
State = User.State


class NotNow(Refusal):
    """The account is not in a state that allows it, perhaps because somebody else was quicker."""


class NotOneself(Refusal):
    """Administrators do nothing to their own account here."""


class ReasonNeeded(Refusal):
    """An administrator says why."""


class AddressUnusable(Refusal):
    """The new address is the old one, or another account has it."""


@transaction.atomic
def lock(user: User, *, reason: str, by: User, now: datetime) -> None:
    """Keep ``user`` from signing in until somebody unlocks the account; every session ends now."""
    user = _taken(user, among={State.ACTIVE}, reason=reason, by=by)
    _change_state(user, State.LOCKED)
    _tell(user, "Account_Locked", now)
    audit.record("account.locked_by", by=by, about=user, now=now, detail={"reason": reason})


@transaction.atomic
def unlock(user: User, *, reason: str, by: User, now: datetime) -> None:
    """Let ``user`` sign in again, whether a person or too many wrong passwords locked the account.

    What was kept back from them after a recovery is theirs again too.
    """
    user = _taken(user, among={State.ACTIVE, State.LOCKED}, reason=reason, by=by)
    guards.open_for(user.pk, devices_of(user))
    recovering.let_go(user)
    if user.state == State.LOCKED:
        _change_state(user, State.ACTIVE)
    _tell(user, "Account_Unlocked", now)
    audit.record("account.unlocked_by", by=by, about=user, now=now, detail={"reason": reason})


@transaction.atomic
def forgive_tries(user: User, *, by: User, now: datetime) -> None:
    """Open an account that wrong passwords or codes shut, or that a recovery keeps from records.

    Its owner is told. Raises NotNow where nothing of the kind keeps them out.
    """
    if not is_shut_out(user, now=now):
        raise NotNow(texts.say("account.Error_NotShut"))
    guards.open_for(user.pk, devices_of(user))
    recovering.let_go(user)
    _tell(user, "Account_Unlocked", now)
    audit.record("account.tries_forgiven", by=by, about=user, now=now)


@transaction.atomic
def disable(user: User, *, reason: str, by: User, now: datetime) -> None:
    """Close the account to ``user`` until somebody enables it again; what they did stays."""
    user = _taken(user, among={State.ACTIVE, State.LOCKED}, reason=reason, by=by)
    _change_state(user, State.DISABLED)
    _tell(user, "Account_Disabled", now)
    audit.record("account.disabled_by", by=by, about=user, now=now, detail={"reason": reason})


@transaction.atomic
def enable(user: User, *, reason: str, by: User, now: datetime) -> None:
    """Let ``user`` sign in again after the account was disabled."""
    user = _taken(user, among={State.DISABLED}, reason=reason, by=by)
    enable_again(user, by=by, now=now)


@transaction.atomic
def reset_password(user: User, *, reason: str, by: User, now: datetime) -> None:
    """The password counts no longer; its owner gets the forgotten-password email (SP-290)."""
    user = _taken(user, among={State.ACTIVE}, reason=reason, by=by)
    user.set_unusable_password()
    user.session_epoch += 1
    user.save(update_fields=["password", "session_epoch"])
    guards.open_again("password", f"user:{user.pk}")
    reset_password_by_link(user, mail="Password_Forget", now=now)
    audit.record("account.password_reset", by=by, about=user, now=now, detail={"reason": reason})


@transaction.atomic
def invite_again(user: User, *, reason: str, by: User, now: datetime) -> None:
    """Another invitation for somebody who has not set a password yet; the link before counts no longer."""
    user = _taken(user, among={State.ACTIVE}, reason=reason, by=by)
    if user.has_usable_password():
        raise NotNow(texts.say("administration.Error_User_HasPassword"))
    invite_to_set_password(user, mail="Invitation", now=now)
    audit.record("account.invited_again", by=by, about=user, now=now, detail={"reason": reason})


@transaction.atomic
def reset_second(user: User, *, reason: str, by: User, now: datetime) -> None:
    """Forget the authenticator apps, passkeys and recovery codes of ``user``."""
    user = _taken(user, among={State.ACTIVE, State.LOCKED}, reason=reason, by=by)
    reset_second_step(user, by=by, now=now)


@transaction.atomic
def change_email(user: User, *, email: str, reason: str, by: User, now: datetime) -> None:
    """Have ``user`` confirm another address; the old one is told, and can keep itself (SP-291).

    Nobody signs in until one of the two emails is answered. Raises AddressUnusable, and what the others do.
    """
    user = _taken(user, among={State.ACTIVE}, reason=reason, by=by)
    email = email.strip().lower()
    if user_by_email(email) is not None:
        raise AddressUnusable(texts.say("administration.Error_User_Email_Taken"), field="email")
    _send_new_address(user, email, now)
    hours = proofs.hours("links.activation_hours")
    purpose = Proof.Purpose.CHANGE_EMAIL
    old = proofs.make(user, purpose, email=user.email or "", now=now, link_for=hours, beside=True)
    proofs.mail(old, "EmailAddress_Changed", now=now)
    _change_state(user, State.UNCONFIRMED)
    audit.record("account.new_email_by", by=by, about=user, now=now, detail={"reason": reason})


# What an administrator can do to an account by its name, with nothing more to say than why.
ACTS: dict[str, Callable[..., None]] = {
    "lock": lock,
    "unlock": unlock,
    "disable": disable,
    "enable": enable,
    "reset-password": reset_password,
    "reset-second-step": reset_second,
    "invite-again": invite_again,
}


def acts_open(user: User, *, shut: bool) -> list[str]:
    """Which of ACTS, and "change-email", the state of ``user`` allows. ``shut``: by wrong passwords."""
    active, locked = user.state == State.ACTIVE, user.state == State.LOCKED
    allowed = {
        "invite-again": active and not user.has_usable_password(),
        "reset-password": active and user.has_usable_password(),
        "change-email": active,
        "reset-second-step": active or locked,
        "unlock": locked or (active and shut),
        "lock": active,
        "disable": active or locked,
        "enable": user.state == State.DISABLED,
    }
    return [act for act, may in allowed.items() if may]


def is_shut_out(user: User, *, now: datetime) -> bool:
    """Whether too many wrong passwords or codes keep ``user`` out just now, in any browser."""
    return user.pk in shut_out([user], now=now)


def _taken(user: User, *, among: set[User.State], reason: str, by: User) -> User:
    """The account, locked until the transaction ends, in one of these states."""
    if by.pk == user.pk:
        raise NotOneself(texts.say("administration.Error_User_Oneself"))
    if reason not in REASONS:
        raise ReasonNeeded(texts.say("administration.Error_User_Reason"), field="reason")
    user = hold(user)
    if user.state not in among:
        raise NotNow(texts.say("administration.Error_User_NotNow"))
    return user


def _change_state(user: User, state: User.State) -> None:
    user.state = state
    user.session_epoch += 1
    user.save(update_fields=["state", "session_epoch"])


def _tell(user: User, name: str, now: datetime) -> None:
    if user.email:
        proofs.tell(user, name, key=f"{name}-{user.pk}-{now.timestamp()}", now=now)

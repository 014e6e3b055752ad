"""What people change about their own account."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password as password_matches
from django.db import IntegrityError, transaction
from django.db.models import F

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox import services as outbox
from guildhall.foundation.texts import queries as texts

from .. import codes
from ..models import Proof, User
from ..queries import devices_of, user_by_email, works_here
from . import guards, proofs, recovering, second_step

OWN_DETAILS = frozenset(
    {"title", "forename", "midname", "surname", "born_on", "gender", "address"}
    | {"home_phone", "mobile", "work_phone", "job_role", "organisation"}
)


class WrongOldPassword(Refusal):
    """The current password is not right."""


class WrongEmailCode(Refusal):
    """The code is wrong, too old, or cancelled by five wrong entries."""


class NotAllowed(Refusal):
    """Staff may not go without a second step."""


@transaction.atomic
def change_details(user: User, *, changes: Mapping[str, Any], by: User, now: datetime) -> None:
    """Change some of OWN_DETAILS. The audit names the fields, not their values."""
    assert set(changes) <= OWN_DETAILS
    changed = [field for field, value in changes.items() if getattr(user, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(user, field, changes[field])
    user.save(update_fields=changed)
    audit.record("account.details_changed", by=by, about=user, now=now, detail={"fields": sorted(changed)})


def change_language(user: User, language: str) -> None:
    """Keep ``language`` (en or cy) with the account."""
    User.objects.filter(pk=user.pk).update(language=language)


def check_old_password(user: User, password: str, *, field: str) -> None:
    """Raise WrongOldPassword, naming ``field``, unless ``password`` is that of ``user``."""
    if not password_matches(password, user.password):
        raise WrongOldPassword(texts.say("account.Error_OldPassword_Wrong"), field=field)


def change_password(user: User, *, old: str, new: str, now: datetime) -> None:
    """Change the password; every other session ends. Raises WrongOldPassword."""
    check_old_password(user, old, field="old_password")
    _set(user, new, now)


@transaction.atomic
def _set(user: User, password: str, now: datetime) -> None:
    user.set_password(password)
    user.password_set_at = now
    user.session_epoch += 1
    user.save(update_fields=["password", "password_set_at", "session_epoch"])
    guards.open_for(user.pk, devices_of(user))
    second_step.forget_devices(user)
    proofs.tell(user, "Password_Changed", key=f"password-{user.pk}-{user.session_epoch}", now=now)
    audit.record("account.password_changed", by=user, about=user, now=now)


@transaction.atomic
def set_password_by_link(key: str, *, password: str, now: datetime) -> User:
    """Set the password by a link that was emailed. Raises proofs.LinkNoLongerCounts."""
    proof = proofs.proof_of_link(key, Proof.Purpose.SET_PASSWORD, now=now)
    proofs.use(proof, now=now)
    _set(proof.user, password, now)
    recovering.hold_back(proof.user, now=now)
    return proof.user


def send_password_link(email: str, *, now: datetime) -> None:
    """Email a link that sets a new password, if an account has this address. Tells nobody whether one has."""
    user = user_by_email(email)
    if user is None or not user.is_active:
        return
    try:
        reset_password_by_link(user, mail="Password_Forget", now=now)
    except guards.Shut:
        return


def ask_password_link(email: str, *, now: datetime, right: bool = True) -> None:
    """Have a link emailed that sets a new password, if an account has this address and ``right``.

    The same is written for every address, so that time does not tell whether an account has it.
    """
    payload = {"email": email, "right": right}
    outbox.put("password-link", payload, key=f"password-link-{codes.new_key()}", now=now)


@transaction.atomic
def invite_to_set_password(user: User, *, mail: str, now: datetime, **values: str) -> str:
    """Email ``user`` a single-use link that sets the first password; returns it for the operator.

    ``values`` fill the email's other placeholders.
    """
    return _send_password_link(user, mail, "links.reset_hours", now, **values)


@transaction.atomic
def reset_password_by_link(user: User, *, mail: str, now: datetime) -> None:
    """Email ``user`` a single-use link that sets another password; less lasting for who is here for work."""
    lasts = "links.work_reset_hours" if works_here(user) else "links.reset_hours"
    _send_password_link(user, mail, lasts, now)


def _send_password_link(user: User, mail: str, lasts: str, now: datetime, **values: str) -> str:
    purpose, hours = Proof.Purpose.SET_PASSWORD, proofs.hours(lasts)
    sent = proofs.make(user, purpose, email=user.email or "", now=now, link_for=hours)
    proofs.mail(sent, mail, now=now, **values)
    audit.record("account.password_link_sent", by=None, about=user, now=now)
    return sent.link


def ask_new_email(user: User, *, email: str, password: str, now: datetime) -> None:
    """Start a change of email address: nobody signs in until one of the two emails is answered.

    The new address gets the code and the link that change it, the old one a notice with the link that keeps
    it. Whether another account has the new address shows nowhere. Raises WrongOldPassword, guards.Shut.
    """
    check_old_password(user, password, field="old_password")
    _ask_new_email(user, email.lower(), now)


@transaction.atomic
def _ask_new_email(user: User, email: str, now: datetime) -> None:
    _send_new_address(user, email, now)
    hours = proofs.hours("links.activation_hours")
    old = proofs.make(
        user, Proof.Purpose.CHANGE_EMAIL, email=user.email or "", now=now, link_for=hours, beside=True
    )
    proofs.mail(old, "EmailAddress_Changed", now=now)
    user.state = User.State.UNCONFIRMED
    user.session_epoch += 1
    user.save(update_fields=["state", "session_epoch"])
    audit.record("account.new_email_asked", by=user, about=user, now=now)


def _send_new_address(user: User, email: str, now: datetime, *, beside: bool = False) -> None:
    """The email with the code and the link; one that has an account already gets another, without them."""
    sent = proofs.make(
        user,
        Proof.Purpose.CHANGE_EMAIL,
        email=email,
        now=now,
        digits=proofs.REGISTRATION_DIGITS,
        code_for=timedelta(minutes=setting("registration_code.minutes")),
        link_for=proofs.hours("links.activation_hours"),
        beside=beside,
    )
    if user_by_email(email):
        proofs.mail(proofs.Sent(sent.proof, "", ""), "AlreadyRegistered", now=now)
    else:
        shown = proofs.Sent(sent.proof, codes.in_two_groups(sent.code), sent.link)
        proofs.mail(shown, "NewAddress", now=now)


@transaction.atomic
def send_another_email_code(user: User, *, now: datetime) -> None:
    """A new code and link to the new address; the ones before end. Raises LinkNoLongerCounts, guards.Shut."""
    last = _waiting_proof(user)
    if last is None:
        raise proofs.LinkNoLongerCounts(texts.say("account.Error_Link"))
    proofs.use(last, now=now)
    _send_new_address(user, last.email, now, beside=True)


def _waiting_proof(user: User) -> Proof | None:
    """The newest proof of the new address; the old address has one too, but without a code."""
    rows = Proof.objects.select_for_update(of=("self",)).select_related("user")
    rows = rows.filter(user=user, purpose=Proof.Purpose.CHANGE_EMAIL, ended_at=None)
    return rows.exclude(code_digest="").order_by("-pk").first()


def confirm_email_by_code(user: User, *, code: str, now: datetime) -> User:
    """Use the new address whose ``code`` this is. Raises WrongEmailCode; the fifth wrong one cancels it."""
    with transaction.atomic():
        proof = _waiting_proof(user)
        if proof and proof.wrong < setting("registration_code.tries"):
            if proofs.matches(proof, code, now=now):
                return _use_address(proof, now)
            proof.wrong += 1
            proof.save(update_fields=["wrong"])
            audit.record("account.code_failed", by=user, about=user, now=now)
    dead = proof is None or proof.wrong >= setting("registration_code.tries") or not proof.code_counts(now)
    name = "Error_Code_Cancelled" if dead else "Error_Code_Wrong"
    raise WrongEmailCode(texts.say(f"account.{name}"), field="code")


@transaction.atomic
def confirm_email(key: str, *, now: datetime) -> User:
    """Use the address that the link ``key`` was sent to. Raises proofs.LinkNoLongerCounts."""
    return _use_address(proofs.proof_of_link(key, Proof.Purpose.CHANGE_EMAIL, now=now), now)


def _use_address(proof: Proof, now: datetime) -> User:
    """Opens the account only where the change of address was all that kept it shut."""
    user = hold(proof.user)
    if user.state == User.State.WITHDRAWN:
        raise proofs.LinkNoLongerCounts(texts.say("account.Error_Link"))
    if user.state == User.State.UNCONFIRMED:
        user.state = User.State.ACTIVE
    old, user.email = user.email or "", proof.email
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "state"])
    except IntegrityError:
        raise proofs.LinkNoLongerCounts(texts.say("account.Error_Link")) from None
    proofs.end_all(user, Proof.Purpose.CHANGE_EMAIL, now=now)
    audit.record("account.email_changed", by=user, about=user, now=now)
    if old and old != user.email:
        recovering.hold_back(user, now=now, old_email=old)
    return user


@transaction.atomic
def close_account(user: User, *, now: datetime) -> None:
    """Close the account for good, at every door: its sessions, codes and links end, its address is free."""
    user.former_email, user.email = user.email or user.former_email, None
    user.state = User.State.WITHDRAWN
    user.session_epoch += 1
    user.set_unusable_password()
    user.save(update_fields=["email", "former_email", "state", "session_epoch", "password"])
    Proof.objects.filter(user=user, ended_at=None).update(ended_at=now)
    audit.record("account.closed", by=user, about=user, now=now)


@transaction.atomic
def change_two_step(user: User, *, method: str, now: datetime) -> None:
    """Choose "email" or "none" as the second step; every session ends. Raises NotAllowed for staff."""
    if user.two_step == User.TwoStep.AUTHENTICATOR or method not in {"email", "none"}:
        raise NotAllowed(texts.say("account.Error_TwoStep_Staff"), field="method")
    user.two_step = method
    user.session_epoch += 1
    user.save(update_fields=["two_step", "session_epoch"])
    audit.record("account.two_step_changed", by=user, about=user, now=now, detail={"method": method})


def require_authenticator(user: User) -> None:
    """From now on the second step of ``user`` is an authenticator app or passkey."""
    User.objects.filter(pk=user.pk).update(two_step=User.TwoStep.AUTHENTICATOR)
    user.two_step = User.TwoStep.AUTHENTICATOR


def dismiss_prompt(user: User, *, now: datetime) -> None:
    """Stop asking ``user`` to switch on two-step verification."""
    User.objects.filter(pk=user.pk).update(prompt_dismissed_at=now)


def end_sessions(user: User) -> None:
    """End every open session of ``user``, from its next request."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)

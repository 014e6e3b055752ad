"""From the Registration page to an account that can be used."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from .. import codes, rules
from ..models import ConsentStatement, Proof, User
from ..queries import user_by_email
from . import consent, guards, proofs
from .sign_in import note_entry


class WrongCode(Refusal):
    """The code is wrong, too old, or cancelled by five wrong entries."""


class AddressTaken(Refusal):
    """Meanwhile another account has this email address."""


def register(
    details: Mapping[str, Any],
    *,
    email: str,
    password: str,
    statement: ConsentStatement,
    address: str,
    now: datetime,
    earlier: User | None = None,
) -> User:
    """Keep a new account that nobody can use until its email address is confirmed, and send the email.

    ``details`` are fields of User. ``earlier`` is the unconfirmed account of the same visitor, who went
    back. An address that has an account already takes exactly the same way, with another email: nobody
    can tell from outside. Raises guards.Shut.
    """
    guards.spend("register", codes.name_digest(address), limit=rules.registration_limit(), now=now)
    user = earlier or User(registered_at=now)
    for field, value in details.items():
        setattr(user, field, value)
    user.set_password(password)
    user.password_set_at = now
    with transaction.atomic():
        user.save()
        if earlier is None:
            consent.answer(user, statement, answer="agreed", by=user, network=address, now=now)
        _send(user, email.lower(), now)
        audit.record("account.registered", by=user, about=user, now=now)
    return user


@transaction.atomic
def send_another_code(user: User, *, now: datetime) -> None:
    """A new code and link for an account that is being registered. Raises guards.Shut."""
    last = Proof.objects.filter(user=user, purpose=Proof.Purpose.REGISTER).latest("pk")
    _send(user, last.email, now)


def _send(user: User, email: str, now: datetime) -> None:
    sent = proofs.make(
        user,
        Proof.Purpose.REGISTER,
        email=email,
        now=now,
        digits=proofs.REGISTRATION_DIGITS,
        code_for=timedelta(minutes=setting("registration_code.minutes")),
        link_for=proofs.hours("links.activation_hours"),
    )
    if user_by_email(email) is None:
        sent = proofs.Sent(sent.proof, codes.in_two_groups(sent.code), sent.link)
        proofs.mail(sent, "Registration", now=now)
    else:
        proofs.mail(proofs.Sent(sent.proof, "", ""), "AlreadyRegistered", now=now)


def check_code(user: User, code: str, *, now: datetime) -> Proof:
    """The proof that ``code`` belongs to. Raises WrongCode; the fifth wrong entry cancels the code."""
    with transaction.atomic():
        rows = Proof.objects.select_for_update().filter(user=user, purpose=Proof.Purpose.REGISTER)
        proof = rows.filter(ended_at=None).first()
        if proof and proof.wrong < setting("registration_code.tries"):
            if proofs.matches(proof, code, now=now):
                return proof
            proof.wrong += 1
            proof.save(update_fields=["wrong"])
            audit.record("account.code_failed", by=user, about=user, now=now)
    raise _wrong(proof, now)


def _wrong(proof: Proof | None, now: datetime) -> WrongCode:
    most = setting("registration_code.tries")
    dead = proof is None or proof.wrong >= most or not proof.code_counts(now)
    name = "Error_Code_Cancelled" if dead else "Error_Code_Wrong"
    return WrongCode(texts.say(f"account.{name}"), field="code")


@transaction.atomic
def confirm(proof: Proof, *, now: datetime) -> User:
    """Give the account of ``proof`` its address and let it sign in. Raises AddressTaken, WrongCode."""
    user = User.objects.select_for_update().get(pk=proof.user_id)
    if not proofs.use(proof, now=now):
        raise WrongCode(texts.say("account.Error_Code_Cancelled"), field="code")
    user.email, user.state, user.confirmed_at = proof.email, User.State.ACTIVE, now
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "state", "confirmed_at"])
    except IntegrityError:
        raise AddressTaken(texts.say("account.Error_Code_Cancelled"), field="code") from None
    proofs.end_all(user, Proof.Purpose.REGISTER, now=now)
    audit.record("account.confirmed", by=user, about=user, now=now)
    return user


@transaction.atomic
def agree_to_terms(user: User, *, verified: bool, language: str = "", now: datetime) -> None:
    """Keep that ``user`` agreed to the Terms and Conditions, and with that has signed in (note_entry)."""
    User.objects.filter(pk=user.pk).update(terms_agreed_at=now)
    audit.record("account.terms_agreed", by=user, about=user, now=now)
    note_entry(user, verified=verified, language=language, now=now)

"""Sending codes and links, and checking what comes back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit import speech, statements
from guildhall.foundation.kit.joining import joined
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts import queries as texts

from .. import codes, rules
from ..models import Proof, User
from . import guards

REGISTRATION_DIGITS = 8
SIGN_IN_DIGITS = 6


class LinkNoLongerCounts(Refusal):
    """The link is unknown, was used, was replaced by a newer one, or is too old."""


@dataclass(frozen=True)
class Sent:
    """A new proof with the secrets that only its email may carry."""

    proof: Proof
    code: str
    link: str


@joined
def make(
    user: User,
    purpose: Proof.Purpose,
    *,
    email: str,
    now: datetime,
    digits: int = 0,
    code_for: timedelta | None = None,
    link_for: timedelta | None = None,
    bound_to: str = "",
    beside: bool = False,
) -> Sent:
    """A new code of ``digits`` digits, a new link, or both. Earlier ones end unless it is ``beside`` them.

    Raises guards.Shut when too many were sent to this address.
    """
    # Each purpose has its own count: who asks for links in another's name cannot stop that one's codes.
    about = codes.name_digest(f"{purpose}:{email}")
    guards.spend("mail", about, limit=rules.mail_limit(), now=now)
    if not beside:
        end_all(user, purpose, now=now)
    code = codes.new_code(digits) if digits else ""
    key = codes.new_key() if link_for else ""
    proof = Proof(
        user=user,
        purpose=purpose,
        email=email,
        code_digest=codes.code_digest(code, about=f"{purpose}.{user.pk}") if code else "",
        code_until=now + code_for if code_for else None,
        link_digest=codes.key_digest(key) if key else None,
        link_until=now + link_for if link_for else None,
        bound_to=bound_to,
        made_at=now,
    )
    statements.insert(proof)
    return Sent(proof, code, _address(purpose, key) if key else "")


def end_all(user: User, purpose: Proof.Purpose, *, now: datetime) -> None:
    """End every open proof of ``user`` for ``purpose``."""
    statements.update(Proof, {"ended_at": now}, user_id=user.pk, purpose=purpose, ended_at=None)


def use(proof: Proof, *, now: datetime) -> bool:
    """End ``proof``; False when somebody else was quicker."""
    return Proof.objects.filter(pk=proof.pk, ended_at=None).update(ended_at=now) == 1


def matches(proof: Proof, code: str, *, now: datetime) -> bool:
    """Whether ``code``, as typed, is that of ``proof`` and still counts."""
    typed = codes.code_digest(codes.tidy(code), about=f"{proof.purpose}.{proof.user_id}")
    return constant_time_compare(typed, proof.code_digest) and proof.code_counts(now)


def proof_of_link(key: str, purpose: Proof.Purpose, *, now: datetime) -> Proof:
    """The proof whose link ``key`` is. Raises LinkNoLongerCounts."""
    rows = Proof.objects.select_related("user").filter(link_digest=codes.key_digest(key), purpose=purpose)
    proof = rows.first()
    if proof is None or not proof.link_counts(now):
        raise LinkNoLongerCounts(texts.say("account.Error_Link"))
    return proof


def mail(sent: Sent, name: str, *, now: datetime, **values: str) -> None:
    """Have the email called ``name`` carry the code and the link of ``sent``, and how long they work."""
    secrets = {what: secret for what, secret in (("code", sent.code), ("link", sent.link)) if secret}
    user, proof = sent.proof.user, sent.proof
    values = _lasting(proof, user.language, now) | secrets | values
    tell(user, name, key=f"proof-{proof.pk}-{name}", now=now, to=proof.email, **values)


def _lasting(proof: Proof, language: str, now: datetime) -> dict[str, str]:
    """For how many ``minutes`` its code works; until what ``time`` of which ``day`` its link does."""
    lasting = {}
    if proof.code_until:
        lasting["minutes"] = str(round((proof.code_until - now).total_seconds() / 60))
    if proof.link_until:
        with translation.override(language):
            lasting |= {"time": speech.clock(proof.link_until), "day": speech.day(proof.link_until)}
    return lasting


def tell(user: User, name: str, *, key: str, now: datetime, to: str = "", **values: str) -> None:
    """Have the email called ``name`` tell ``user`` (at ``to``, else at their address) what happened."""
    put_email(
        to or user.email or "",
        subject=f"account.EmailSubject_{name}",
        body=f"text-blocks.Email_{name}",
        language=user.language,
        key=key,
        now=now,
        side="" if user.is_citizen else "Professional",
        sign_in_link=reverse("account:sign-in"),
        **values,
    )


def _address(purpose: Proof.Purpose, key: str) -> str:
    return reverse(f"account:link-{purpose}", args=[key])


def hours(key: str) -> timedelta:
    """The setting called ``key``, as hours."""
    return timedelta(hours=setting(key))

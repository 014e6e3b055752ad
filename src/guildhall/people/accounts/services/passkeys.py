"""Passkeys, by way of the ``webauthn`` library: what the browser is asked, and what it answers."""

import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from django.db import transaction
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import InvalidAuthenticationResponse, InvalidJSONStructure
from webauthn.helpers.exceptions import InvalidRegistrationResponse as BadAnswer
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import name_of_portal
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from .. import codes, rules
from ..models import Passkey, User
from ..queries import passkeys_of
from . import guards
from .second_step import note_added, refuse_too_many

MOST_CHARACTERS = 20_000
# Whatever a browser may send that is no answer at all.
_WRONG = (InvalidAuthenticationResponse, InvalidJSONStructure, BadAnswer, ValueError, KeyError, TypeError)


class BadPasskey(Refusal):
    """The passkey is not one of ours, or its answer does not fit what was asked."""


@dataclass(frozen=True)
class Asked:
    """What the browser is asked (JSON), and the challenge that its answer must carry."""

    options: str
    challenge: str


def passkeys_possible() -> bool:
    """Browsers know passkeys only for a name, not for a bare number, and only over a safe connection."""
    site = urlsplit(settings.SITE_URL)
    try:
        ipaddress.ip_address(site.hostname or "")
    except ValueError:
        return site.scheme == "https" or site.hostname == "localhost"
    return False


def ask_new_passkey(user: User) -> Asked:
    """Ask the browser to make a passkey for ``user``. Raises TooMany."""
    refuse_too_many(user)
    known = passkeys_of(user)
    handle = known[0].handle if known else bytes_to_base64url(secrets.token_bytes(32))
    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name=name_of_portal(),
        user_id=base64url_to_bytes(handle),
        user_name=user.user_name or user.email or "",
        user_display_name=str(user),
        exclude_credentials=[_descriptor(one) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return Asked(webauthn.options_to_json(options), f"{bytes_to_base64url(options.challenge)}.{handle}")


def add_passkey(user: User, *, answer: str, challenge: str, name: str, by: User, now: datetime) -> Passkey:
    """Keep the passkey that the browser made. Raises BadPasskey, TooMany."""
    expected, _, handle = challenge.partition(".")
    try:
        proved = webauthn.verify_registration_response(
            credential=answer[:MOST_CHARACTERS],
            expected_challenge=base64url_to_bytes(expected),
            expected_rp_id=_host(),
            expected_origin=settings.SITE_URL,
        )
    except _WRONG as error:
        raise _bad() from error
    return _keep(user, proved, handle, name, by, now)


@transaction.atomic
def _keep(
    user: User, proved: VerifiedRegistration, handle: str, name: str, by: User, now: datetime
) -> Passkey:
    refuse_too_many(user)
    passkey, new = Passkey.objects.get_or_create(
        credential=bytes_to_base64url(proved.credential_id),
        defaults={
            "user": user,
            "name": name,
            "handle": handle,
            "public_key": proved.credential_public_key,
            "sign_count": proved.sign_count,
            "made_at": now,
        },
    )
    if not new:
        raise _bad()
    note_added(user, kind="passkey", key=f"passkey-{passkey.pk}", by=by, now=now)
    return passkey


def ask_passkey(user: User | None) -> Asked:
    """Ask the browser for a passkey of ``user``; for nobody in particular: for one it has for this portal.

    Without a password before it, the device must have made sure of its owner (by finger, face or PIN).
    """
    verification = UserVerificationRequirement.PREFERRED if user else UserVerificationRequirement.REQUIRED
    options = webauthn.generate_authentication_options(
        rp_id=_host(),
        allow_credentials=[_descriptor(one) for one in passkeys_of(user)] if user else None,
        user_verification=verification,
    )
    return Asked(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))


def check_passkey(answer: str, *, challenge: str, user: User | None, address: str, now: datetime) -> User:
    """Whose passkey answered; ``user``: who gave the password before. Raises BadPasskey, guards.Shut."""
    network = codes.name_digest(address)
    guards.spend("address", network, limit=rules.address_limit(), now=now)
    passkey = _passkey_of(answer, user)
    try:
        proved = webauthn.verify_authentication_response(
            credential=answer[:MOST_CHARACTERS],
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_host(),
            expected_origin=settings.SITE_URL,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=user is None,
        )
    except _WRONG as error:
        audit.record("account.passkey_failed", by=None, about=passkey.user, now=now)
        raise _bad() from error
    _note_used(passkey, proved.new_sign_count, now)
    guards.forgive(("address", network))
    return passkey.user


def _passkey_of(answer: str, user: User | None) -> Passkey:
    try:
        given = parse_authentication_credential_json(answer[:MOST_CHARACTERS])
    except _WRONG as error:
        raise _bad() from error
    rows = Passkey.objects.select_related("user").filter(credential=given.id, user__state=User.State.ACTIVE)
    passkey = (rows.filter(user=user) if user else rows).first()
    handle = given.response.user_handle
    if passkey is None or (handle and bytes_to_base64url(handle) != passkey.handle):
        raise _bad()
    return passkey


@transaction.atomic
def _note_used(passkey: Passkey, count: int, now: datetime) -> None:
    """Two answers with one count cannot both be right."""
    rows = Passkey.objects.filter(pk=passkey.pk, sign_count=passkey.sign_count)
    if not rows.update(sign_count=count, used_at=now):
        raise _bad()


def _bad() -> BadPasskey:
    return BadPasskey(texts.say("account.Error_Passkey"))


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""


def _descriptor(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.credential))

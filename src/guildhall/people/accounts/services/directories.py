"""Signing in with a directory of the council or of a school, and keeping which ones there are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from guildhall.foundation.access.permissions import ROLES
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import refuse_stale
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from .. import oidc, sealing
from ..models import Identity, Provider, User
from ..queries import user_by_email
from .proofs import tell

FIELDS = ("name", "door", "issuer", "client_id", "domains", "trusted_acr", "trusted_amr", "on")


class DirectoryRefused(Refusal):
    """The directory did not answer, or not with somebody we can believe in."""


class Stranger(Refusal):
    """The directory vouches for somebody who has no account here, or none at that door."""


class MustProve(Refusal):
    """There is an account with that address; its owner must sign in once to connect the two."""


def ask_directory(provider: Provider) -> oidc.Question:
    """Where to send the browser, and what its session keeps meanwhile. Raises DirectoryRefused."""
    try:
        return oidc.ask(client_of(provider))
    except (oidc.DirectoryTrouble, sealing.CannotOpen) as error:
        raise _refused() from error


def client_of(provider: Provider) -> oidc.Client:
    """Who we are to ``provider``."""
    back = settings.SITE_URL + reverse("account:directory-back", args=[provider.key])
    return oidc.Client(provider.issuer, provider.client_id, sealing.unseal(provider.client_secret), back)


def read_answer(
    provider: Provider, given: Mapping[str, str], kept: Mapping[str, str], *, now: datetime
) -> oidc.Person:
    """Whom the directory vouches for. Raises DirectoryRefused."""
    try:
        return oidc.answer(client_of(provider), given, kept, now=now)
    except (oidc.DirectoryTrouble, sealing.CannotOpen) as error:
        detail = {"why": str(error)[:200]}
        audit.record("account.directory_refused", by=None, about=provider, now=now, detail=detail)
        raise _refused() from error


def _refused() -> DirectoryRefused:
    return DirectoryRefused(texts.say("account.Error_Directory"))


def person_of(provider: Provider, person: oidc.Person, *, now: datetime) -> User:
    """The account that ``person`` proved to be theirs. Raises Stranger, MustProve.

    Nobody gets an account this way, and nobody one that they have not signed in to themselves. No
    transaction is around it: what a stranger tried stays in the audit although they are refused.
    """
    identity = (
        Identity.objects.select_related("user").filter(provider=provider, subject=person.subject).first()
    )
    user = (
        identity.user if identity else user_by_email(person.email) if _may_speak(provider, person) else None
    )
    if user is None or not user.is_active or not _works_at(user, provider.door):
        audit.record("account.directory_stranger", by=None, about=provider, now=now)
        raise Stranger(texts.say("account.Error_Stranger"))
    if identity is None:
        raise MustProve(texts.say("account.Directory_Prove"))
    Identity.objects.filter(pk=identity.pk).update(used_at=now)
    return user


def _may_speak(provider: Provider, person: oidc.Person) -> bool:
    """Whether we believe that directory about that address at all."""
    host = person.email.rpartition("@")[2]
    return person.email_verified and bool(host) and host in provider.domains


def _works_at(user: User, door: str) -> bool:
    # A role that is not in the table is a group of the council's own.
    others = [key for key, role in ROLES.items() if role.door != door]
    held = user.memberships.filter(ended_at=None).exclude(role__in=others)
    if door != "council":
        held = held.filter(role__in=ROLES)
    return bool(held.exists())


def second_step_trusted(provider: Provider, person: oidc.Person) -> bool:
    """Whether the directory says that it made sure twice, in words that the authority trusts."""
    return (bool(person.acr) and person.acr in provider.trusted_acr) or bool(
        set(person.amr) & set(provider.trusted_amr)
    )


@transaction.atomic
def link_identity(user: User, *, provider: Provider, subject: str, email: str, now: datetime) -> bool:
    """Connect the account of ``user``, who has just signed in to it, with a directory's ``subject``.

    It takes the place of an earlier one: a directory that made somebody anew knows them by another name.
    False where the address is not theirs, or the subject is somebody's already.
    """
    if user.email != email or not _works_at(user, provider.door):
        return False
    new = not Identity.objects.filter(provider=provider, subject=subject).exists()
    if new:
        given = {"subject": subject, "linked_at": now, "used_at": now}
        Identity.objects.update_or_create(provider=provider, user=user, defaults=given)
        tell(user, "SignInWay_Added", key=f"directory-{provider.pk}-{user.pk}-{now.timestamp()}", now=now)
        audit.record("account.directory_linked", by=user, about=user, now=now, detail={"key": provider.key})
    return new


@transaction.atomic
def keep_provider(
    provider: Provider | None,
    *,
    key: str,
    values: Mapping[str, Any],
    secret: str,
    by: User,
    now: datetime,
    seen: str | None = None,
) -> Provider:
    """Add or change a directory (``values``: all of FIELDS); an empty ``secret`` leaves it as it is.

    Whom another issuer means by a name, nobody knows: with a new one everybody connects anew. Raises
    ChangedMeanwhile when it was changed last at another moment than ``seen`` (ISO).
    """
    assert set(values) == set(FIELDS)
    provider = hold(provider) if provider else None
    if provider:
        refuse_stale(seen, provider.changed_at.isoformat(), texts.say("shared.Error_Meanwhile"))
    kept = provider or Provider(key=key)
    if provider and provider.issuer != values["issuer"]:
        provider.identities.all().delete()
    for name, value in values.items():
        setattr(kept, name, value)
    if secret or provider is None:
        kept.client_secret = sealing.seal(secret)
    kept.changed_at, kept.changed_by = now, by
    kept.save()
    audit.record("account.directory_changed", by=by, about=kept, now=now, detail={"on": kept.on})
    return kept


@transaction.atomic
def remove_provider(provider: Provider, *, by: User, now: datetime) -> None:
    """Remove a directory; who signed in with it needs a password or a link from now on."""
    about = ("accounts.provider", str(provider.pk))
    provider.delete()
    audit.record("account.directory_removed", by=by, about=about, now=now)


def try_provider(provider: Provider, *, now: datetime) -> str:
    """Ask the directory what it is; "" when all is well, else what is wrong."""
    trouble = ""
    try:
        oidc.discover(provider.issuer)
    except oidc.DirectoryTrouble as error:
        trouble = str(error)[:300]
    Provider.objects.filter(pk=provider.pk).update(tested_at=now, trouble=trouble)
    return trouble


def way_out(provider: Provider, id_token: str) -> str:
    """Where to sign out of the directory itself, or "" where it has no such page."""
    try:
        return oidc.way_out(client_of(provider), id_token, settings.SITE_URL + reverse("account:signed-out"))
    except (oidc.DirectoryTrouble, sealing.CannotOpen):
        return ""

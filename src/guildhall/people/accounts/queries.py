"""Reading accounts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from guildhall.foundation.access.permissions import ROLES
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit import statements
from guildhall.foundation.texts import queries as texts

from . import at_sign_in, codes
from .models import (
    Authenticator,
    BrowserSession,
    ConsentGiven,
    ConsentStatement,
    Device,
    Guard,
    HeldPost,
    Identity,
    Passkey,
    Provider,
    RecoveryCode,
    User,
)

MOST_DEVICES = 100
QUESTIONS = ("school", "pet", "street", "teacher", "friend", "place", "job", "book")


def user_by_email(email: str) -> User | None:
    """The account with this address, letter case ignored."""
    return User.objects.filter(email=email.strip().lower()).first()


def user_by_name(name: str) -> User | None:
    """The account that signs in with ``name``: an email address, or a member of staff's user name."""
    name = name.strip()
    return at_sign_in.account_named(name) if name else None


def shut_out(users: Iterable[User], *, now: datetime) -> set[int]:
    """Which of ``users`` (their ids) are kept out, in any browser, by too many wrong passwords or codes; or
    kept from records after a recovery.
    """
    users = list(users)
    held = {user.pk for user in users if user.held_until and user.held_until > now}
    whose = {f"user:{user.pk}": user.pk for user in users}
    devices = Device.objects.filter(user__in=list(whose.values())).values_list("pk", "user_id")
    whose |= {f"device:{pk}": owner for pk, owner in devices}
    guards = Guard.objects.filter(what__in=("password", "code"), whose__in=list(whose), shut_until__gt=now)
    return held | {whose[one] for one in guards.values_list("whose", flat=True)}


def active_since(pk: int, *, epoch: int) -> User | None:
    """The active account ``pk``, unless all its sessions were ended since ``epoch``."""
    return User.objects.filter(pk=pk, state=User.State.ACTIVE, session_epoch=epoch).first()


def works_here(user: User) -> bool:
    """Whether ``user`` has an open role that is not one of families: a professional's, a school's, the
    council's, or a group of the council's own, which is not in the table of roles.
    """
    family = [key for key, role in ROLES.items() if role.door == "families"]
    return bool(user.memberships.filter(ended_at=None).exclude(role__in=family).exists())


def waiting_for_new_address(pk: int) -> User | None:
    """The account ``pk`` while it waits for its new address to be confirmed."""
    return User.objects.filter(pk=pk, state=User.State.UNCONFIRMED).exclude(email=None).first()


def current_statement(now: datetime) -> ConsentStatement:
    """The consent statement published last."""
    return ConsentStatement.objects.filter(published_at__lte=now).latest("published_at", "pk")


def consents_of(user: User) -> list[ConsentGiven]:
    """What ``user`` answered to consent statements, newest first."""
    return list(ConsentGiven.objects.filter(user=user).select_related("statement").order_by("-at", "-pk"))


def held_post(user: User, key: str, *, now: datetime) -> HeldPost | None:
    """What ``user`` sent from this browser after their session had ended, for an hour."""
    return HeldPost.objects.filter(user=user, key_digest=codes.key_digest(key), expires_at__gt=now).first()


def secret_questions() -> list[tuple[str, str]]:
    """The questions that are offered: (key, words in the active language)."""
    return [(key, texts.say(f"account.Question_{key.title()}")) for key in QUESTIONS]


def secret_question_of(user: User) -> str:
    """The question of ``user`` in words, or "" where they have none."""
    return dict(secret_questions()).get(user.secret_question, user.secret_question)


def question_for(email: str) -> str:
    """The question to ask whoever says that this is their address.

    One without an account, or without a question, gets always the same one of those that are offered.
    """
    user = user_by_email(email)
    offered = secret_questions()
    place = int(codes.name_digest(f"question:{email.strip().lower()}"), 16) % len(offered)
    return (secret_question_of(user) if user else "") or offered[place][1]


def emailed_codes_do(user: User) -> bool:
    """Whether an emailed code is enough as the second step of ``user``.

    For staff it is only in a demonstration, which says so.
    """
    return user.two_step != User.TwoStep.AUTHENTICATOR or (
        settings.DEMONSTRATION and bool(setting("staff.emailed_codes"))
    )


def apps_of(user: User) -> list[Authenticator]:
    """The authenticator apps of ``user`` that count, oldest first."""
    return list(Authenticator.objects.filter(user=user).exclude(confirmed_at=None).order_by("pk"))


def way_of(user: User, kind: str, pk: int) -> Authenticator | Passkey | None:
    """The app ("app") or passkey ("passkey") ``pk`` of ``user``."""
    ways: dict[str, list[Any]] = {"app": apps_of(user), "passkey": passkeys_of(user)}
    return next((way for way in ways.get(kind, []) if way.pk == pk), None)


def new_app_of(user: User) -> Authenticator | None:
    """The authenticator app that ``user`` is setting up."""
    return Authenticator.objects.filter(user=user, confirmed_at=None).first()


def passkeys_of(user: User) -> list[Passkey]:
    """The passkeys of ``user``, oldest first."""
    return list(Passkey.objects.filter(user=user).order_by("pk"))


def recovery_codes_left(user: User) -> int:
    """How many recovery codes ``user`` has not used."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def must_keep_a_way(user: User) -> bool:
    """Whether ``user`` needs an app or a passkey and has only one."""
    return not emailed_codes_do(user) and has_one_way(user)


def has_one_way(user: User) -> bool:
    """Whether ``user`` has no more than one app or passkey."""
    return len(apps_of(user)) + len(passkeys_of(user)) <= 1


def second_steps(user: User) -> list[str]:
    """The second steps that ``user`` may take: "app", "passkey", "email"; the one used last comes first.

    None of them: staff, who must set up an app or a passkey first.
    """
    used = at_sign_in.last_used(user)
    return [*sorted(used, key=lambda kind: used[kind], reverse=True), *_by_email(user)]


def _by_email(user: User) -> list[str]:
    return ["email"] if emailed_codes_do(user) else []


def devices_of(user: User) -> list[Device]:
    """Where ``user`` has signed in and has not signed out for good, last used first."""
    return list(Device.objects.filter(user=user, ended_at=None).order_by("-last_at", "-pk")[:MOST_DEVICES])


def known_device(user: User | None, key: str) -> Device | None:
    """The device of ``user`` whose cookie ``key`` is. Of nobody the database is asked as well."""
    if not key:
        return None
    device = statements.first(Device, user_id=user.pk if user else 0, key_digest=codes.key_digest(key))
    return device if device and device.ended_at is None else None


def must_wait(user: User, *, device: Device | None, now: datetime) -> bool:
    """Whether nothing but email says that this is ``user``, whose account email recovered.

    More does: a ``device`` where they had passed both steps before, or a way that they had before and
    signed in with ``now``.
    """
    before = user.recovered_at
    if before is None or user.held_until is None or user.held_until <= now:
        return False
    if device and device.proved_at and device.proved_at < before:
        return False
    used: dict[str, Any] = {"user": user, "used_at": now}
    return not (
        Authenticator.objects.filter(**used, confirmed_at__lt=before).exists()
        or Passkey.objects.filter(**used, made_at__lt=before).exists()
        or RecoveryCode.objects.filter(**used, made_at__lt=before).exists()
        or Identity.objects.filter(**used, linked_at__lt=before).exists()
    )


@dataclass(frozen=True)
class OpenSession:
    """A session of somebody, as they are shown it. ``public`` names it without giving its key away."""

    public: str
    device: Device | None
    began: datetime
    seen: datetime
    here: bool


def sessions_of(
    user: User, *, here: str | None, decode: Callable[[str], dict[str, Any]], now: datetime
) -> list[OpenSession]:
    """Where ``user`` is signed in now, this browser (whose session key is ``here``) first."""
    devices = {device.pk: device for device in Device.objects.filter(user=user)}
    rows = BrowserSession.objects.filter(user=user, expire_date__gt=now)[:MOST_DEVICES]
    idle = timedelta(minutes=setting("session.idle_minutes"))
    found = []
    for row in rows:
        held = decode(row.session_data)
        if held.get("epoch") != user.session_epoch:
            continue
        began, seen = _moment(held.get("began"), now), _moment(held.get("seen"), now)
        if seen + idle < now and row.session_key != here:
            continue
        device = devices.get(held.get("device", 0))
        public = codes.key_digest(row.session_key)
        found.append(OpenSession(public, device, began, seen, row.session_key == here))
    return sorted(found, key=lambda one: (not one.here, -one.seen.timestamp()))


def _moment(seconds: float | None, now: datetime) -> datetime:
    return datetime.fromtimestamp(seconds, UTC) if seconds else now


def password_days_left(user: User, *, now: datetime) -> int | None:
    """How many days the password of ``user`` still counts (0: none); None where passwords do not expire."""
    days = setting("password.expires_days")
    if not days or not user.has_usable_password():
        return None
    since = user.password_set_at or user.confirmed_at or user.registered_at
    return max(0, int(days) - (now - since).days)


def identities_of(user: User) -> list[Identity]:
    """The directories that ``user`` has signed in with."""
    return list(Identity.objects.filter(user=user).select_related("provider").order_by("pk"))


def providers_for(door: str) -> list[Provider]:
    """The directories that people of ``door`` may sign in with."""
    return list(Provider.objects.filter(on=True, door=door).order_by("key"))


def provider_named(key: str) -> Provider | None:
    """The directory called ``key``, while it is switched on."""
    return Provider.objects.filter(key=key, on=True).first()


def all_providers() -> list[Provider]:
    """Every directory, switched on or off."""
    return list(Provider.objects.order_by("door", "key"))


def free_provider_key(door: str) -> str:
    """A word for the address of a new directory of ``door``: "council", "council-2" and so on."""
    taken = set(Provider.objects.values_list("key", flat=True))
    numbered = (f"{door}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (door, *numbered) if key not in taken)

"""Reading accounts."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts import queries as texts

from . import codes
from .models import Authenticator, ConsentGiven, ConsentStatement, HeldPost, Passkey, RecoveryCode, User

QUESTIONS = ("school", "pet", "street", "teacher", "friend", "place", "job", "book")


def user_by_email(email: str) -> User | None:
    """The account with this address, letter case ignored."""
    return User.objects.filter(email=email.strip().lower()).first()


def user_by_name(name: str) -> User | None:
    """The account that signs in with ``name``: an email address, or a member of staff's user name."""
    name = name.strip().lower()
    return User.objects.filter(Q(email=name) | Q(user_name__iexact=name)).first() if name else None


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


def passkeys_of(user: User) -> list[Passkey]:
    """The passkeys of ``user``, oldest first."""
    return list(Passkey.objects.filter(user=user).order_by("pk"))


def recovery_codes_left(user: User) -> int:
    """How many recovery codes ``user`` has not used."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def must_keep_a_way(user: User) -> bool:
    """Whether ``user`` needs an app or a passkey and has only one."""
    return not emailed_codes_do(user) and len(apps_of(user)) + len(passkeys_of(user)) <= 1
